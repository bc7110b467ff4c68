package dev.boundary.jooq.internal.startup;

import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE_TENANT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.boundary.core.SessionVariable;
import dev.boundary.core.UnsafeDatabaseException;
import dev.boundary.jooq.Boundary;
import dev.boundary.jooq.Layers;
import dev.boundary.jooq.internal.session.SessionDatabase;
import dev.boundary.jooq.internal.session.SharedDatabase;
import dev.boundary.jooq.schema.TenantSchema;
import dev.boundary.testing.postgresql.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.Schema;
import org.jooq.Table;
import org.jooq.TableOptions;
import org.jooq.conf.MappedSchema;
import org.jooq.conf.RenderMapping;
import org.jooq.conf.Settings;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConfiguration;
import org.jooq.impl.SQLDataType;
import org.jooq.impl.TableImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.ds.PGSimpleDataSource;

@ExtendWith(SharedDatabase.class)
class DatabaseCheckTest {

    private static TestDatabase unchanged;

    private TestDatabase database;

    @BeforeAll
    static void create(TestDatabase shared) {
        unchanged = shared;
    }

    @BeforeEach
    void useSharedDatabase() {
        database = unchanged;
    }

    @AfterEach
    void dropOwn() throws SQLException {
        if (database != unchanged) {
            database.close();
        }
    }

    /** For a test that changes its database. */
    private void useOwnDatabase() throws SQLException {
        database = SessionDatabase.create();
    }

    @Test
    void startsOnASafeDatabase() {
        assertThat(Boundary.builder(SessionDatabase.schema()).build().dsl(database.application()))
                .isNotNull();
    }

    @Test
    void refusesASuperuser() {
        assertThat(findings(database.superuser())).anyMatch(finding -> finding.contains("SUPERUSER"));
    }

    @Test
    void refusesTheOwner() {
        assertThat(findings(database.owner())).anyMatch(finding -> finding.contains("public.note"));
    }

    @Test
    void listsEveryUnprotectedTableAtOnce() throws SQLException {
        useOwnDatabase();
        TestDatabase.execute(
                database.owner(),
                "create table open (tenant_id bigint)",
                "create table unforced (tenant_id bigint)",
                "alter table unforced enable row level security",
                "create policy p on unforced as restrictive using (true)",
                "create table \"Half Floored\" (tenant_id bigint)",
                "alter table \"Half Floored\" enable row level security, force row level security",
                "create policy p on \"Half Floored\" as restrictive for select using (true)",
                "create policy q on \"Half Floored\" as restrictive for update to "
                        + database.roles().admin() + " using (true)",
                "create policy r on \"Half Floored\" for delete using (true)");
        TenantSchema schema = TenantSchema.builder()
                .tenant(NOTE, NOTE_TENANT)
                .tenant(table("open"), tenant("open"))
                .tenant(table("unforced"), tenant("unforced"))
                .tenant(table("Half Floored"), tenant("Half Floored"))
                .tenant(table("absent"), tenant("absent"))
                .build();
        List<String> findings =
                unsafe(schema, SessionVariable.DEFAULT, database.application()).findings();
        assertThat(findings).hasSize(4);
        assertThat(findings).anyMatch(f -> f.contains("not enabled on table \"public\".\"open\""));
        assertThat(findings).anyMatch(f -> f.contains("\"public\".\"unforced\" is not forced"));
        assertThat(findings)
                .anyMatch(f -> f.contains("\"public\".\"Half Floored\" has no restrictive policy for this role on"
                        + " DELETE, INSERT, UPDATE,"));
        assertThat(findings).anyMatch(f -> f.contains("\"public\".\"absent\"") && f.contains("no such table"));
    }

    @Test
    void aViewIsAsSafeAsWhatItReads() throws SQLException {
        useOwnDatabase();
        TestDatabase.execute(
                database.owner(),
                "create view careless as select * from note",
                "create view safe with (security_invoker = true) as select * from note",
                "create view above with (security_invoker = true) as select * from careless",
                "create table open (tenant_id bigint)",
                "create view empty with (security_invoker = true) as select * from open");
        TenantSchema schema = TenantSchema.builder()
                .tenant(NOTE, NOTE_TENANT)
                .tenant(table("careless"), tenant("careless"))
                .tenant(table("safe"), tenant("safe"))
                .tenant(table("above"), tenant("above"))
                .tenant(table("empty"), tenant("empty"))
                .build();
        List<String> findings =
                unsafe(schema, SessionVariable.DEFAULT, database.application()).findings();
        assertThat(findings).hasSize(3);
        assertThat(findings).anyMatch(f -> f.contains("\"public\".\"careless\", or a view that it reads, is not"));
        assertThat(findings).anyMatch(f -> f.contains("\"public\".\"above\", or a view that it reads, is not"));
        assertThat(findings).anyMatch(f -> f.contains("\"public\".\"empty\"") && f.contains("reads no table with"));
    }

