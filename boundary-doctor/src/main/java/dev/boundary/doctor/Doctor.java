package dev.boundary.doctor;

import dev.boundary.core.SessionVariable;
import dev.boundary.doctor.catalog.SecurityCatalog;
import dev.boundary.doctor.catalog.SecurityCatalog.Role;
import dev.boundary.doctor.catalog.SecurityCatalogReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Examines a database: reads {@code pg_catalog} once, in a read-only transaction and with a number of statements that
 * does not depend on the size of the schema, and runs every rule over it. It changes nothing and needs no privileges
 * besides CONNECT; where it may read {@code boundary.installation} and {@code boundary.protected_table} it also
 * compares with what Boundary's changes have made.
 *
 * {@snippet class=dev.boundary.doctor.DoctorSnippets region=examine}
 *
 * <p>Immutable and safe for use by several threads.
 *
 * @since 0.1
 */
public final class Doctor {

    private final List<String> applicationRoles;
    private final Expectations expectations;
    private final SessionVariable variable;

    private Doctor(Builder builder) {
        this.applicationRoles = List.copyOf(builder.applicationRoles);
        this.expectations = builder.expectations;
        this.variable = builder.variable;
    }

    /**
     * Starts a doctor that looks at the connected role, derives which tables belong to tenants, and expects the session
     * variable {@code app.current_tenant_id}.
     *
     * @return a builder, for one thread
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Every rule, in the order of their ids.
     *
     * @return the rules, unmodifiable
     */
    public static List<Rule> rules() {
        return RuleChecks.ALL.stream().map(RuleCheck::rule).toList();
    }

    /**
     * Examines the database behind a connection.
     *
     * @param connection an open connection in autocommit mode; it is left so
     * @return what was found, the worst first
     * @throws IllegalArgumentException if the connection is inside a transaction, or there is no role of a given name
     * @throws SQLException if the catalog cannot be read
     */
    public Report examine(Connection connection) throws SQLException {
        SecurityCatalog catalog = SecurityCatalogReader.read(connection, variable);
        return examine(catalog);
    }

    /**
     * Examines the database behind a connection and writes one SQL script that fixes what was found, in an order that
     * opens nothing on the way. Tables without row-level security are protected by the changes of
     * {@link dev.boundary.rls.TableChanges}, preceded by the installation if there is none; the application role keeps the
     * row privileges that it has. Nothing is run.
     *
     * @param connection an open connection in autocommit mode; it is left so
     * @param ownerRole the role that owns the tables, for an installation
     * @param adminRole the role of unscoped work
     * @return SQL for psql, with a comment for each finding, also for those that people must decide
     * @throws IllegalArgumentException if the connection is inside a transaction, there is no role of a given name, or
     *     owner, application and admin role are not three
     * @throws SQLException if the catalog cannot be read
     */
    public String protect(Connection connection, String ownerRole, String adminRole) throws SQLException {
        Examination examination = examination(SecurityCatalogReader.read(connection, variable));
        Protections protections = Protections.of(examination, ownerRole, adminRole);
        return FixScript.of(report(examination), protections.changes(), protections::cover);
    }

    Report examine(SecurityCatalog catalog) {
        return report(examination(catalog));
    }

    private Examination examination(SecurityCatalog catalog) {
        return new Examination(catalog, expectations, variable, roles(catalog));
    }

    private static Report report(Examination examination) {
        SecurityCatalog catalog = examination.catalog();
        List<Finding> findings = new ArrayList<>();
        RuleChecks.ALL.forEach(check -> check.run(examination).forEach(findings::add));
        findings.sort(Comparator.comparing((Finding finding) -> finding.rule().severity())
                .thenComparing(finding -> finding.rule().id())
                .thenComparing(Finding::object));
        return new Report(
                catalog.server().version(),
                catalog.server().database(),
                examination.applicationRoles().stream().map(Role::name).toList(),
                (int) examination.tables().count(),
                findings,
                List.of());
    }

    private List<Role> roles(SecurityCatalog catalog) {
        Set<String> names = new LinkedHashSet<>(
                applicationRoles.isEmpty() ? List.of(catalog.server().currentUser()) : applicationRoles);
        List<Role> roles = new ArrayList<>();
        for (String name : names) {
            roles.add(catalog.roles().values().stream()
                    .filter(role -> role.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("There is no role \"" + name
                            + "\". The roles that can log in or were made by users are: "
                            + catalog.roles().values().stream()
                                    .map(Role::name)
                                    .filter(other -> !other.startsWith("pg_"))
                                    .sorted()
                                    .collect(Collectors.joining(", "))
                            + ".")));
        }
        return roles;
    }

    /** Sets what to look at. Not safe for use by several threads. */
    public static final class Builder {

        private final List<String> applicationRoles = new ArrayList<>();
        private Expectations expectations = Expectations.derived();
        private SessionVariable variable = SessionVariable.DEFAULT;

        private Builder() {}

        /**
         * A role that a service connects as. Without any, it is the connected role that is looked at; with some, the
         * connected role only reads the catalog.
         *
         * @param name the role's name, unquoted
         * @return this
         */
        public Builder applicationRole(String name) {
            applicationRoles.add(name);
            return this;
        }

        /**
         * Which tables belong to tenants; derived from the catalog by default.
         *
         * @param value the expectations
         * @return this
         */
        public Builder expectations(Expectations value) {
            expectations = value;
            return this;
        }

        /**
         * The setting that policies read. What {@code boundary.installation} says goes before it.
         *
         * @param value the session variable
         * @return this
         */
        public Builder sessionVariable(SessionVariable value) {
            variable = value;
            return this;
        }

        /**
         * Builds it.
         *
         * @return the doctor
         */
        public Doctor build() {
            return new Doctor(this);
        }
    }
}
