package dev.boundary.rls;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Changes as scripts, for migrations without Liquibase's own formats: psql, Flyway, a formatted SQL change log. A
 * script is the SQL of the changes and nothing else; it can be reviewed, kept and run by hand. Immutable.
 *
 * @param changes the changes, in order; unmodifiable
 * @since 0.1
 */
public record RlsScript(List<RlsChange> changes) {

    /** No statement of a change holds it. */
    private static final String DELIMITER = ";;";

    /** Copies the list. */
    public RlsScript {
        changes = List.copyOf(changes);
    }

    /**
     * The script that makes the changes.
     *
     * @return SQL in one transaction, ended by a line feed; without BEGIN and COMMIT if a change commits as it goes
     */
    public String update() {
        String body = terminated(changes.stream().flatMap(change -> change.apply().stream()));
        return changes.stream().anyMatch(RlsScript::commits) ? body : inTransaction(body);
    }

    /**
     * The script that takes the changes back, last one first.
     *
     * @return SQL in one transaction, ended by a line feed
     */
    public String rollback() {
        return inTransaction(terminated(changes.reversed().stream().flatMap(change -> change.rollback().stream())));
    }

    /**
     * A change log in Liquibase's formatted SQL, one change set for each change, with its rollback. A change's name and
     * object make the id of its change set.
     *
     * @param author the author of the change sets
     * @return the change log
     * @throws IllegalArgumentException if the author cannot be written into the head of a change set
     */
    public String formattedSql(String author) {
        if (!author.matches("[\\w.@-]+")) {
            throw new IllegalArgumentException("\"" + author
                    + "\" cannot be the author of a change set in formatted SQL. Use letters, digits and . _ @ -.");
        }
        return changes.stream()
                .map(change -> "\n" + changeSet(author, change))
                .collect(Collectors.joining("", "--liquibase formatted sql\n", ""));
    }

    private static String changeSet(String author, RlsChange change) {
        return "--changeset " + author + ":" + id(change) + " stripComments:false endDelimiter:" + DELIMITER
                + " rollbackEndDelimiter:" + DELIMITER + (commits(change) ? " runInTransaction:false" : "") + "\n"
                + delimited(change.apply()) + "/* liquibase rollback\n" + delimited(change.rollback()) + "*/\n";
    }

    private static String terminated(Stream<String> statements) {
        return statements.map(statement -> statement + ";\n").collect(Collectors.joining("\n"));
    }

    private static String inTransaction(String body) {
        return "begin;\n\n" + body + "\ncommit;\n";
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