    @Test
    void aFunctionMustNotShowWhatItsOwnerSees() throws SQLException {
        useOwnDatabase();
        TestDatabase.execute(
                database.owner(),
                "create function mine() returns setof note language sql stable as 'select * from note'",
                "create function theirs() returns setof note language sql stable security definer"
                        + " as 'select * from note'");
        TenantSchema schema = TenantSchema.builder()
                .tenant(NOTE, NOTE_TENANT)
                .tenant(new TableFunction("mine"), tenant("mine"))
                .tenant(new TableFunction("theirs"), tenant("theirs"))
                .tenant(new TableFunction("absent"), tenant("absent"))
                .build();
        List<String> findings =
                unsafe(schema, SessionVariable.DEFAULT, database.application()).findings();
        assertThat(findings).hasSize(2);
        assertThat(findings).anyMatch(f -> f.contains("theirs") && f.contains("SECURITY DEFINER"));
        assertThat(findings).anyMatch(f -> f.contains("absent") && f.contains("no such function"));
    }

    private static final class TableFunction extends TableImpl<Record> {
        private static final long serialVersionUID = 1L;

        TableFunction(String name) {
            super(
                    DSL.name(name),
                    DSL.schema("public"),
                    null,
                    new Field<?>[0],
                    DSL.comment(""),
                    TableOptions.function());
        }
    }

    /** Neither is named by the search path, and only one of them is protected. */
    @Test
    void checksTheTableThatStatementsWillName() throws SQLException {
        useOwnDatabase();
        TestDatabase.execute(
                database.owner(),
                "create schema crm",
                "create table crm.note (tenant_id bigint)",
                "grant usage on schema crm to " + database.roles().application());
        PGSimpleDataSource path = database.application();
        path.setCurrentSchema("public,crm");
        GeneratedTable note = new GeneratedTable("public", "note");
        GeneratedTable crmNote = new GeneratedTable("crm", "note");
        assertThat(Boundary.builder(schemaOf(note)).build().dsl(path)).isNotNull();
        assertThat(unsafe(schemaOf(crmNote), SessionVariable.DEFAULT, path).findings())
                .singleElement()
                .asString()
                .contains("not enabled on table \"crm\".\"note\"");
        assertThat(unsafe(schemaOf(note, crmNote), SessionVariable.DEFAULT, path)
                        .findings())
                .hasSize(1);
        path.setCurrentSchema("pg_catalog");
        assertThat(Boundary.builder(schemaOf(note)).build().dsl(path)).isNotNull();
    }

    @Test
    void checksTheTableToWhichTheSettingsMapItsName() throws SQLException {
        useOwnDatabase();
        TestDatabase.execute(
                database.owner(),
                "create schema crm",
                "create table crm.note (tenant_id bigint)",
                "grant usage on schema crm to " + database.roles().application());
        DefaultConfiguration configuration = new DefaultConfiguration();
        configuration.set(SQLDialect.POSTGRES).set(database.application());
        configuration.setSettings(new Settings()
                .withRenderMapping(new RenderMapping()
                        .withSchemata(new MappedSchema().withInput("public").withOutput("crm"))));
        Boundary boundary =
                Boundary.builder(schemaOf(new GeneratedTable("public", "note"))).build();
        assertThatThrownBy(() -> boundary.dsl(configuration))
                .isInstanceOf(UnsafeDatabaseException.class)
                .hasMessageContaining("not enabled on table \"crm\".\"note\"");
        assertThat(boundary.dsl(database.application())).isNotNull();
    }

    private static TenantSchema schemaOf(GeneratedTable... tables) {
        TenantSchema.Builder builder = TenantSchema.builder();
        for (GeneratedTable table : tables) {
            builder.tenant(table, table.tenant);
        }
        return builder.build();
    }

    /** Like a table of jOOQ's generator, whose name does not carry its schema. */
    private static final class GeneratedTable extends TableImpl<Record> {
        private static final long serialVersionUID = 1L;

        private final transient Schema schema;
        private final transient Field<Long> tenant = createField(DSL.name("tenant_id"), SQLDataType.BIGINT, this);

        GeneratedTable(String schema, String name) {
            super(DSL.name(name));
            this.schema = DSL.schema(DSL.name(schema));
        }

        @Override
        public Schema getSchema() {
            return schema;
        }
    }

    @Test
    void refusesAnotherSessionVariable() {
        assertThat(unsafe(SessionDatabase.schema(), new SessionVariable("app.other"), database.application())
                        .findings())
                .singleElement()
                .asString()
                .contains("session variable is app.current_tenant_id")
                .contains("app.other");
    }

