package dev.boundary.doctor;

import java.util.List;

/** A finding before its rule is put to it. */
record RuleMatch(String object, String evidence, List<String> fix) {

    static RuleMatch of(String object, String evidence, String... fix) {
        return new RuleMatch(object, evidence, List.of(fix));
    }
}
