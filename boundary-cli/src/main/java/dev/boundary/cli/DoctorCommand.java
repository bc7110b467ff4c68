package dev.boundary.cli;

import dev.boundary.doctor.Baseline;
import dev.boundary.doctor.Report;
import dev.boundary.doctor.ReportFormat;
import dev.boundary.doctor.Rule.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Examines a database and reports the findings. */
@Command(
        name = "doctor",
        description = "Reads the catalog of a database and reports every gap in row-level security. Changes nothing.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:nothing was found of a severity that counts",
            "1:something was found",
            "2:the command line or a file cannot be used",
            "3:the database cannot be reached or read"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  boundary doctor --url jdbc:postgresql://localhost/shop --user boundary_app",
            "  boundary doctor --app-role boundary_app --format sarif --output doctor.sarif",
            "  boundary doctor --app-role boundary_app --baseline baseline.txt --fail-on medium",
        })
final class DoctorCommand extends CliCommand {

    @Mixin
    private ExaminationOptions examination = new ExaminationOptions();

    @Option(
            names = "--format",
            defaultValue = "text",
            description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private ReportFormat format = ReportFormat.TEXT;

    @Option(
            names = "--fail-on",
            paramLabel = "SEVERITY",
            defaultValue = "high",
            description = "The least severity that counts: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Severity failOn = Severity.HIGH;

    @Option(
            names = "--baseline",
            paramLabel = "FILE",
            description = "Accepted findings: lines of RULE OBJECT # REASON.")
    private @Nullable Path baseline;

    @Option(
            names = "--write-baseline",
            paramLabel = "FILE",
            description = "Write all findings as accepted; requires --reason. The exit code is then 0.")
    private @Nullable Path writeBaseline;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why the findings are accepted.")
    private @Nullable String reason;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Where to write the report. Default: standard output.")
    private @Nullable Path output;

    @Override
    public Integer call() throws SQLException, IOException {
        if ((writeBaseline == null) != (reason == null)) {
            throw new IllegalArgumentException("--write-baseline and --reason belong together.");
        }
        Baseline accepted = baseline == null ? Baseline.empty() : Baseline.parse(Files.readAllLines(baseline));
        Report report = accepted.applyTo(examination.examine(cliEnvironment()));
        accepted.stale(report).forEach(key -> err().println("In the baseline, but no longer found: " + key));
        if (writeBaseline != null && reason != null) {
            Files.writeString(writeBaseline, Baseline.of(report, reason));
            return ExitCode.OK;
        }
        write(format.write(report, failOn));
        return report.atLeast(failOn).isEmpty() ? ExitCode.OK : ExitCode.FOUND;
    }

    private void write(String text) throws IOException {
        if (output == null) {
            print(text);
        } else {
            Files.writeString(output, text);
        }
    }
}
