package dev.boundary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boundary.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example of the help and of the guide works. */
class ExamplesTest {

    private static final Pattern WORD = Pattern.compile("(?:[^\\s\"']|\"[^\"]*\"|'[^']*')+");
    private static final Pattern OF_THE_GUIDE = Pattern.compile("(?s)```sh\n(.*?)```");

    /** The state that a command requires of the tenant of its example. */
    private static final Map<String, String> STATES = Map.of(
            "resume", "SUSPENDED",
            "restore", "DELETED",
            "deprovision", "SUSPENDED");

    private static final List<String> FILES =
            List.of("fix.sql", "fill.sql", "./report.sh", "acme-archive", "archives", "baseline.txt", "doctor.sarif");

    @TempDir
    private static Path folder;

    private static Shop shop;

    @BeforeAll
    static void open() throws SQLException, IOException {
        shop = Shop.open();
        Files.writeString(folder.resolve("fix.sql"), "update booking set note = 'fixed';\n");
        Files.writeString(folder.resolve("fill.sql"), "update booking set note = coalesce(note, 'none');\n");
        Path report = Files.writeString(folder.resolve("report.sh"), "#!/bin/sh\necho \"$BOUNDARY_TENANT_SLUG $1\"\n");
        Files.setPosixFilePermissions(report, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createDirectory(folder.resolve("archives"));
        Files.writeString(folder.resolve("baseline.txt"), "");
        assertThat(shop.cli()
                        .run("export", "acme", folder.resolve("acme-archive").toString())
                        .code())
                .isZero();
    }

    @AfterAll
    static void close() throws SQLException {
        shop.close();
    }

    static List<String> examples() throws IOException {
        List<String> examples = new ArrayList<>();
        Stream.concat(
                        Stream.of(BoundaryCli.commandLine()),
                        CommandLinePageTest.commands().stream().map(CommandLinePageTest::command))
                .flatMap(command ->
                        Stream.of(command.getCommandSpec().usageMessage().footer()))
                .map(String::strip)
                .forEach(examples::add);
        Matcher blocks = OF_THE_GUIDE.matcher(Files.readString(CommandLinePageTest.PAGE));
        while (blocks.find()) {
            blocks.group(1).replace("\\\n", " ").lines().forEach(examples::add);
        }
        return examples.stream()
                .filter(example -> example.startsWith("boundary "))
                .distinct()
                .toList();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theExampleWorks(String example) throws SQLException {
        List<String> words = words(example.replaceFirst(" > .*", ""));
        String command = words.get(1);
        prepare(command);
        Cli cli = shop.cli();
        // A person types the slug, if there is something to confirm.
        if (List.of("delete", "deprovision").contains(command)) {
            cli.typing(words.get(2));
        }
        if (command.equals("export")) {
            words.set(3, folder.resolve("archive-" + example.length()).toString());
        }
        Outcome outcome = cli.run(words.subList(1, words.size()).toArray(String[]::new));
        assertThat(outcome.code())
                .as(outcome.all())
                .isIn(0, command.equals("doctor") || example.contains("--check") ? 1 : 0);
    }

    private static void prepare(String command) throws SQLException {
        shop.execute(
                "delete from boundary.tenant where tenant_key > 2",
                "delete from booking where tenant_id > 2",
                "insert into boundary.tenant (tenant_key, slug, name, state) values (3, 'hooli', 'Hooli', 'SUSPENDED'),"
                        + " (4, 'acme-copy', 'Copy', 'ACTIVE')",
                "update boundary.tenant set state = '" + STATES.getOrDefault(command, "ACTIVE")
                        + "' where slug = 'acme'");
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(line);
        while (matcher.find()) {
            words.add(file(matcher.group().replaceAll("[\"']", "")));
        }
        return words;
    }

    private static String file(String word) {
        return word.equals("jdbc:postgresql://localhost/shop")
                ? shop.database().jdbcUrl()
                : FILES.contains(word) ? folder.resolve(word).normalize().toString() : word;
    }
}
