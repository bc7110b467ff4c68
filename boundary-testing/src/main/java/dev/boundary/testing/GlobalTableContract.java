package dev.boundary.testing;

import dev.boundary.jooq.schema.TableClassification;
import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.testing.ContractTable.Check;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jooq.Field;

/** Checks what a tenant can do with a table that all tenants share. */
final class GlobalTableContract {

    private final ContractTable table;
    private final boolean writable;

    GlobalTableContract(ContractTable table, TableClassification.Global classification) {
        this.table = table;
        this.writable = classification.writable();
    }

    /** The checks by name, in their order. */
    Map<String, Check> checks() {
        Map<String, Check> checks = new LinkedHashMap<>();
        checks.put("select", this::select);
        if (!writable) {
            checks.put("insert", this::insert);
            checks.put("update", this::update);
            checks.put("delete", this::delete);
        }
        checks.put("truncate", this::truncate);
        return checks;
    }

    private void select() throws SQLException {
        table.needs("SELECT");
        int counted = table.ask(dsl -> dsl.selectCount().from(table.declared()).fetchOne(0, int.class));
        String all = Jdbc.value(
                table.database().superuser(),
                "select count(*) from " + table.name().quoted());
        table.assertEqual("count(*)", Integer.parseInt(Objects.requireNonNull(all)), counted);
    }

    private void insert() {
        table.refused(
                "insert a row for all tenants",
                table.attempt(dsl -> dsl.insertInto(table.declared()).defaultValues()));
    }

    private void delete() {
        table.refused("delete all tenants' rows", table.attempt(dsl -> dsl.deleteFrom(table.declared())));
    }

    private void truncate() {
        table.refused("truncate the table", table.attempt(dsl -> dsl.truncate(table.declared())));
    }

    private void update() {
        Field<String> column = ContractTable.field(table.inCatalog().columns().stream()
                .filter(candidate -> !candidate.generated())
                .findFirst()
                .orElseThrow()
                .name());
        table.refused(
                "update all tenants' rows",
                table.attempt(dsl -> dsl.update(table.declared()).set(column, column)));
    }
}
