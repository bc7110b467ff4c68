package dev.boundary.doctor;

import static dev.boundary.doctor.Rule.Severity.HIGH;
import static dev.boundary.doctor.Rule.Severity.INFO;
import static dev.boundary.doctor.Rule.Severity.MEDIUM;
import static dev.boundary.doctor.RuleCheck.Phase.KEYS;
import static dev.boundary.doctor.RuleCheck.check;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The version of the server. Only flaws that PostgreSQL's own security page documents are named. */
final class ServerRules {

    static final List<RuleCheck> CHECKS = List.of(
            check(
                    "BND-061",
                    HIGH,
                    KEYS,
                    examination -> new ServerRules(examination).flaws(),
                    "The server has known flaws in row-level security",
                    "Documented flaws let rows or statistics of other tenants be seen.",
                    "Update PostgreSQL to the latest minor version, and read its release notes for scripts to run."),
            check(
                    "BND-062",
                    MEDIUM,
                    KEYS,
                    examination -> new ServerRules(examination).behind(),
                    "The server lacks the latest security release known",
                    "Minor versions carry security fixes only weeks after they are published to everybody.",
                    "Update PostgreSQL to the latest minor version."),
            check(
                    "BND-063",
                    INFO,
                    KEYS,
                    examination -> new ServerRules(examination).old(),
                    "The server's major version is at its end",
                    "No fixes come for it.",
                    "Upgrade to a supported major version."));

    /** A flaw and, by major version, the minor version in which it is fixed; majors that never had it are left out. */
    private record Flaw(String cve, String what, Map<Integer, Integer> fixed) {

        boolean in(int major, int minor) {
            Integer fixedIn = fixed.get(major);
            return fixedIn != null && minor < fixedIn;
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
                    "extended statistics show other users' values; existing clusters also need the script of the release"
                            + " notes",
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
        List<Flaw> flaws =
                FLAWS.stream().filter(flaw -> flaw.in(major(), minor())).toList();
        return flaws.isEmpty()
                ? Stream.empty()
                : Stream.of(hit(flaws.stream()
                        .map(flaw -> flaw.cve() + ": " + flaw.what() + " (fixed in " + major() + "."
                                + flaw.fixed().get(major()) + ")")
                        .collect(Collectors.joining("; "))));
    }

    Stream<RuleMatch> behind() {
        Integer current = CURRENT.get(major());
        return current == null || minor() >= current
                ? Stream.empty()
                : Stream.of(hit("the security release of May 2026 is " + major() + "." + current));
    }

    Stream<RuleMatch> old() {
        int major = major();
        return major > FIRST_TESTED
                ? Stream.empty()
                : Stream.of(hit(
                        major == FIRST_TESTED
                                ? "PostgreSQL 14 gets no fixes after 2026-11-12"
                                : "PostgreSQL " + major + " gets no fixes any more, and Boundary is not tested on it"));
    }

    private RuleMatch hit(String evidence) {
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
