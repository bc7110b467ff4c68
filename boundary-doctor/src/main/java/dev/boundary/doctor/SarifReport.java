package dev.boundary.doctor;

import dev.boundary.doctor.Rule.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * SARIF 2.1.0. Findings are about a database and not about a file, so each has a logical location; code scanning also
 * requires a file, for which the page of the rule stands.
 */
final class SarifReport implements ReportWriter {

    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    private final String site = site();

    @Override
    public String write(Report report, Severity threshold) {
        Map<String, Object> log = new LinkedHashMap<>();
        log.put("$schema", SCHEMA);
        log.put("version", "2.1.0");
        log.put("runs", List.of(run(report, threshold)));
        return new JsonText().append(log) + "\n";
    }

    private Map<String, Object> run(Report report, Severity threshold) {
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("tool", Map.of("driver", driver()));
        run.put("columnKind", "utf16CodeUnits");
        run.put("results", results(report));
        run.put("properties", Map.of("failures", report.atLeast(threshold).size(), "threshold", threshold.word()));
        return run;
    }

    private Map<String, Object> driver() {
        Map<String, Object> driver = new LinkedHashMap<>();
        driver.put("name", "Boundary doctor");
        driver.put("rules", Doctor.rules().stream().map(this::rule).toList());
        return driver;
    }

    private static List<Map<String, Object>> results(Report report) {
        return Stream.concat(
                        report.findings().stream().map(finding -> result(report, finding)),
                        report.accepted().stream().map(accepted -> suppressed(report, accepted)))
                .toList();
    }

    private static Map<String, Object> suppressed(Report report, Report.Accepted accepted) {
        Map<String, Object> result = result(report, accepted.finding());
        result.put("suppressions", List.of(Map.of("kind", "external", "justification", accepted.reason())));
        return result;
    }

    private Map<String, Object> rule(Rule rule) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", rule.id());
        json.put("shortDescription", Map.of("text", rule.title()));
        json.put("fullDescription", Map.of("text", rule.why()));
        json.put("help", Map.of("text", rule.remedy() + " More: boundary explain " + rule.id()));
        json.put("helpUri", site + "/rules/" + rule.id());
        json.put("defaultConfiguration", Map.of("level", level(rule.severity())));
        // What code scanning sorts by: 0 to 10.
        json.put("properties", Map.of("security-severity", score(rule.severity()), "tags", List.of("security")));
        return json;
    }

    private static Map<String, Object> result(Report report, Finding finding) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("ruleId", finding.rule().id());
        json.put("ruleIndex", Doctor.rules().indexOf(finding.rule()));
        json.put("level", level(finding.rule().severity()));
        json.put("message", Map.of("text", message(finding)));
        json.put("locations", List.of(location(report, finding)));
        json.put("partialFingerprints", Map.of("finding/v1", fingerprint(report, finding)));
        return json;
    }

    private static Map<String, Object> location(Report report, Finding finding) {
        Map<String, Object> location = new LinkedHashMap<>();
        location.put(
                "physicalLocation",
                Map.of("artifactLocation", Map.of("uri", finding.rule().page()), "region", Map.of("startLine", 1)));
        location.put(
                "logicalLocations",
                List.of(Map.of("fullyQualifiedName", report.database() + ": " + finding.object(), "kind", "object")));
        return location;
    }

    private static String message(Finding finding) {
        return Stream.concat(
                        Stream.of(finding.object() + ": " + finding.evidence()),
                        finding.fix().stream().map(statement -> statement + ";"))
                .reduce((left, right) -> left + "\n" + right)
                .orElse("");
    }

    private static String fingerprint(Report report, Finding finding) {
        String key = report.database() + "\n" + finding.key();
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private static String level(Severity severity) {
        return switch (severity) {
            case CRITICAL, HIGH -> "error";
            case MEDIUM -> "warning";
            case LOW, INFO -> "note";
        };
    }

    private static String score(Severity severity) {
        return switch (severity) {
            case CRITICAL -> "9.5";
            case HIGH -> "8.0";
            case MEDIUM -> "5.0";
            case LOW -> "2.0";
            case INFO -> "0.5";
        };
    }

    /** The project's public address, which the build writes into a file. */
    private static String site() {
        try (InputStream file = SarifReport.class.getResourceAsStream("site.properties")) {
            Properties properties = new Properties();
            properties.load(Objects.requireNonNull(file, "site.properties"));
            return Objects.requireNonNull(properties.getProperty("url"), "url");
        } catch (IOException e) {
            throw new UncheckedIOException("site.properties cannot be read", e);
        }
    }
}
