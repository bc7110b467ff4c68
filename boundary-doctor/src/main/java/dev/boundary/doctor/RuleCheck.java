package dev.boundary.doctor;

import dev.boundary.doctor.Rule.Severity;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A rule and the pure function that finds what breaks it.
 *
 * @param phase when its statements run in a script that fixes everything
 */
record RuleCheck(Rule rule, Phase phase, Function<Examination, Stream<RuleMatch>> find) {

    /** Begins a rule; its texts and its check follow. */
    static Draft rule(String id, Severity severity, String title) {
        return new Draft(new Rule(id, severity, title, "", ""));
    }

    /** A rule that has no check yet. */
    record Draft(Rule rule) {

        Draft why(String why) {
            return new Draft(new Rule(rule.id(), rule.severity(), rule.title(), why, rule.remedy()));
        }

        Draft remedy(String remedy) {
            return new Draft(new Rule(rule.id(), rule.severity(), rule.title(), rule.why(), remedy));
        }

        RuleCheck foundBy(Phase phase, Function<Examination, Stream<RuleMatch>> find) {
            return new RuleCheck(rule, phase, find);
        }
    }

    Stream<Finding> run(Examination examination) {
        return find.apply(examination).map(match -> new Finding(rule, match.object(), match.evidence(), match.fix()));
    }

    /** The order is safe: nothing is opened, and what narrows exists before what it replaces is dropped. */
    enum Phase {
        /** Roles, settings and grants: takes away only. */
        CLOSE("Take away what bypasses policies"),
        /** Functions, views and triggers. */
        ROUTINES("Functions, views, triggers and publications"),
        /** Whole tables, by Boundary's changes. */
        PROTECT("Protect tables with Boundary's changes"),
        /** New and corrected policies. */
        POLICIES("Create and correct policies"),
        /** Policies that widen. */
        DROP_POLICIES("Drop policies that widen"),
        /** Row-level security itself. */
        ENABLE("Switch row-level security on"),
        /** Columns and keys: may fail on existing rows. */
        KEYS("Columns and keys; these check existing rows"),
        /** Indexes, built outside a transaction. */
        INDEXES("Indexes, built without blocking writers; outside a transaction");

        private final String heading;

        Phase(String heading) {
            this.heading = heading;
        }

        String heading() {
            return heading;
        }
    }
}
