package dev.boundary.testing;

import dev.boundary.rls.TableName;
import dev.boundary.testing.internal.catalog.Ownership;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all tests of a run exercised with more than one tenant. At the end of the run it writes the report, and fails
 * the run below the threshold. Safe for use by several threads.
 */
final class Coverage implements AutoCloseable {

    static final String FILE_PARAMETER = "boundary.test.coverage.file";
    static final String THRESHOLD_PARAMETER = "boundary.test.coverage.threshold";

    private static final Logger LOG = LoggerFactory.getLogger(Coverage.class);
    private static final Path DEFAULT_FILE = Path.of("target", "boundary-coverage.txt");

    private final Path file;
    private final int threshold;
    private final Map<String, CoverageReport> reports = new TreeMap<>();

    Coverage(Path file, int threshold) {
        this.file = file;
        this.threshold = threshold;
    }

    static Coverage of(ExtensionContext context) {
        if (context.getConfigurationParameter(Mutation.PARAMETER).isPresent()) {
            return new Coverage(DEFAULT_FILE, 0); // never written: what a self-test runs covers nothing
        }
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(Coverage.class))
                .computeIfAbsent(Coverage.class, key -> configured(context), Coverage.class);
    }

    private static Coverage configured(ExtensionContext context) {
        return new Coverage(
                context.getConfigurationParameter(FILE_PARAMETER).map(Path::of).orElse(DEFAULT_FILE),
                threshold(context.getConfigurationParameter(THRESHOLD_PARAMETER)));
    }

    private static int threshold(Optional<String> percent) {
        if (percent.isEmpty()) {
            return 0;
        }
        if (!percent.get().strip().matches("\\d|[1-9]\\d|100")) {
            throw new IllegalArgumentException("The configuration parameter " + THRESHOLD_PARAMETER + " is \""
                    + percent.get() + "\". Use a whole number of percent from 0 to 100.");
        }
        return Integer.parseInt(percent.get().strip());
    }

    /** A log for one more database of a setup. */
    synchronized CoverageLog log(DatabaseSetup setup, Map<TableName, Ownership> ownership, Connection superuser)
            throws SQLException {
        CoverageReport report = reports.get(setup.getClass().getName());
        if (report == null) {
            report = CoverageReport.of(ownership, setup.roles().application(), superuser);
            reports.put(setup.getClass().getName(), report);
        }
        return new CoverageLog(report);
    }

    @Override
    public synchronized void close() throws IOException {
        if (reports.isEmpty()) {
            return;
        }
        String text = reports.entrySet().stream()
                .map(report -> "Coverage by a second tenant, " + report.getKey() + "\n"
                        + report.getValue().text())
                .collect(Collectors.joining("\n"));
        write(text);
        LOG.info("{}", text);
        assertThreshold();
    }

    private void write(String text) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.writeString(file, text);
    }

    private void assertThreshold() {
        String missed = reports.entrySet().stream()
                .filter(report -> report.getValue().percent() < threshold)
                .map(report ->
                        "\n  - " + report.getKey() + ": " + report.getValue().percent() + " %")
                .collect(Collectors.joining());
        if (!missed.isEmpty()) {
            throw new AssertionError("Fewer than " + threshold
                    + " % of the tables with tenants' rows (" + THRESHOLD_PARAMETER
                    + ") were used by a second tenant:" + missed + "\nSee " + file + " for the tables.");
        }
    }
}
