package dev.boundary.rls.internal.policy;

import java.util.List;
import java.util.stream.Stream;

/** The policies that Boundary creates on a protected table, with their names in the catalog. */
public enum PolicyName {
    /** Permissive: lets the application role read and write the rows of its tenant. */
    TENANT("boundary_tenant"),
    /** Restrictive: the floor, which limits the application role to the same rows whatever other policies allow. */
    FLOOR("boundary_floor"),
    /** Restrictive: the rows that may be updated, on a table whose shared rows can be read but not written. */
    FLOOR_UPDATE("boundary_floor_update"),
    /** Restrictive: the rows that may be deleted, on a table whose shared rows can be read but not written. */
    FLOOR_DELETE("boundary_floor_delete"),
    /** Permissive: lets the admin role read and write every row. */
    ADMIN("boundary_admin");

    /** The alias of a parent in the policies of its children, before the number of its level: 1 for the parent. */
    public static final String PARENT_ALIAS = "boundary_parent_";

    private final String sqlName;

    PolicyName(String sqlName) {
        this.sqlName = sqlName;
    }

    /**
     * The name in the catalog, which needs no quotes.
     *
     * @return for example {@code boundary_tenant}
     */
    public String sqlName() {
        return sqlName;
    }

    /**
     * The policies of the application role.
     *
     * @return all names but that of {@link #ADMIN}, unmodifiable
     */
    public static List<String> ofApplication() {
        return Stream.of(TENANT, FLOOR, FLOOR_UPDATE, FLOOR_DELETE)
                .map(PolicyName::sqlName)
                .toList();
    }

    /** The name in the catalog. */
    @Override
    public String toString() {
        return sqlName;
    }
}
