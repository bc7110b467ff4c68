package dev.boundary.rls;

import static dev.boundary.rls.PlpgsqlBlock.lines;

import dev.boundary.rls.internal.sql.SqlFile;
import java.util.List;

/** {@link InstallBoundary#upgrade}. */
record UpgradeBoundary() implements RlsChange {

    private static final SqlFile SQL = SqlFile.of(UpgradeBoundary.class);

    /** The table that version 2 adds, which a new installation has too. */
    static final String CREATE_RETROFIT_PROGRESS = SQL.text("create-retrofit-progress");

    @Override
    public String name() {
        return "upgradeBoundary";
    }

    @Override
    public String object() {
        return "boundary to " + RollbackLog.LAYOUT_VERSION;
    }

    @Override
    public List<String> apply() {
        String check = SQL.template("version-is-known")
                .literal("version", RollbackLog.LAYOUT_VERSION)
                .fill();
        String upgrade = SQL.template("upgrade")
                .fragment("begin", RollbackLog.of(this).begin())
                .fragment("restoreVersion", RollbackLog.step(SQL.text("restore-version-1")))
                .fragment("dropProgress", RollbackLog.step(SQL.text("drop-progress")))
                .fragment("createProgress", CREATE_RETROFIT_PROGRESS + ";")
                .fill();
        return List.of(new PlpgsqlBlock(SQL.text("declarations"), lines(Guards.installed(), check, upgrade)).sql());
    }

    @Override
    public List<String> rollback() {
        return RollbackLog.of(this).restore();
    }

    @Override
    public String confirmation() {
        return "Boundary is at version " + RollbackLog.LAYOUT_VERSION;
    }
}
