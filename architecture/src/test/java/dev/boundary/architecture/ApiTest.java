package dev.boundary.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The public API of each module is a checked-in list, so that it changes only with a commit that means to.
 * {@code ./dev docs} writes the lists.
 */
class ApiTest {

    private static final Path LISTS = Path.of("src", "test", "resources", "api");
    /** It only gets smaller; the aim is to stay below 120. */
    private static final long MAX_TYPES = 119;

    private static final Set<String> OF_EVERY_TYPE = Set.of("equals", "hashCode", "toString", "values", "valueOf");
    private static final boolean WRITE = System.getProperty("boundary.test.write") != null;
    private static final JavaClasses BOUNDARY = Modules.CLASSES;

    @TestFactory
    Stream<DynamicTest> eachModuleHasItsList() {
        return Modules.PUBLISHED.stream().map(module -> DynamicTest.dynamicTest(module.name(), () -> compare(module)));
    }

    @Test
    void theApiIsSmall() {
        assertThat(Modules.PUBLISHED.stream()
                        .mapToLong(module -> types(module).count())
                        .sum())
                .as("exported top-level types of all modules")
                .isLessThanOrEqualTo(MAX_TYPES);
        Known.assertNoOther(
                "large-packages",
                Modules.PUBLISHED.stream()
                        .flatMap(ApiTest::exportedPackages)
                        .filter(name -> types(name).count() > 16));
    }

    private static void compare(ModuleDescriptor module) throws IOException {
        Path list = LISTS.resolve(module.name() + ".txt");
        String api = describe(module);
        if (WRITE) {
            Files.createDirectories(LISTS);
            Files.writeString(list, api);
        }
        assertThat(api).as("the API of " + module.name()).isEqualTo(Files.readString(list));
    }

    private static String describe(ModuleDescriptor module) {
        StringBuilder text =
                new StringBuilder("# Exported top-level types: " + types(module).count() + "\n");
        exportedPackages(module).forEach(name -> {
            text.append("\npackage ").append(name).append('\n');
            types(name).forEach(type -> describe(type, "  ", text));
        });
        return text.toString();
    }

    private static Stream<String> exportedPackages(ModuleDescriptor module) {
        return module.exports().stream()
                .filter(exports -> !exports.isQualified())
                .map(Exports::source)
                .sorted();
    }

    private static Stream<Class<?>> types(ModuleDescriptor module) {
        return exportedPackages(module).flatMap(ApiTest::types);
    }

    private static Stream<Class<?>> types(String packageName) {
        return BOUNDARY.stream()
                .filter(type -> type.getPackageName().equals(packageName))
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .filter(type -> type.isTopLevelClass())
                .sorted(Comparator.comparing(JavaClass::getName))
                .map(JavaClass::reflect);
    }

    private static void describe(Class<?> type, String indent, StringBuilder text) {
        text.append(indent).append(type.toGenericString()).append('\n');
        members(type)
                .forEach(member ->
                        text.append(indent).append("  ").append(member).append('\n'));
        Arrays.stream(type.getDeclaredClasses())
                .filter(nested -> isVisible(nested.getModifiers()))
                .sorted(Comparator.comparing(Class::getName))
                .forEach(nested -> describe(nested, indent + "  ", text));
    }

    private static List<String> members(Class<?> type) {
        return Stream.of(type.getDeclaredFields(), type.getDeclaredConstructors(), type.getDeclaredMethods())
                .flatMap(Arrays::stream)
                .filter(member -> isVisible(member.getModifiers()) && !member.isSynthetic())
                .filter(member -> !OF_EVERY_TYPE.contains(member.getName()))
                .map(ApiTest::signature)
                .sorted()
                .toList();
    }

    private static boolean isVisible(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static String signature(Member member) {
        String signature =
                member instanceof Field field ? field.toGenericString() : ((Executable) member).toGenericString();
        return signature.replace(member.getDeclaringClass().getName() + ".", "");
    }
}