    @Test
    void refusesAnotherKeyType() {
        TenantSchema uuids = TenantSchema.builder()
                .tenant(NOTE, DSL.field(DSL.name("public", "note", "tenant_id"), SQLDataType.UUID))
                .build();
        assertThat(unsafe(uuids, SessionVariable.DEFAULT, database.application())
                        .findings())
                .singleElement()
                .asString()
                .contains("bigint")
                .contains("uuid");
    }

    @Test
    void refusesPoliciesThatReadSomethingElse() throws SQLException {
        useOwnDatabase();
        TestDatabase.execute(
                database.owner(),
                "create or replace function boundary.current_tenant_id() returns bigint language sql stable"
                        + " begin atomic select 7::bigint; end");
        assertThat(findings(database.application()))
                .hasSize(2)
                .allMatch(finding -> finding.contains("does not reach the policies") && finding.contains("returned 7"));
    }

    @Test
    void refusesADatabaseWithoutTheFunctions() throws SQLException {
        useOwnDatabase();
        TestDatabase.execute(database.owner(), "drop table boundary.installation cascade");
        assertThat(findings(database.application())).singleElement().asString().contains("installBoundary");
    }

    @Test
    void saysWhyTheInstallationCannotBeRead() throws SQLException {
        useOwnDatabase();
        refusesAfter("update boundary.installation set tenant_key_type = 'money'", "changed by hand", "money");
        refusesAfter("delete from boundary.installation", "is empty");
        refusesAfter(
                "revoke all on boundary.installation from public, "
                        + database.roles().application(),
                "cannot read",
                database.roles().application());
        refusesAfter("drop schema boundary cascade", "not installed");
    }

    private void refusesAfter(String change, String... words) throws SQLException {
        TestDatabase.execute(database.superuser(), change);
        assertThat(findings(database.application()))
                .filteredOn(finding -> finding.contains("installBoundary"))
                .singleElement()
                .asString()
                .contains(words);
    }

    @Test
    void refusesATenantThatIsSetForTheRole() throws SQLException {
        useOwnDatabase();
        TestDatabase.execute(
                database.superuser(),
                "alter role " + database.roles().application() + " in database \"" + database.name()
                        + "\" set app.current_tenant_id = '1'");
        assertThat(findings(database.application())).singleElement().asString().contains("is \"1\"");
    }

    @Test
    void refusesTheSimpleQueryMode() {
        PGSimpleDataSource simple = database.application();
        simple.setPreferQueryMode(org.postgresql.jdbc.PreferQueryMode.SIMPLE);
        assertThat(findings(simple)).singleElement().asString().contains("preferQueryMode is simple");
    }

    @Test
    void refusesRowSecurityOff() {
        PGSimpleDataSource off = database.application();
        off.setOptions("-c row_security=off");
        assertThat(findings(off)).anyMatch(finding -> finding.contains("row_security is off"));
    }

    @Test
    void saysThatTheDatabaseCannotBeReached() {
        PGSimpleDataSource wrong = database.application();
        wrong.setDatabaseName("no such database");
        assertThatThrownBy(
                        () -> Boundary.builder(SessionDatabase.schema()).build().dsl(wrong))
                .isInstanceOf(DataAccessException.class);
    }

    @Test
    void showsNoPassword() {
        assertThat(unsafe(SessionDatabase.schema(), SessionVariable.DEFAULT, database.superuser()))
                .message()
                .contains("jdbc:postgresql://")
                .doesNotContain(database.password());
    }

    @Test
    void refusesAnotherDialect() {
        assertThatThrownBy(() -> Boundary.builder(SessionDatabase.schema())
                        .build()
                        .dsl(new DefaultConfiguration().set(SQLDialect.H2).set(database.application())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("POSTGRES");
    }

    @Test
    void queryLayerAloneNeedsNoPolicies() {
        assertThat(Boundary.builder(SessionDatabase.schema())
                        .layers(Layers.QUERY_ONLY)
                        .build()
                        .dsl(database.superuser()))
                .isNotNull();
    }

    private List<String> findings(DataSource source) {
        return unsafe(SessionDatabase.schema(), SessionVariable.DEFAULT, source).findings();
    }

    private static UnsafeDatabaseException unsafe(TenantSchema schema, SessionVariable variable, DataSource source) {
        UnsafeDatabaseException unsafe = catchThrowableOfType(
                UnsafeDatabaseException.class,
                () -> Boundary.builder(schema).sessionVariable(variable).build().dsl(source));
        assertThat(unsafe).as("Boundary must not start").isNotNull();
        return unsafe;
    }

    private static Table<?> table(String name) {
        return DSL.table(DSL.name("public", name));
    }

    private static Field<Long> tenant(String table) {
        return DSL.field(DSL.name("public", table, "tenant_id"), SQLDataType.BIGINT);
    }
}
