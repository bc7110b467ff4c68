package dev.boundary.doctor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Findings that someone has accepted, each with a reason. It is kept in a text file, one finding a line: the rule, the
 * object as the doctor prints it, {@code #} with a space on each side, and the reason. Empty lines and lines that begin
 * with {@code #} are skipped.
 *
 * <pre>BND-024 index "public"."booking_name" # reports only, run as the admin role</pre>
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class Baseline {

    private static final String SEPARATOR = " # ";

    private final Map<String, String> reasons;

    private Baseline(Map<String, String> reasons) {
        this.reasons = Map.copyOf(reasons);
    }

    /**
     * Accepts nothing.
     *
     * @return the baseline
     */
    public static Baseline empty() {
        return new Baseline(Map.of());
    }

    /**
     * Writes a baseline that accepts what a report has found, and what it had accepted before.
     *
     * @param report the report
     * @param reason why the findings are accepted
     * @return the text of the file
     * @throws IllegalArgumentException if the reason is blank, or is more than a line
     */
    public static String of(Report report, String reason) {
        if (reason.isBlank() || reason.lines().count() != 1 || reason.contains(SEPARATOR)) {
            throw new IllegalArgumentException("Say in one line, without \"" + SEPARATOR
                    + "\", why the findings are accepted, not \"" + reason + "\".");
        }
        List<String> lines = new ArrayList<>();
        report.accepted().forEach(accepted -> lines.add(accepted.finding().key() + SEPARATOR + accepted.reason()));
        report.findings().forEach(finding -> lines.add(finding.key() + SEPARATOR + reason.strip()));
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    /**
     * Reads the lines of a file.
     *
     * @param lines the lines
     * @return the baseline
     * @throws IllegalArgumentException if a line cannot be read, names no rule, gives no reason or comes twice; the
     *     message lists all such lines
     */
    public static Baseline parse(List<String> lines) {
        Map<String, String> reasons = new LinkedHashMap<>();
        String errors = lines.stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .flatMap(line -> error(line, reasons).map(what -> "\n  - " + what + ": " + line).stream())
                .collect(Collectors.joining());
        if (!errors.isEmpty()) {
            throw new IllegalArgumentException(
                    "The baseline has lines that cannot be used. Write: BND-001 object # reason" + errors);
        }
        return new Baseline(reasons);
    }

    /** What is wrong with a line; if nothing is, its reason is added. */
    private static Optional<String> error(String line, Map<String, String> reasons) {
        int separator = line.lastIndexOf(SEPARATOR);
        if (separator < 0) {
            return Optional.of("no reason");
        }
        String key = line.substring(0, separator).strip();
        String reason = line.substring(separator + SEPARATOR.length()).strip();
        return keyError(key)
                .or(() -> reasons.putIfAbsent(key, reason) == null ? Optional.empty() : Optional.of("twice"));
    }

    private static Optional<String> keyError(String key) {
        String id = key.split(" ", 2)[0];
        if (Doctor.rules().stream().noneMatch(rule -> rule.id().equals(id))) {
            return Optional.of("there is no rule " + id);
        }
        return key.equals(id) ? Optional.of("no object") : Optional.empty();
    }

    /**
     * Why a finding is accepted.
     *
     * @param finding the finding
     * @return the reason; empty if it is not accepted
     */
    public Optional<String> reason(Finding finding) {
        return Optional.ofNullable(reasons.get(finding.key()));
    }

    /**
     * Moves the findings that this baseline accepts to the accepted ones of a report.
     *
     * @param report a report
     * @return a report in which they are in {@link Report#accepted}
     */
    public Report applyTo(Report report) {
        List<Finding> open = new ArrayList<>();
        List<Report.Accepted> accepted = new ArrayList<>(report.accepted());
        for (Finding finding : report.findings()) {
            reason(finding)
                    .ifPresentOrElse(
                            reason -> accepted.add(new Report.Accepted(finding, reason)), () -> open.add(finding));
        }
        return new Report(
                report.serverVersion(), report.database(), report.applicationRoles(), report.tables(), open, accepted);
    }

    /**
     * Accepted findings that are no longer found, so their lines can go.
     *
     * @param report a report, before or after {@link #applyTo}
     * @return rule and object of each, sorted
     */
    public List<String> stale(Report report) {
        Set<String> found = report.findings().stream().map(Finding::key).collect(Collectors.toSet());
        report.accepted().forEach(accepted -> found.add(accepted.finding().key()));
        return reasons.keySet().stream()
                .filter(key -> !found.contains(key))
                .sorted()
                .toList();
    }
}
