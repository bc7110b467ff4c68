package dev.boundary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boundary.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a shell completes. */
class CompletionCommandTest {

    @TempDir
    private Path folder;

    @Test
    void bashCompletesCommandsAndOptions() throws Exception {
        Outcome outcome = new Cli().run("completion");
        assertThat(outcome.code()).isEqualTo(ExitCode.OK);
        Path script = folder.resolve("completion");
        Files.writeString(script, outcome.out());
        assertThat(completed(script, "boundary", "run-")).contains("run-all");
        assertThat(completed(script, "boundary", "run-all", "--par")).contains("--parallel");
        assertThat(completed(script, "boundary", "sql", "--format", ""))
                .contains("table")
                .contains("csv");
    }

    @Test
    void theNameIsChecked() {
        assertThat(new Cli().run("completion", "--name", "shop-boundary").out()).contains("shop-boundary");
        Outcome hostile = new Cli().run("completion", "--name", "x; rm -rf /");
        assertThat(hostile.code()).isEqualTo(ExitCode.USAGE);
        assertThat(hostile.out()).isEmpty();
    }

    private static String completed(Path script, String... words) throws IOException, InterruptedException {
        StringBuilder typed = new StringBuilder();
        for (String word : words) {
            typed.append("'").append(word).append("' ");
        }
        Process bash = new ProcessBuilder(
                        "bash",
                        "--norc",
                        "-c",
                        "source '" + script + "'; COMP_WORDS=(" + typed + "); COMP_CWORD=" + (words.length - 1)
                                + "; COMP_LINE=\"${COMP_WORDS[*]}\"; COMP_POINT=${#COMP_LINE}; _complete_boundary;"
                                + " echo \"${COMPREPLY[@]}\"")
                .redirectErrorStream(true)
                .start();
        String output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).as(output).isZero();
        return output;
    }
}
