package dev.boundary.rls;

import static dev.boundary.rls.PlpgsqlBlock.lines;

import dev.boundary.core.TableKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * {@link TableChanges#protectTable}.
 *
 * @param table the table
 * @param rows how its rows belong to tenants
 * @param roles the roles; the owner is not used
 */
record ProtectTable(TableName table, TableRows rows, RoleNames roles) {

    ProtectTable {
        rows.checkAlias(table);
    }

    RlsChange change(Set<TablePrivilege> privileges) {
        String name = rows.partitioned() ? "protectPartitionedTable" : "protect" + rows.kindName() + "Table";
        return new TableChange(name, table, guards(), steps(name, privileges), confirmation());
    }

    private String guards() {
        TableGuards guards = new TableGuards(table);
        String column = rows.columns().getFirst();
        return lines(
                rows.partitioned() ? guards.partitioned() : guards.ordinary(),
                rows.guards(table),
                rows.kind() == TableKind.TENANT ? guards.noRowWithoutTenant(column) : "",
                rows.kind() == TableKind.MIXED ? guards.nullable(column) : "",
                guards.roles(roles));
    }

    private List<ChangeStep> steps(String name, Set<TablePrivilege> privileges) {
        List<String> tenantColumns = rows.kind() == TableKind.CHILD ? List.of() : rows.columns();
        TableSteps tableSteps = new TableSteps(table);
        PolicySteps policySteps = new PolicySteps(table);
        List<ChangeStep> steps = new ArrayList<>();
        steps.add(policySteps.list(rows));
        tenantColumns.forEach(column -> steps.add(tableSteps.tenantDefault(column)));
        steps.addAll(notNull());
        steps.add(tableSteps.index(name, rows.columns()));
        steps.add(new GrantSteps(table, roles).grant(privileges, tenantColumns));
        steps.add(policySteps.createTenantPolicies(roles.application()));
        steps.add(policySteps.createAdminPolicy(roles.admin()));
        if (rows.partitioned()) {
            steps.add(new PartitionSteps(table).close(roles));
        }
        steps.add(tableSteps.rowSecurity(true));
        steps.add(policySteps.unlist());
        return List.copyOf(steps);
    }

    private List<ChangeStep> notNull() {
        if (rows.kind() == TableKind.MIXED) {
            return List.of();
        }
        ChangeStep notNull = new TableSteps(table).notNull(rows.columns());
        return rows.partitioned()
                ? List.of(new PartitionSteps(table).keepNotNull(rows.columns()), notNull)
                : List.of(notNull);
    }

    private String confirmation() {
        return "Table " + table + " is protected: each tenant reaches only " + reach()
                + (rows.partitioned() ? ", and no partition directly" : "");
    }

    private String reach() {
        String names = String.join(", ", rows.columns());
        return switch (rows.kind()) {
            case MIXED -> "its own rows by " + names + ", and reads the shared ones";
            case CHILD -> "the rows whose " + names + " points at a row of its own";
            default -> "its own rows by " + names;
        };
    }
}
