package dev.boundary.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Keeps the documents true: each Java example in them is, to the letter, a region of a source file that is compiled and
 * tested, named in a comment before it: {@code <!-- snippet: path/from/root#region -->}. Links to files lead somewhere.
 */
class DocumentationTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern JAVA_BLOCK = Pattern.compile(
            "(?:<!-- snippet: (?<path>[^#\\s]+)#(?<region>\\S+) -->\\n)?```java\\n(?<code>.*?)```", Pattern.DOTALL);
    private static final Pattern CODE_BLOCK = Pattern.compile("```.*?```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("]\\((?<target>[^)#\\s]+)(?:#[^)]*)?\\)");

    @TestFactory
    Stream<DynamicTest> javaExamplesAreRegionsOfSourceFiles() throws IOException {
        return documents()
                .flatMap(document -> JAVA_BLOCK
                        .matcher(read(document))
                        .results()
                        .map(block -> DynamicTest.dynamicTest(
                                ROOT.relativize(document) + " " + block.group("region"), () -> check(block))));
    }

    @TestFactory
    Stream<DynamicTest> linksLeadSomewhere() throws IOException {
        return documents()
                .flatMap(document -> LINK.matcher(
                                CODE_BLOCK.matcher(read(document)).replaceAll(""))
                        .results()
                        .map(link -> link.group("target"))
                        .filter(target -> !target.matches("[a-z]+:.*"))
                        .distinct()
                        .map(target -> DynamicTest.dynamicTest(
                                ROOT.relativize(document) + " -> " + target,
                                () -> assertThat(document.resolveSibling(target))
                                        .exists())));
    }

    /** A reader of the top-level folders sees the architecture. */
    @Test
    void everyModuleIsInThePictures() throws IOException {
        List<String> folders;
        try (Stream<Path> top = Files.list(ROOT)) {
            folders = top.filter(folder -> Files.exists(folder.resolve("pom.xml")))
                    .map(folder -> folder.getFileName().toString())
                    .toList();
        }
        assertThat(folders).contains("boundary-core", "boundary-bom", "architecture");
        assertThat(absent(folders, read(ROOT.resolve("README.md")))).isEmpty();
        assertThat(absent(
                        folders.stream()
                                .filter(folder -> folder.startsWith("boundary-") && !folder.equals("boundary-bom"))
                                .toList(),
                        read(ROOT.resolve("docs/architecture.md"))))
                .isEmpty();
        assertThat(absent(List.of("boundary-web", "boundary-x"), "| [boundary-web-jwt](boundary-web-jwt) |"))
                .containsExactly("boundary-web", "boundary-x");
    }

    private static List<String> absent(List<String> folders, String document) {
        return folders.stream()
                .filter(folder -> !Pattern.compile("(?<![\\w-])" + folder + "(?![\\w-])")
                        .matcher(document)
                        .find())
                .toList();
    }

    @Test
    void aRegionIsFoundAndUnindented() {
        assertThat(region("x\n    // @start region=\"r\"\n    a\n      b\n\n    // @end\ny", "r"))
                .isEqualTo("a\n  b");
    }

    private static void check(MatchResult block) {
        assertThat(block.group("path"))
                .as("the comment <!-- snippet: path#region --> before the example")
                .isNotNull();
        assertThat(block.group("code").stripTrailing())
                .isEqualTo(region(read(ROOT.resolve(block.group("path"))), block.group("region"))
                        .stripTrailing());
    }

    private static String region(String source, String name) {
        Matcher matcher = Pattern.compile(
                        "// @start region=\"" + Pattern.quote(name) + "\"\\R(?<code>.*?)\\R?[ ]*// @end",
                        Pattern.DOTALL)
                .matcher(source);
        assertThat(matcher.find()).as("region " + name).isTrue();
        return matcher.group("code").stripTrailing().stripIndent();
    }

    private static Stream<Path> documents() throws IOException {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"));
                Stream<Path> top = Files.list(ROOT)) {
            return Stream.concat(docs, top).filter(path -> path.toString().endsWith(".md")).sorted().toList().stream();
        }
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
