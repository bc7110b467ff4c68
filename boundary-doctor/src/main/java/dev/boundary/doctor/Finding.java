package dev.boundary.doctor;

import java.util.List;

/**
 * One problem that the doctor found.
 *
 * @param rule the rule that found it
 * @param object the table, role or other object that has the problem, as PostgreSQL would name it; the same in each run
 * @param evidence what the catalog says
 * @param fix the statements that fix it, in order, without terminators; empty where people must decide
 * @since 0.1
 */
public record Finding(Rule rule, String object, String evidence, List<String> fix) {

    /** Copies the list. */
    public Finding {
        fix = List.copyOf(fix);
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
