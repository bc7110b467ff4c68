package dev.boundary.doctor;

import dev.boundary.doctor.Rule.Severity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One JSON object. Its keys are an interface: programs read them. */
final class DoctorJsonReport implements ReportWriter {

    @Override
    public String write(Report report, Severity threshold) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("server", report.serverVersion());
        json.put("database", report.database());
        json.put("applicationRoles", report.applicationRoles());
        json.put("tables", report.tables());
        json.put("threshold", threshold.word());
        json.put("failures", report.atLeast(threshold).size());
        json.put(
                "findings",
                report.findings().stream().map(DoctorJsonReport::finding).toList());
        json.put(
                "accepted",
                report.accepted().stream().map(DoctorJsonReport::accepted).toList());
        return new JsonText().append(json) + "\n";
    }

    private static Map<String, Object> accepted(Report.Accepted accepted) {
        Map<String, Object> json = finding(accepted.finding());
        json.put("reason", accepted.reason());
        return json;
    }

    private static Map<String, Object> finding(Finding finding) {
        Rule rule = finding.rule();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("rule", rule.id());
        json.put("severity", rule.severity().word());
        json.put("title", rule.title());
        json.put("object", finding.object());
        json.put("evidence", finding.evidence());
        json.put("why", rule.why());
        json.put("remedy", rule.remedy());
        // The statements that fix the finding; the key keeps its first name for the programs that read it.
        json.put("mend", List.copyOf(finding.fix()));
        json.put("page", rule.page());
        return json;
    }
}
