package dev.boundary.rls;

import static dev.boundary.rls.PlpgsqlBlock.lines;

import dev.boundary.rls.internal.sql.Quoting;
import dev.boundary.rls.internal.sql.SqlFile;
import java.util.List;

/**
 * Partitions. Policies of the partitioned table hold for access through it; a partition that is addressed directly has
 * policies of its own or none. Here it gets none and row-level security, so that nobody but a role that bypasses
 * policies reaches a row in it directly, whatever is granted.
 *
 * @param table the topmost partitioned table
 */
record PartitionSteps(TableName table) {

    private static final SqlFile SQL = SqlFile.of(PartitionSteps.class);

    /** Closes all partitions that are there now. */
    ChangeStep close(RoleNames roles) {
        String remember = SQL.template("remember-each")
                .fragment("remember", lines(TableSteps.REMEMBER_ROW_SECURITY, GrantSteps.remember(roles)))
                .fill();
        String close = SQL.template("close")
                .literal("table", table.quoted())
                .literal("roles", Quoting.identifiers(List.of(roles.application(), roles.admin())))
                .fill();
        return ChangeStep.of("", remember, new PlpgsqlBlock("partition pg_catalog.regclass;", close).sql());
    }

    /** NOT NULL goes down to every partition and so does its removal: partitions that had it keep it. */
    ChangeStep keepNotNull(List<String> columns) {
        return ChangeStep.of(
                "",
                SQL.template("remember-not-null").textArray("columns", columns).fill());
    }
}
