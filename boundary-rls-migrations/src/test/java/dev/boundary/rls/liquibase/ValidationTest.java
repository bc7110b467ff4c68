package dev.boundary.rls.liquibase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boundary.rls.Catalog;
import dev.boundary.rls.Migrations;
import dev.boundary.testing.postgresql.PostgresServer;
import dev.boundary.testing.postgresql.TestDatabase;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import liquibase.Scope;
import liquibase.change.Change;
import liquibase.change.ChangeFactory;
import liquibase.change.ChangeParameterMetaData;
import liquibase.database.core.H2Database;
import liquibase.database.core.PostgresDatabase;
import liquibase.precondition.Precondition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What is wrong is refused before anything changes, with what to do about it. */
@Tag("every-liquibase")
@ResourceLock(Migrations.LIQUIBASE)
class ValidationTest {

    private static TestDatabase database;
    private static List<String> before;

    @BeforeAll
    static void prepare() throws Exception {
        database = PostgresServer.shared().createDatabase();
        TestDatabase.execute(
                database.owner(),
                "create table booking (id bigint primary key, tenant_id bigint not null, amount numeric, kind int,"
                        + " always bigint generated always as (id) stored)",
                "create table orphan (id bigint primary key, tenant_id bigint)",
                "insert into orphan values (1, null)",
                "create table line (id bigint primary key, booking_id bigint references booking)",
                "create table parted (tenant_id bigint) partition by list (tenant_id)",
                "create table base (tenant_id bigint)",
                "create table heir () inherits (base)",
                "create view looking as select * from booking");
        Migrations.update(database.owner(), "changelogs/boundary.yaml");
        before = Catalog.of(database.superuser());
    }

