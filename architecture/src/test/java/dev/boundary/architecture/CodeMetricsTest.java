package dev.boundary.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boundary.architecture.MainCode.Method;
import dev.boundary.architecture.MainCode.Type;
import java.lang.module.ModuleDescriptor.Exports;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Methods stay short and take few parameters, classes are more than bags of functions, and what is new says since when. */
@SuppressWarnings("BadImport") // Type and Method are those of MainCode
class CodeMetricsTest {

    private static final int MAX_MEDIAN = 5;
    private static final int MAX_NINE_OF_TEN = 12;
    private static final int MAX_LINES = 40;
    private static final int MAX_PARAMETERS = 5;
    private static final double MAX_STATIC_ONLY = 0.08;

    private static final String SINCE = "@since 0.1";

    private static final MainCode CODE = MainCode.read();

    @Test
    void methodsAreShort() {
        Known.assertNoOther("long-methods", tooLong(CODE));
        Known.assertNoOther("modules-with-long-methods", modulesAbove(CODE));
    }

    @Test
    void methodsTakeFewParameters() {
        Known.assertNoOther("many-parameters", withManyParameters(CODE));
    }

    @Test
    void fewClassesAreFunctionsOnly() {
        List<String> functions = CODE.types().stream()
                .filter(Type::staticOnly)
                .map(Type::name)
                .sorted()
                .toList();
        assertThat((double) functions.size() / CODE.types().size())
                .as("share of classes with static members only: " + functions)
                .isBetween(Double.MIN_VALUE, MAX_STATIC_ONLY);
    }

    @Test
    void exportedTypesSaySinceWhen() {
        Set<String> exported = Modules.PUBLISHED.stream()
                .flatMap(module -> module.exports().stream())
                .filter(exports -> !exports.isQualified())
                .map(Exports::source)
                .collect(Collectors.toSet());
        assertThat(exported).contains("dev.boundary.core");
        Known.assertNoOther("without-since", withoutSince(CODE, exported));
    }

    @Test
    void aLongMethodIsFound() {
        MainCode code =
                MainCode.of("package p; class Example {\n @Deprecated\n void f() {\n" + "f();\n".repeat(39) + "}}");
        assertThat(tooLong(code)).containsExactly("boundary-example/Example.java f");
        assertThat(modulesAbove(code)).containsExactly("boundary-example");
        MainCode shorter =
                MainCode.of("package p; class Example {\n @Deprecated\n void f() {\n" + "f();\n".repeat(3) + "}}");
        assertThat(shorter.methods()).extracting(Method::lines).containsExactly(5);
        assertThat(tooLong(shorter)).isEmpty();
        assertThat(modulesAbove(shorter)).isEmpty();
    }

    @Test
    void manyParametersAreFound() {
        MainCode code = MainCode.of(
                "package p; class Example { void f(int a, int b, int c, int d, int e, int f) {}"
                        + " @Override void g(int a, int b, int c, int d, int e, int f) {} void h(int a, int b, int c, int d, int e) {} }");
        assertThat(withManyParameters(code)).containsExactly("boundary-example/Example.java f");
    }

    @Test
    void functionsOnlyAreFound() {
        assertThat(staticOnly("class Example { private Example() {} static void f() {} }"))
                .isTrue();
        assertThat(staticOnly("class Example { static void f() {} void g() {} }"))
                .isFalse();
        assertThat(staticOnly("class Example { static void f() {} int field; }"))
                .isFalse();
        assertThat(staticOnly("class Example extends Other { static void f() {} }"))
                .isFalse();
        assertThat(staticOnly("record Example(int a) { static void f() {} }")).isFalse();
    }

    @Test
    void aTypeThatDoesNotSaySinceWhenIsFound() {
        Set<String> exported = Set.of("p");
        assertThat(withoutSince(MainCode.of("package p; /** It. */ public class Example {}"), exported))
                .containsExactly("p.Example");
        assertThat(withoutSince(MainCode.of("package p; public class Example {}"), exported))
                .containsExactly("p.Example");
        assertThat(withoutSince(MainCode.of("package p; /** It.\n * @since 0.1 */ public class Example {}"), exported))
                .isEmpty();
        assertThat(withoutSince(MainCode.of("package p; class Example {}"), exported))
                .isEmpty();
        assertThat(withoutSince(MainCode.of("package q; public class Example {}"), exported))
                .isEmpty();
    }

    private static boolean staticOnly(String type) {
        return MainCode.of("package p; " + type).types().getFirst().staticOnly();
    }

    private static Stream<String> tooLong(MainCode code) {
        return code.methods().stream()
                .filter(method -> method.lines() > MAX_LINES)
                .map(Method::name);
    }

    private static Stream<String> withManyParameters(MainCode code) {
        return code.methods().stream()
                .filter(method -> method.parameters() > MAX_PARAMETERS)
                .map(Method::name);
    }

    private static Stream<String> withoutSince(MainCode code, Set<String> exported) {
        return code.types().stream()
                .filter(type -> type.isPublic()
                        && exported.contains(
                                type.name().substring(0, type.name().lastIndexOf('.'))))
                .filter(type -> !type.documentation().contains(SINCE))
                .map(Type::name);
    }

    private static Stream<String> modulesAbove(MainCode code) {
        Map<String, List<Integer>> lines = code.methods().stream()
                .collect(Collectors.groupingBy(
                        Method::module, TreeMap::new, Collectors.mapping(Method::lines, Collectors.toList())));
        return lines.entrySet().stream()
                .filter(module ->
                        atMost(module.getValue(), 0.5) > MAX_MEDIAN || atMost(module.getValue(), 0.9) > MAX_NINE_OF_TEN)
                .map(Map.Entry::getKey);
    }

    /** What a share of the methods does not exceed. */
    private static int atMost(List<Integer> lines, double share) {
        int[] sorted = lines.stream().mapToInt(Integer::intValue).sorted().toArray();
        return sorted[(int) Math.ceil(share * sorted.length) - 1];
    }
}
