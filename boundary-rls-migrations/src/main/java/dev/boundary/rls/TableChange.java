package dev.boundary.rls;

import java.util.ArrayList;
import java.util.List;

/** A change to one table. */
public abstract sealed class TableChange implements RlsChange
        permits ProtectTenantTable, ProtectChildTable, ProtectMixedTable, GrantGlobalTable {

    private final TableName table;

    TableChange(TableName table) {
        this.table = table;
    }

    /**
     * The table.
     *
     * @return its name
     */
    public final TableName table() {
        return table;
    }

    /** What must hold besides the checks of the parts. */
    abstract String guards();

    /** What it consists of, in the order in which it is done. */
    abstract List<Part> parts();

    @Override
    public final String object() {
        return table.toString();
    }

    @Override
    public final List<String> apply() {
        StringBuilder body = new StringBuilder(Guards.installed())
                .append(Guards.ordinaryTable(table))
                .append(guards());
        parts().forEach(part -> body.append(part.check()));
        body.append(Undo.begin(this));
        // Expressions are written down with every name qualified, so that they read the same on another search path.
        body.append("perform pg_catalog.set_config('search_path', 'pg_catalog', true);\n");
        parts().forEach(part -> body.append(part.remember()));
        body.append("perform pg_catalog.set_config('search_path', path, true);\n");
        List<String> statements = new ArrayList<>();
        statements.add(Sql.block("""
                rel pg_catalog.regclass := pg_catalog.to_regclass(%s);
                path text := pg_catalog.current_setting('search_path');
                this_change bigint;
                """.formatted(Sql.literal(table.quoted())), body.toString()));
        parts().forEach(part -> statements.addAll(part.apply()));
        return List.copyOf(statements);
    }

    @Override
    public final List<String> rollback() {
        return Undo.restore(this);
    }
}
