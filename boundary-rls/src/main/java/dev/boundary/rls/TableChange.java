package dev.boundary.rls;

import dev.boundary.rls.internal.sql.Quoting;
import java.util.ArrayList;
import java.util.List;

/**
 * A change to one table.
 *
 * @param name the name of the change
 * @param table the table
 * @param guards PL/pgSQL: what must hold besides the checks of the parts
 * @param parts what it consists of, in the order in which it is done
 * @param confirmation what has been done
 */
record TableChange(String name, TableName table, String guards, List<Part> parts, String confirmation)
        implements RlsChange {

    @Override
    public String object() {
        return table.toString();
    }

    @Override
    public List<String> apply() {
        StringBuilder body = new StringBuilder(Guards.installed()).append(guards);
        parts.forEach(part -> body.append(part.check()));
        body.append(Undo.begin(this));
        // Expressions are written down with every name qualified, because only the catalog is on the search path.
        parts.forEach(part -> body.append(part.remember()));
        List<String> statements = new ArrayList<>();
        statements.add(PlpgsqlBlock.of("""
                rel pg_catalog.regclass := pg_catalog.to_regclass(%s);
                this_change bigint;
                """.formatted(Quoting.literal(table.quoted())), body.toString()));
        parts.forEach(part -> statements.addAll(part.apply()));
        return List.copyOf(statements);
    }

    @Override
    public List<String> rollback() {
        return Undo.restore(this);
    }
}
