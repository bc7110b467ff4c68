package dev.boundary.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
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
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Files stay short, names stay clear, and no two files of the main code need each other. */
class CodeShapeTest {

    private static final int MAX_LINES = 300;
    private static final int MAX_COLUMNS = 120;

    private static final Pattern NUMBERED_GAP = Pattern.compile("%\\d+\\$");

    /** It repeats an interface of the JDK, method by method. */
    private static final Set<String> LONG_BY_NATURE = Set.of("ShiftedPreparedStatement.java");

    private static final JavaClasses BOUNDARY = Modules.CLASSES;

    @Test
    void filesAreShort() {
        Known.assertNoOther(
                "long-files",
                MainCode.files()
                        .filter(file ->
                                !LONG_BY_NATURE.contains(file.getFileName().toString()))
                        .filter(file -> lines(file) > MAX_LINES)
                        .map(file -> MainCode.ROOT.relativize(file).toString()));
    }

    @Test
    void linesFitTheScreen() {
        Known.assertNoOther(
                "wide-files",
                MainCode.files()
                        .filter(CodeShapeTest::isWide)
                        .map(file -> MainCode.ROOT.relativize(file).toString()));
    }

    /** SQL with numbered gaps is SQL that nobody can read: it belongs in a file, with names. */
    @Test
    void noTextHasNumberedGaps() {
        Known.assertNoOther(
                "numbered-gaps",
                MainCode.files()
                        .filter(file -> hasNumberedGaps(read(file)))
                        .map(file -> MainCode.ROOT.relativize(file).toString()));
        assertThat(hasNumberedGaps("grant select on %1$s to %2$s")).isTrue();
        assertThat(hasNumberedGaps("%s done, 100 % of $1")).isFalse();
    }

    @Test
    void noNameMeansTwoThings() {
        Known.assertNoOther("names-with-two-meanings", twice(MainCode.files()));
        assertThat(twice(Stream.of(
                                "a/Name.java",
                                "b/Name.java",
                                "b/Other.java",
                                "a/package-info.java",
                                "b/package-info.java")
                        .map(Path::of)))
                .containsExactly("Name.java");
    }

    private static Stream<String> twice(Stream<Path> files) {
        return files
                .map(file -> file.getFileName().toString())
                .filter(name -> !name.endsWith("-info.java"))
                .collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .filter(name -> name.getValue() > 1)
                .map(Map.Entry::getKey);
    }

    @Test
    void aCycleIsFound() {
        Map<String, Set<String>> uses =
                Map.of("a", Set.of("b"), "b", Set.of("c", "d"), "c", Set.of("a"), "d", Set.of("e"), "e", Set.of());
        assertThat(new Cycles(new TreeMap<>(uses)).find()).containsExactly(Set.of("a", "b", "c"));
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

    private static long lines(Path file) {
        return read(file).lines().count();
    }

    private static boolean isWide(Path file) {
        return read(file).lines().anyMatch(line -> line.length() > MAX_COLUMNS);
    }

    private static boolean hasNumberedGaps(String text) {
        return NUMBERED_GAP.matcher(text).find();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
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
