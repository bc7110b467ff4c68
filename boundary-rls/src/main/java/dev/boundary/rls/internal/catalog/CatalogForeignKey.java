package dev.boundary.rls.internal.catalog;

import dev.boundary.rls.TableName;
import dev.boundary.rls.internal.sql.Quoting;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A foreign key. Immutable.
 *
 * @param name the constraint's name
 * @param table the referencing table
 * @param columns its columns
 * @param target the referenced table
 * @param targetColumns the referenced columns, in the same order
 * @param operators the equality operator of each pair, as SQL; the referenced column is its left operand
 * @param deferrable whether the check can wait for the end of the transaction
 * @param matchFull whether the columns are null all together or not at all
 * @param onDelete what happens when the referenced row is deleted
 * @param toPartition whether the referenced table is a partition
 */
public record CatalogForeignKey(
        String name,
        TableName table,
        List<String> columns,
        TableName target,
        List<String> targetColumns,
        List<String> operators,
        boolean deferrable,
        boolean matchFull,
        ReferentialAction onDelete,
        boolean toPartition) {

    /** Copies the lists. */
    public CatalogForeignKey {
        columns = List.copyOf(columns);
        targetColumns = List.copyOf(targetColumns);
        operators = List.copyOf(operators);
    }

    /**
     * Whether the table references itself.
     *
     * @return true if both tables are the same
     */
    public boolean isSelfReference() {
        return table.equals(target);
    }

    /**
     * The condition that joins a referencing row with the row it references.
     *
     * @param targetAlias the alias of the referenced table, quoted if need be
     * @param alias the alias of the referencing table, quoted if need be
     * @return SQL, one comparison for each pair of columns
     */
    public String joinCondition(String targetAlias, String alias) {
        return IntStream.range(0, columns.size())
                .mapToObj(i -> targetAlias + "." + Quoting.identifier(targetColumns.get(i)) + " " + operators.get(i)
                        + " " + alias + "." + Quoting.identifier(columns.get(i)))
                .collect(Collectors.joining(" and "));
    }
}
