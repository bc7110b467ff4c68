package dev.boundary.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.boundary.doctor.Rule.Severity;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Each format can be read by the programs for it, whatever characters names contain. */
class ReportFormatTest {

    private static final Rule TRUNCATE = rule("BND-037");
    private static final Rule SEQUENCE = rule("BND-041");
    private static final String NASTY = "table public.\"a\"\"<&>\\ \u0001\nb\u00e9\uD83D\uDE00\"";
    private static final Report REPORT = new Report(
            "18.6",
            "shop",
            List.of("app"),
            3,
            List.of(
                    new Finding(TRUNCATE, NASTY, "TRUNCATE granted to \"app\"", List.of("revoke truncate on x from y")),
                    new Finding(SEQUENCE, "sequence public.s", "SELECT granted to app", List.of())),
            List.of(new Report.Accepted(new Finding(TRUNCATE, "table public.old", "e", List.of()), "goes in May")));

    private static Rule rule(String id) {
        return Doctor.rules().stream()
                .filter(rule -> rule.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void text() {
        assertThat(ReportFormat.TEXT.write(REPORT, Severity.HIGH))
                .startsWith("PostgreSQL 18.6, database shop, role app, 3 tables of tenants\n")
                .contains("critical  BND-037  The application role may TRUNCATE")
                .contains("         revoke truncate on x from y;\n")
                .contains("more:  boundary explain BND-037")
                .contains("accepted  BND-037 table public.old (goes in May)")
                .endsWith("2 findings (1 critical, 1 low), 1 accepted, 1 of severity high or worse.\n");
    }

    @Test
    void json() {
        JsonNode json = JsonMapper.shared().readTree(ReportFormat.JSON.write(REPORT, Severity.HIGH));
        assertThat(json.get("findings")).hasSize(2);
        assertThat(json.get("failures").asInt()).isEqualTo(1);
        assertThat(json.get("findings").get(0).get("object").asString()).isEqualTo(NASTY);
        assertThat(json.get("accepted").get(0).get("reason").asString()).isEqualTo("goes in May");
    }

    /** By the schema that OASIS published. */
    @Test
    void sarifIsValid() throws IOException {
        Schema schema;
        try (InputStream published = Files.newInputStream(Path.of("target/sarif/schema/sarif-schema-2.1.0.json"))) {
            schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(published);
        }
        String log = ReportFormat.SARIF.write(REPORT, Severity.HIGH);
        assertThat(schema.validate(log, InputFormat.JSON)).isEmpty();
        // An invalid log is detected.
        assertThat(schema.validate(log.replace("\"error\"", "\"critical\""), InputFormat.JSON))
                .isNotEmpty();
        assertThat(schema.validate(log.replace("\"tool\"", "\"tools\""), InputFormat.JSON))
                .isNotEmpty();
    }

    /** The constraints of the SARIF 2.1.0 schema on the objects that are used: required properties, types, enums. */
    @Test
    void sarif() {
        JsonNode log = JsonMapper.shared().readTree(ReportFormat.SARIF.write(REPORT, Severity.HIGH));
        assertThat(log.propertyNames()).containsExactlyInAnyOrder("$schema", "version", "runs");
        assertThat(log.get("version").asString()).isEqualTo("2.1.0");
        JsonNode run = log.get("runs").get(0);
        assertThat(run.propertyNames()).isSubsetOf(Set.of("tool", "results", "columnKind", "properties"));
        assertThat(run.get("columnKind").asString()).isIn("utf16CodeUnits", "unicodeCodePoints");
        JsonNode driver = run.get("tool").get("driver");
        assertThat(driver.get("name").asString()).isNotEmpty();
        List<String> ids = new ArrayList<>();
        for (JsonNode rule : driver.get("rules")) {
            assertThat(rule.propertyNames())
                    .containsExactlyInAnyOrder(
                            "id",
                            "shortDescription",
                            "fullDescription",
                            "help",
                            "helpUri",
                            "defaultConfiguration",
                            "properties");
            for (String message : List.of("shortDescription", "fullDescription", "help")) {
                assertThat(rule.get(message).get("text").asString()).isNotEmpty();
            }
            assertThat(rule.get("defaultConfiguration").get("level").asString())
                    .isIn("none", "note", "warning", "error");
            ids.add(rule.get("id").asString());
        }
        assertThat(ids).doesNotHaveDuplicates().hasSize(Doctor.rules().size());
        assertThat(run.get("results")).hasSize(3);
        for (JsonNode result : run.get("results")) {
            checkResult(result, ids);
        }
        assertThat(run.get("results")
                        .get(2)
                        .get("suppressions")
                        .get(0)
                        .get("justification")
                        .asString())
                .isEqualTo("goes in May");
    }

    private static void checkResult(JsonNode result, List<String> ids) {
        assertThat(result.propertyNames())
                .isSubsetOf(Set.of(
                        "ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints", "suppressions"));
        assertThat(ids.get(result.get("ruleIndex").asInt()))
                .isEqualTo(result.get("ruleId").asString());
        assertThat(result.get("level").asString()).isIn("none", "note", "warning", "error");
        assertThat(result.get("message").get("text").asString()).isNotEmpty();
        assertThat(result.get("partialFingerprints").get("finding/v1").asString())
                .matches("[0-9a-f]{64}");
        JsonNode location = result.get("locations").get(0);
        assertThat(location.propertyNames()).containsExactlyInAnyOrder("physicalLocation", "logicalLocations");
        JsonNode physical = location.get("physicalLocation");
        assertThat(physical.get("artifactLocation").get("uri").asString()).startsWith("docs/rules/");
        assertThat(physical.get("region").get("startLine").asInt()).isPositive();
        if (result.has("suppressions")) {
            assertThat(result.get("suppressions").get(0).get("kind").asString()).isIn("inSource", "external");
        }
    }

    @Test
    void junit() throws Exception {
        String xml = ReportFormat.JUNIT.write(REPORT, Severity.HIGH);
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
        assertThat(document.getDocumentElement().getAttribute("failures")).isEqualTo("1");
        assertThat(document.getElementsByTagName("testcase").getLength())
                .isEqualTo(Doctor.rules().size());
        assertThat(document.getElementsByTagName("failure").getLength()).isEqualTo(1);
        assertThat(document.getElementsByTagName("failure").item(0).getTextContent())
                .contains("revoke truncate on x from y;");
        assertThat(document.getElementsByTagName("system-out").item(0).getTextContent())
                .contains("sequence public.s");
    }

    @Test
    void aBaselineWrittenIsABaselineRead() {
        Report report =
                new Report("18.6", "shop", List.of(), 0, REPORT.findings().subList(1, 2), REPORT.accepted());
        Baseline baseline =
                Baseline.parse(Baseline.of(report, "reviewed").lines().toList());
        Report without = baseline.applyTo(report);
        assertThat(without.findings()).isEmpty();
        assertThat(without.accepted()).hasSize(2);
        assertThat(baseline.stale(without)).isEmpty();
    }

    @Test
    void aBaselineThatCannotBeUsedIsRefusedLineByLine() {
        assertThatThrownBy(() -> Baseline.parse(List.of(
                        "# a comment",
                        "",
                        "BND-037 table public.a # fine",
                        "BND-037 table public.a # again",
                        "BND-037 table public.b",
                        "BND-999 table public.c # unknown",
                        "BND-037 # no object")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "twice: BND-037 table public.a", "no reason: ", "no rule BND-999", "no object: ");
    }

    @Test
    void aFindingThatIsGoneIsStale() {
        Baseline baseline = Baseline.parse(List.of("BND-037 table public.gone # once"));
        assertThat(baseline.stale(REPORT)).containsExactly("BND-037 table public.gone");
        assertThat(baseline.applyTo(REPORT).findings()).hasSize(2);
    }

    @Test
    void severitiesAreOrdered() {
        assertThat(Severity.CRITICAL.atLeast(Severity.HIGH)).isTrue();
        assertThat(Severity.LOW.atLeast(Severity.MEDIUM)).isFalse();
        assertThat(Severity.of("High")).isEqualTo(Severity.HIGH);
        assertThatThrownBy(() -> Severity.of("bad")).hasMessageContaining("critical, high, medium, low, info");
        assertThatThrownBy(() -> ReportFormat.of("html")).hasMessageContaining("text, json, sarif, junit");
    }
}
