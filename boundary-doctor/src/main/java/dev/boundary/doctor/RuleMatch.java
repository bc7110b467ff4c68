package dev.boundary.doctor;

import java.util.List;

/** What a check found, before it becomes a {@link Finding} of its rule. */
record RuleMatch(String object, String evidence, List<String> fix) {

    static RuleMatch of(String object, String evidence, String... fix) {
        return new RuleMatch(object, evidence, List.of(fix));
    }
}
