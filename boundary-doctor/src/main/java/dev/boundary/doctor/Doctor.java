package dev.boundary.doctor;

import dev.boundary.core.SessionVariable;
import dev.boundary.doctor.catalog.SecurityCatalog;
import dev.boundary.doctor.catalog.SecurityCatalog.Role;
import dev.boundary.doctor.catalog.SecurityCatalogReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Examines a database: reads {@code pg_catalog} once, in a read-only transaction and with a number of statements that
 * does not depend on the size of the schema, and applies every rule to it. It changes nothing and needs no privilege
 * but CONNECT; where it may read {@code boundary.installation} and {@code boundary.protected_table}, it also compares
 * the database with what Boundary's changes made.
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
     * Starts with a doctor that examines the connected role, derives which tables belong to tenants, and expects the
     * session variable {@code app.current_tenant_id}.
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
     * @throws IllegalArgumentException if the connection is inside a transaction, there is no role of a given name, or
     *     {@code boundary.installation} holds what {@code installBoundary} does not write
     * @throws SQLException if the catalog cannot be read
     */
    public Report examine(Connection connection) throws SQLException {
        SecurityCatalog catalog = SecurityCatalogReader.read(connection, variable);
        return examine(catalog);
    }

    /**
     * Examines the database behind a connection and writes one SQL script that fixes the findings, in an order that
     * opens nothing on the way. Tables without row-level security are protected by the changes of
     * {@link dev.boundary.rls.TableChanges}, preceded by the installation if there is none; the application role keeps
     * the row privileges that it has. Nothing is run.
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
        return new Report(
                catalog.server().version(),
                catalog.server().database(),
                examination.applicationRoles().stream().map(Role::name).toList(),
                (int) examination.tables().count(),
                findings(examination),
                List.of());
    }

    private static List<Finding> findings(Examination examination) {
        return RuleChecks.ALL.stream()
                .flatMap(check -> check.run(examination))
                .sorted(Comparator.comparing((Finding finding) -> finding.rule().severity())
                        .thenComparing(finding -> finding.rule().id())
                        .thenComparing(Finding::object))
                .toList();
    }

    private List<Role> roles(SecurityCatalog catalog) {
        List<String> names =
                applicationRoles.isEmpty() ? List.of(catalog.server().currentUser()) : applicationRoles;
        return names.stream().distinct().map(name -> role(catalog, name)).toList();
    }

    private static Role role(SecurityCatalog catalog, String name) {
        return catalog.roles().values().stream()
                .filter(role -> role.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no role \"" + name
                        + "\". The roles that can log in or were created by users are: " + userRoles(catalog) + "."));
    }

    private static String userRoles(SecurityCatalog catalog) {
        return catalog.roles().values().stream()
                .map(Role::name)
                .filter(name -> !name.startsWith("pg_"))
                .sorted()
                .collect(Collectors.joining(", "));
    }

    /** Settings of a doctor. Not safe for use by several threads. */
    public static final class Builder {

        private final List<String> applicationRoles = new ArrayList<>();
        private Expectations expectations = Expectations.derived();
        private SessionVariable variable = SessionVariable.DEFAULT;

        private Builder() {}

        /**
         * Adds a role that a service connects as. Without any, the connected role is examined; with one or more, the
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
         * Sets which tables belong to tenants; derived from the catalog by default.
         *
         * @param value the expectations
         * @return this
         */
        public Builder expectations(Expectations value) {
            expectations = value;
            return this;
        }

        /**
         * Sets the session variable, which policies read. What {@code boundary.installation} says takes precedence.
         *
         * @param value the session variable
         * @return this
         */
        public Builder sessionVariable(SessionVariable value) {
            variable = value;
            return this;
        }

        /**
         * Builds the doctor, which keeps no reference to the builder.
         *
         * @return the doctor
         */
        public Doctor build() {
            return new Doctor(this);
        }
    }
}
