package dev.boundary.doctor;

import dev.boundary.doctor.Rule.Severity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes a report as one JSON object. */
final class DoctorJsonReport {

    private DoctorJsonReport() {}

    static String of(Report report, Severity threshold) {
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
                report.accepted().stream()
                        .map(accepted -> {
                            Map<String, Object> entry = finding(accepted.finding());
                            entry.put("reason", accepted.reason());
                            return entry;
                        })
                        .toList());
        return DoctorJson.write(json) + "\n";
    }

    private static Map<String, Object> finding(Finding finding) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("rule", finding.rule().id());
        json.put("severity", finding.rule().severity().word());
        json.put("title", finding.rule().title());
        json.put("object", finding.object());
        json.put("evidence", finding.evidence());
        json.put("why", finding.rule().why());
        json.put("remedy", finding.rule().remedy());
        json.put("mend", List.copyOf(finding.fix()));
        json.put("page", finding.rule().page());
        return json;
    }
}
