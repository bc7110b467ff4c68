package dev.boundary.tenants.internal.tables;

import dev.boundary.rls.TableName;
import dev.boundary.rls.internal.sql.Quoting;
import java.util.ArrayList;
import java.util.List;

/**
 * A foreign key.
 *
 * @param name the constraint's name
 * @param table the table that has it
 * @param columns its columns
 * @param target the table it refers to
 * @param targetColumns the columns it refers to, in the same order
 * @param operators the equality of each pair, target on the left, as SQL
 * @param deferrable whether its check can wait for the end of the transaction
 * @param matchFull whether its columns are null all together or not at all
 * @param onDelete what happens to rows whose target is deleted
 */
public record ForeignKey(
        String name,
        TableName table,
        List<String> columns,
        TableName target,
        List<String> targetColumns,
        List<String> operators,
        boolean deferrable,
        boolean matchFull,
        OnDelete onDelete) {

    /** What happens to rows whose target is deleted. */
    public enum OnDelete {
        /** The deletion is refused. */
        REFUSE,
        /** They are deleted, too. */
        CASCADE,
        /** Their columns are set to null or to their default. */
        SET
    }

    /**
     * Whether it points at its own table.
     *
     * @return true if it does
     */
    public boolean ofItself() {
        return table.equals(target);
    }

    /**
     * Compares the row of the target with the row that refers to it.
     *
     * @param targetAlias the target's name in the query, quoted
     * @param alias the name in the query of the table that has the key, quoted
     * @return a condition
     */
    public String joins(String targetAlias, String alias) {
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            pairs.add(targetAlias + "." + Quoting.identifier(targetColumns.get(i)) + " " + operators.get(i) + " "
                    + alias + "." + Quoting.identifier(columns.get(i)));
        }
        return String.join(" and ", pairs);
    }
}