    @AfterAll
    static void drop() throws Exception {
        database.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            installBoundary: { tenantKeyType: numeric }            | cannot be of type "numeric"
            installBoundary: { missing: ignore }                   | "ignore" is no value of missing. Use error, empty
            installBoundary: { predicate: any }                    | Use pinned, inline
            installBoundary: { leakproof: maybe }                  | Use auto, required, off
            installBoundary: { sessionVariable: tenant }           | cannot be the session variable
            installBoundary: { predicat: inline }                  | installBoundary has no attribute predicat. It has leakproof, missing
            installBoundary: {}                                    | There is a schema boundary in this database already
            createBoundaryRoles: { adminRole: boundary_app }       | must be three roles
            createBoundaryRoles: { schemaName: nowhere }           | There is no schema nowhere
            createBoundaryRoles: { applicationRole: postgres }     | superuser or has BYPASSRLS
            createTenantRegistry: { applicationRole: nobody }      | There is no role "nobody" (applicationRole)
            createTenantRegistry: { adminRole: boundary_owner, applicationRole: boundary_owner } | must be three roles
            protectTenantTable: {}                                 | The attribute tableName is missing
            protectTenantTable: { tableName: nothing }             | There is no table public.nothing
            protectTenantTable: { tableName: booking, schemaName: nowhere } | There is no table nowhere.booking
            protectTenantTable: { tableName: booking, tenantColumn: club_id } | has no column "club_id"
            protectTenantTable: { tableName: booking, tenantColumn: amount } | is of type numeric, and Boundary is installed for tenant keys of type bigint
            protectTenantTable: { tableName: booking, tenantColumn: kind } | is of type integer
            protectTenantTable: { tableName: booking, tenantColumn: always } | is generated
            protectTenantTable: { tableName: booking, privileges: truncate } | "truncate" is no value of privilege. Use select, insert, update, delete
            protectTenantTable: { tableName: booking, applicationRole: nobody } | There is no role "nobody" (applicationRole)
            protectTenantTable: { tableName: booking, adminRole: nobody } | There is no role "nobody" (adminRole)
            protectTenantTable: { tableName: booking, applicationRole: postgres } | superuser or has BYPASSRLS
            protectTenantTable: { tableName: orphan }              | has rows without a tenant
            protectTenantTable: { tableName: parted }              | is not an ordinary table
            protectTenantTable: { tableName: looking }             | is not an ordinary table
            protectTenantTable: { tableName: base }                | another table inherits from it
            protectTenantTable: { tableName: heir }                | inherits from another table
            protectMixedTable: { tableName: booking }              | is NOT NULL, so no row can be shared
            protectChildTable: { tableName: line }                 | The attribute foreignKeyColumns is missing
            protectChildTable: { tableName: line, foreignKeyColumns: id } | has not exactly one foreign key on (id)
            protectChildTable: { tableName: line, foreignKeyColumns: booking_id } | Protect the parent before its children
            dropTenantPolicy: { tableName: booking }               | has no tenant policies of Boundary's
            dropAdminPolicy: { tableName: booking }                | has no policy boundary_admin
            """)
    void refuses(String change, String message) throws Exception {
        String changeLog =
                "databaseChangeLog: [ { changeSet: { id: wrong, author: test, changes: [ { " + change + " } ] } } ]";
        assertThatThrownBy(() -> Migrations.updateText(database.owner(), "wrong.yaml", changeLog))
                .hasStackTraceContaining(message);
        assertThat(Catalog.of(database.superuser())).isEqualTo(before);
    }

    @Test
    void refusesWhatXmlMisspells() {
        String changeLog = """
                <databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog"
                    xmlns:boundary="http://www.boundary.dev/xml/ns/boundary-1.0"
                    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                    xsi:schemaLocation="http://www.liquibase.org/xml/ns/dbchangelog
                        http://www.liquibase.org/xml/ns/dbchangelog/dbchangelog-latest.xsd
                        http://www.boundary.dev/xml/ns/boundary-1.0
                        http://www.boundary.dev/xml/ns/boundary-1.0.xsd">
                  <changeSet id="1" author="test"><boundary:protectTenantTable table="booking"/></changeSet>
                </databaseChangeLog>
                """;
        assertThatThrownBy(() -> Migrations.updateText(database.owner(), "wrong.xml", changeLog))
                .hasStackTraceContaining("'table'");
    }

    @Test
    void refusesAnotherOwnersTable() throws Exception {
        TestDatabase.execute(database.superuser(), "create table foreign_owner (tenant_id bigint)");
        assertThatThrownBy(() -> Migrations.updateText(
                        database.owner(),
                        "wrong.yaml",
                        "databaseChangeLog: [ { changeSet: { id: wrong, author: test, changes: [ {"
                                + " protectTenantTable: { tableName: foreign_owner } } ] } } ]"))
                .hasStackTraceContaining("does not own public.foreign_owner");
        TestDatabase.execute(database.superuser(), "drop table foreign_owner");
    }

    @Test
    void saysThatItNeedsPostgresql() {
        ProtectTenantTableChange change = new ProtectTenantTableChange();
        change.setTableName("booking");
        assertThat(change.supports(new H2Database())).isFalse();
        assertThat(change.validate(new H2Database()).getErrorMessages())
                .containsExactly("protectTenantTable works on PostgreSQL only, not on h2. Give the change set"
                        + " dbms=\"postgresql\".");
        assertThat(change.validate(new PostgresDatabase()).hasErrors()).isFalse();
    }

    @Test
    void hasACheckSumOfItsAttributes() {
        ProtectTenantTableChange change = new ProtectTenantTableChange();
        change.setTableName("booking");
        ProtectTenantTableChange same = new ProtectTenantTableChange();
        same.setTableName("booking");
        assertThat(change.generateCheckSum()).isEqualTo(same.generateCheckSum());
        same.setTenantColumn("club_id");
        assertThat(change.generateCheckSum()).isNotEqualTo(same.generateCheckSum());
    }

    @Test
    void theSchemaSaysTheSameAsTheChanges() throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        TreeMap<String, Set<String>> declared = new TreeMap<>();
        try (InputStream xsd = getClass().getResourceAsStream("/www.boundary.dev/xml/ns/boundary-1.0.xsd")) {
            NodeList elements = factory.newDocumentBuilder().parse(xsd).getElementsByTagNameNS("*", "element");
            for (int i = 0; i < elements.getLength(); i++) {
                Element element = (Element) elements.item(i);
                Set<String> names = new TreeSet<>();
                declared.put(element.getAttribute("name"), names);
                NodeList attributes = element.getElementsByTagNameNS("*", "attribute");
                for (int j = 0; j < attributes.getLength(); j++) {
                    Element attribute = (Element) attributes.item(j);
                    names.add(attribute.getAttribute("name")
                            + (attribute.getAttribute("use").equals("required") ? "!" : ""));
                }
            }
        }
        ChangeFactory changes = Scope.getCurrentScope().getSingleton(ChangeFactory.class);
        TreeMap<String, Set<String>> actual = new TreeMap<>();
        changesOfBoundary()
                .forEach(change -> actual.put(
                        changes.getChangeMetaData(change).getName(),
                        changes.getChangeMetaData(change).getParameters().values().stream()
                                .map(parameter -> parameter.getParameterName() + (isRequired(parameter) ? "!" : ""))
                                .collect(Collectors.toCollection(TreeSet::new))));
        ServiceLoader.load(Precondition.class).stream()
                .filter(provider -> BoundaryPrecondition.class.isAssignableFrom(provider.type()))
                .map(ServiceLoader.Provider::get)
                .forEach(precondition -> actual.put(
                        precondition.getName(),
                        precondition.getSerializableFields().stream()
                                .map(name -> name.equals("tableName") ? "tableName!" : name)
                                .collect(Collectors.toCollection(TreeSet::new))));
        assertThat(declared).isEqualTo(actual);
    }

    @Test
    void theModuleProvidesTheSameChanges() throws Exception {
        try (InputStream descriptor = BoundaryChange.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI()
                .resolve("module-info.class")
                .toURL()
                .openStream()) {
            assertThat(ModuleDescriptor.read(descriptor).provides().stream()
                            .filter(provides -> provides.service().equals(Change.class.getName()))
                            .flatMap(provides -> provides.providers().stream()))
                    .containsExactlyInAnyOrderElementsOf(changesOfBoundary()
                            .map(change -> change.getClass().getName())
                            .toList());
        }
    }

    private static boolean isRequired(ChangeParameterMetaData parameter) {
        return parameter.isRequiredFor(new PostgresDatabase());
    }

    private static Stream<Change> changesOfBoundary() {
        return ServiceLoader.load(Change.class).stream()
                .filter(provider -> BoundaryChange.class.isAssignableFrom(provider.type()))
                .map(ServiceLoader.Provider::get);
    }
}
