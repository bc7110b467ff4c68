package dev.boundary.doctor;

import static dev.boundary.doctor.Rule.Severity.HIGH;
import static dev.boundary.doctor.Rule.Severity.INFO;
import static dev.boundary.doctor.Rule.Severity.MEDIUM;
import static dev.boundary.doctor.RuleCheck.Phase.KEYS;
import static dev.boundary.doctor.RuleCheck.rule;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The version of the server. Only flaws that PostgreSQL's own security page documents are named. */
final class ServerRules {

    static final List<RuleCheck> CHECKS = List.of(
            rule("BND-061", HIGH, "The server has known flaws in row-level security")
                    .why("Documented flaws let rows or statistics of other tenants be seen.")
                    .remedy("Update PostgreSQL to the latest minor version, and read its release notes for scripts"
                            + " to run.")
                    .foundBy(KEYS, examination -> new ServerRules(examination).flaws()),
            rule("BND-062", MEDIUM, "The server lacks the latest security release known")
                    .why("Minor versions carry security fixes only weeks after they are published to everybody.")
                    .remedy("Update PostgreSQL to the latest minor version.")
                    .foundBy(KEYS, examination -> new ServerRules(examination).behind()),
            rule("BND-063", INFO, "The server's major version is at its end")
                    .why("No fixes come for it.")
                    .remedy("Upgrade to a supported major version.")
                    .foundBy(KEYS, examination -> new ServerRules(examination).old()));

    /** A flaw and, by major version, the minor version in which it is fixed; majors that never had it are left out. */
    private record Flaw(String cve, String what, Map<Integer, Integer> fixed) {

        boolean in(int major, int minor) {
            Integer fixedIn = fixed.get(major);
            return fixedIn != null && minor < fixedIn;
        }

        String describe(int major) {
            return cve + ": " + what + " (fixed in " + major + "." + fixed.get(major) + ")";
        }
    }

    private static final List<Flaw> FLAWS = List.of(
            new Flaw("CVE-2019-10130", "selectivity estimators see rows that policies hide", Map.of(10, 8, 11, 3)),
            new Flaw(
                    "CVE-2023-2455",
                    "policies of another role after inlining",
                    Map.of(11, 20, 12, 15, 13, 11, 14, 8, 15, 3)),
            new Flaw("CVE-2023-39418", "MERGE applies the wrong policies", Map.of(15, 4)),
            new Flaw(
                    "CVE-2024-4317",
                    "extended statistics show other users' values; existing clusters also need the script of the"
                            + " release notes",
                    Map.of(14, 12, 15, 7, 16, 3)),
            new Flaw(
                    "CVE-2025-8713",
                    "statistics show rows hidden in partitioned and inheritance trees and behind views",
                    Map.of(13, 22, 14, 19, 15, 14, 16, 10, 17, 6)));

    /** The minor versions of the security round of May 2026. */
    private static final Map<Integer, Integer> CURRENT = Map.of(14, 23, 15, 18, 16, 14, 17, 10, 18, 4);

    private static final int FIRST_TESTED = 14;
    private static final int VERSIONS_PER_MAJOR = 10000;

    private final Examination examination;

    ServerRules(Examination examination) {
        this.examination = examination;
    }

    Stream<RuleMatch> flaws() {
        String flaws = FLAWS.stream()
                .filter(flaw -> flaw.in(major(), minor()))
                .map(flaw -> flaw.describe(major()))
                .collect(Collectors.joining("; "));
        return flaws.isEmpty() ? Stream.empty() : Stream.of(match(flaws));
    }

    Stream<RuleMatch> behind() {
        Integer current = CURRENT.get(major());
        return current == null || minor() >= current
                ? Stream.empty()
                : Stream.of(match("the security release of May 2026 is " + major() + "." + current));
    }

    Stream<RuleMatch> old() {
        int major = major();
        return major > FIRST_TESTED
                ? Stream.empty()
                : Stream.of(match(
                        major == FIRST_TESTED
                                ? "PostgreSQL 14 gets no fixes after 2026-11-12"
                                : "PostgreSQL " + major + " gets no fixes any more, and Boundary is not tested on it"));
    }

    private RuleMatch match(String evidence) {
        return RuleMatch.of(
                "server", "version " + examination.catalog().server().version() + "; " + evidence);
    }

    private int major() {
        return examination.catalog().server().versionNumber() / VERSIONS_PER_MAJOR;
    }

    private int minor() {
        return examination.catalog().server().versionNumber() % VERSIONS_PER_MAJOR;
    }
}
