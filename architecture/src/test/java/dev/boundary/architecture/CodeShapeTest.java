package dev.boundary.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Files stay short, names stay clear, and no two files of the main code need each other. */
class CodeShapeTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final int MAX_LINES = 300;

    /** It repeats an interface of the JDK, method by method. */
    private static final Set<String> LONG_BY_NATURE = Set.of("ShiftedPreparedStatement.java");

    private static final JavaClasses BOUNDARY = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.boundary");

    @Test
    void filesAreShort() {
        Known.assertNoOther(
                "long-files",
                mainFiles()
                        .filter(file ->
                                !LONG_BY_NATURE.contains(file.getFileName().toString()))
                        .filter(file -> lines(file) > MAX_LINES)
                        .map(file -> ROOT.relativize(file).toString()));
    }

    @Test
    void noNameMeansTwoThings() {
        Map<String, Set<String>> byName = mainFiles()
                .filter(file -> !file.getFileName().toString().endsWith("-info.java"))
                .collect(Collectors.groupingBy(
                        file -> file.getFileName().toString(),
                        TreeMap::new,
                        Collectors.mapping(
                                file -> ROOT.relativize(file).toString(), Collectors.toCollection(TreeSet::new))));
        byName.values().removeIf(files -> files.size() == 1);
        Known.assertNoOther("names-with-two-meanings", byName.keySet().stream());
    }

    @Test
    void noFilesNeedEachOther() {
        Map<String, Set<String>> uses = new TreeMap<>();
        for (JavaClass type : BOUNDARY) {
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                String from = file(type);
                String to = file(dependency.getTargetClass());
                if (!from.equals(to) && to.startsWith("dev.boundary.")) {
                    uses.computeIfAbsent(from, _ -> new TreeSet<>()).add(to);
                }
            }
        }
        Known.assertNoOther(
                "file-cycles",
                new Cycles(uses)
                        .find().stream().map(files -> String.join(" ", files)).sorted());
    }

    /** The top-level type, which names the file. */
    private static String file(JavaClass type) {
        JavaClass element = type.getBaseComponentType();
        return element.getEnclosingClass().map(CodeShapeTest::file).orElse(element.getName());
    }

    private static Stream<Path> mainFiles() {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path module : modules.toList()) {
                if (module.getFileName().toString().startsWith("boundary-")
                        && Files.exists(module.resolve("src/main/java"))) {
                    try (Stream<Path> sources = Files.walk(module.resolve("src/main/java"))) {
                        sources.filter(path -> path.toString().endsWith(".java"))
                                .forEach(files::add);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files.stream().sorted();
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The strongly connected components of a graph (Tarjan). */
    private static final class Cycles {

        private final Map<String, Set<String>> edges;
        private final Map<String, Integer> index = new HashMap<>();
        private final Map<String, Integer> low = new HashMap<>();
        private final List<String> stack = new ArrayList<>();
        private final Set<String> onStack = new HashSet<>();
        private final List<Set<String>> found = new ArrayList<>();

        Cycles(Map<String, Set<String>> edges) {
            this.edges = edges;
        }

        List<Set<String>> find() {
            edges.keySet().forEach(node -> {
                if (!index.containsKey(node)) {
                    visit(node);
                }
            });
            return found;
        }

        private void visit(String node) {
            index.put(node, index.size());
            low.put(node, index.get(node));
            stack.add(node);
            onStack.add(node);
            for (String next : edges.getOrDefault(node, Set.of())) {
                if (!index.containsKey(next)) {
                    visit(next);
                    low.merge(node, low.get(next), Math::min);
                } else if (onStack.contains(next)) {
                    low.merge(node, index.get(next), Math::min);
                }
            }
            if (low.get(node).equals(index.get(node))) {
                close(node);
            }
        }

        private void close(String node) {
            List<String> component = stack.subList(stack.indexOf(node), stack.size());
            if (component.size() > 1) {
                found.add(new TreeSet<>(component));
            }
            component.forEach(onStack::remove);
            component.clear();
        }
    }
}
