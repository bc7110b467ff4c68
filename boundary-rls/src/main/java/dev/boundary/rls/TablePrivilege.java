package dev.boundary.rls;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the application role may be granted on a protected table. TRUNCATE, REFERENCES, TRIGGER and MAINTAIN are not
 * among them: policies do not apply to them, so they reach across tenants.
 *
 * @since 0.1
 */
public enum TablePrivilege {
    /** Read rows. */
    SELECT,
    /** Add rows. */
    INSERT,
    /** Change rows, except for the tenant column. */
    UPDATE,
    /** Remove rows. */
    DELETE;

    /** All of them, unmodifiable. */
    public static final Set<TablePrivilege> ALL = Collections.unmodifiableSet(EnumSet.allOf(TablePrivilege.class));

    /**
     * Reads a list of privileges.
     *
     * @param list names separated by commas, in any case, for example {@code "select, insert"}
     * @return the privileges, in the order of their declaration, unmodifiable
     * @throws IllegalArgumentException if the list is empty or names something else; the message lists what it may name
     */
    public static Set<TablePrivilege> parse(String list) {
        EnumSet<TablePrivilege> privileges = EnumSet.noneOf(TablePrivilege.class);
        EnumNames<TablePrivilege> names = EnumNames.of("privilege", values(), TablePrivilege::sql);
        for (String name : list.split(",", -1)) {
            privileges.add(names.find(name));
        }
        return Collections.unmodifiableSet(privileges);
    }

    private String sql() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As SQL, or empty. */
    static String sql(Set<TablePrivilege> privileges) {
        return Arrays.stream(values())
                .filter(privileges::contains)
                .map(TablePrivilege::sql)
                .collect(Collectors.joining(", "));
    }
}
