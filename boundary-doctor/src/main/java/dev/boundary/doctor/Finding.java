package dev.boundary.doctor;

import java.util.List;

/**
 * A hole that was found.
 *
 * @param rule the rule that found it
 * @param object what has the hole, as PostgreSQL would name it; it stays the same from run to run
 * @param evidence what the catalog says
 * @param mend the statements that mend it, in order, without terminators; empty where people must decide
 */
public record Finding(Rule rule, String object, String evidence, List<String> mend) {

    /** Copies the list. */
    public Finding {
        mend = List.copyOf(mend);
    }

    /**
     * What identifies the finding from run to run, in a baseline for example.
     *
     * @return rule and object, on one line
     */
    public String key() {
        return rule.id() + " " + object.replaceAll("\\R", " ");
    }
}
