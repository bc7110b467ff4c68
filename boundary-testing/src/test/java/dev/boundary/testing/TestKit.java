package dev.boundary.testing;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Runs test classes that the build does not run, and collects what failed. */
final class TestKit {

    private TestKit() {}

    /** Calls a test by the name of its method, without parameters. */
    static final class MethodNames extends DisplayNameGenerator.Standard {
        @Override
        public String generateDisplayNameForMethod(
                List<Class<?>> enclosingTypes, Class<?> testClass, Method testMethod) {
            return testMethod.getName();
        }
    }

    /** Runs classes, with configuration parameters. */
    static EngineExecutionResults run(Map<String, String> parameters, List<? extends DiscoverySelector> tests) {
        return EngineTestKit.engine("junit-jupiter")
                .configurationParameter(Coverage.FILE_PARAMETER, "target/kit-coverage.txt")
                .configurationParameters(parameters)
                .selectors(tests.toArray(DiscoverySelector[]::new))
                .execute();
    }

    /** The messages of everything in a class that failed. */
    static List<String> failures(Class<?> tests) {
        return failures(run(Map.of(), List.of(selectClass(tests))));
    }

    static DiscoverySelector method(Class<?> tests, String method) {
        String parameters = Arrays.stream(tests.getDeclaredMethods())
                .filter(candidate -> candidate.getName().equals(method))
                .findFirst()
                .map(found -> Arrays.stream(found.getParameterTypes())
                        .map(Class::getName)
                        .collect(Collectors.joining(",")))
                .orElseThrow();
        return selectMethod(tests.getName() + "#" + method + "(" + parameters + ")");
    }

    /** Runs a class once: for each test, by its display name, the message of its failure, or empty. */
    static Map<String, String> outcomes(Class<?> tests) {
        return outcomes(run(Map.of(), List.of(selectClass(tests))));
    }

    /** For each test of a run, by its display name, the message of its failure, or empty. */
    static Map<String, String> outcomes(EngineExecutionResults results) {
        return results.testEvents().finished().stream()
                .collect(Collectors.toMap(event -> event.getTestDescriptor().getDisplayName(), TestKit::message));
    }

    static List<String> failures(EngineExecutionResults results) {
        return results.allEvents().failed().stream().map(TestKit::message).toList();
    }

    /** The messages of an error, its causes and what it suppressed. */
    private static String message(Event event) {
        Set<String> messages = new LinkedHashSet<>();
        event.getPayload(TestExecutionResult.class)
                .flatMap(TestExecutionResult::getThrowable)
                .ifPresent(error -> addMessages(error, messages));
        return String.join("\n", messages);
    }

    private static void addMessages(Throwable error, Set<String> messages) {
        for (Throwable at = error; at != null; at = at.getCause()) {
            messages.add(String.valueOf(at.getMessage()));
            for (Throwable suppressed : at.getSuppressed()) {
                addMessages(suppressed, messages);
            }
        }
    }
}
