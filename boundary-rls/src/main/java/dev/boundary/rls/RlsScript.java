package dev.boundary.rls;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Changes as scripts, for migrations without Liquibase's own formats: psql, Flyway, a formatted SQL change log. A
 * script is the SQL of the changes and nothing else; it can be reviewed, kept and run by hand.
 *
 * @since 0.1
 */
public final class RlsScript {

    /** No statement of a change holds it. */
    private static final String DELIMITER = ";;";

    private RlsScript() {}

    /**
     * The script that makes the changes.
     *
     * @param changes the changes, in order
     * @return SQL in one transaction, ended by a line feed; without BEGIN and COMMIT if a change commits as it goes
     */
    public static String update(List<RlsChange> changes) {
        return script(
                changes,
                changes.stream().flatMap(change -> change.apply().stream()).toList());
    }

    /**
     * The script that takes the changes back, last one first.
     *
     * @param changes the changes, in the order in which they were made
     * @return SQL in one transaction, ended by a line feed
     */
    public static String rollback(List<RlsChange> changes) {
        return script(
                List.of(),
                changes.reversed().stream()
                        .flatMap(change -> change.rollback().stream())
                        .toList());
    }

    /**
     * A change log in Liquibase's formatted SQL, one change set for each change, with its rollback.
     *
     * @param author the author of the change sets
     * @param changes the changes, in order; each one's name and object make the id of its change set
     * @return the change log
     * @throws IllegalArgumentException if the author cannot be written into the head of a change set
     */
    public static String formattedSql(String author, List<RlsChange> changes) {
        if (!author.matches("[\\w.@-]+")) {
            throw new IllegalArgumentException("\"" + author
                    + "\" cannot be the author of a change set in formatted SQL. Use letters, digits and . _ @ -.");
        }
        return "--liquibase formatted sql\n"
                + changes.stream()
                        .map(change -> "\n--changeset " + author + ":" + id(change)
                                + " stripComments:false endDelimiter:"
                                + DELIMITER + " rollbackEndDelimiter:" + DELIMITER
                                + (commits(change) ? " runInTransaction:false" : "") + "\n"
                                + delimited(change.apply()) + "/* liquibase rollback\n" + delimited(change.rollback())
                                + "*/\n")
                        .collect(Collectors.joining());
    }

    private static String script(List<RlsChange> changes, List<String> statements) {
        String body = statements.stream().map(statement -> statement + ";\n").collect(Collectors.joining("\n"));
        return changes.stream().anyMatch(RlsScript::commits) ? body : "begin;\n\n" + body + "\ncommit;\n";
    }

    private static String delimited(List<String> statements) {
        return statements.stream()
                .map(statement -> statement + "\n" + DELIMITER + "\n")
                .collect(Collectors.joining());
    }

    private static String id(RlsChange change) {
        return (change.name() + "-" + change.object()).replaceAll("[^\\w.]+", "-");
    }

    private static boolean commits(RlsChange change) {
        return change instanceof RetrofitTenantColumn;
    }
}
