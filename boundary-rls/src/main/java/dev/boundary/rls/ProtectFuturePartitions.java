package dev.boundary.rls;

import static dev.boundary.rls.PlpgsqlBlock.lines;

import dev.boundary.rls.internal.sql.SqlFile;
import java.util.List;

/** {@link TableChanges#protectFuturePartitions}. */
record ProtectFuturePartitions() implements RlsChange {

    private static final SqlFile SQL = SqlFile.of(ProtectFuturePartitions.class);

    @Override
    public String name() {
        return "protectFuturePartitions";
    }

    @Override
    public String object() {
        return "boundary";
    }

    @Override
    public List<String> apply() {
        String remember = lines(
                Guards.installed(),
                SQL.text("role-is-superuser"),
                RollbackLog.of(this).begin(),
                RollbackLog.step(SQL.text("drop-function")),
                RollbackLog.step(SQL.text("drop-event-trigger")));
        return List.of(
                new PlpgsqlBlock("this_change bigint;", remember).sql(),
                SQL.text("create-function"),
                SQL.text("revoke-function"),
                SQL.text("create-event-trigger"));
    }

    @Override
    public List<String> rollback() {
        return RollbackLog.of(this).restore();
    }

    @Override
    public String confirmation() {
        return "New partitions of protected tables get row-level security";
    }
}
