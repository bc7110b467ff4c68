package dev.boundary.rls.liquibase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boundary.rls.Catalog;
import dev.boundary.rls.Migrations;
import dev.boundary.rls.Scripts;
import dev.boundary.testing.postgresql.PostgresServer;
import dev.boundary.testing.postgresql.TestDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Change logs of every format update, roll back to exactly what was there before, and update again. */
@Tag("every-liquibase")
@ResourceLock(Migrations.LIQUIBASE)
class ChangeLogTest {

    static final String[] TABLES = {
        "create table booking (id bigint generated always as identity primary key, tenant_id bigint, title text)",
        "create table line (id bigserial primary key, booking_id bigint not null references booking, text text)",
        "create table note (id bigint primary key, line_id bigint references line, text text)",
        "create table template (id bigint primary key, tenant_id bigint default 7, text text)",
        "create table currency (code text primary key)",
        // What a rollback must restore exactly.
        "grant select, insert on currency to boundary_app with grant option",
        "grant update (title), references (id) on booking to boundary_app",
        "grant select on template to public",
        "create policy own on template for select to boundary_app using (id > 0)",
        "alter table template enable row level security",
    };

    private static List<String> updated;

    /** The same for every format, in which they are so compared too. */
    @BeforeAll
    static void update() throws Exception {
        try (TestDatabase database = PostgresServer.shared().createDatabase()) {
            TestDatabase.execute(database.owner(), TABLES);
            Migrations.update(database.owner(), "changelogs/all.yaml");
            updated = Catalog.of(database.superuser());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"yaml", "xml", "json"})
    void updatesAndRestores(String format) throws Exception {
        String changeLog = "changelogs/all." + format;
        try (TestDatabase database = PostgresServer.shared().createDatabase()) {
            TestDatabase.execute(database.owner(), TABLES);
            List<String> before = Catalog.of(database.superuser());

            Migrations.update(database.owner(), changeLog);
            assertThat(Catalog.of(database.superuser())).isEqualTo(updated).isNotEqualTo(before);

            Migrations.rollback(database.owner(), changeLog, 2);
            assertThat(Catalog.of(database.superuser())).isEqualTo(before);

            Migrations.update(database.owner(), changeLog);
            assertThat(Catalog.of(database.superuser())).isEqualTo(updated);
        }
    }

    @Test
    void printsScriptsThatDoTheSame() throws Exception {
        printsScriptsThatDoTheSame("yaml");
    }

    @Tag("long")
    @ParameterizedTest
    @ValueSource(strings = {"xml", "json"})
    void printsScriptsOfOtherFormatsThatDoTheSame(String format) throws Exception {
        printsScriptsThatDoTheSame(format);
    }

    private static void printsScriptsThatDoTheSame(String format) throws Exception {
        String changeLog = "changelogs/all." + format;
        try (TestDatabase printed = PostgresServer.shared().createDatabase()) {
            TestDatabase.execute(printed.owner(), TABLES);
            List<String> before = Catalog.of(printed.superuser());

            String update = Migrations.print(printed.owner(), changeLog, "updateSql", Map.of());
            assertThat(Catalog.of(printed.superuser())).as("printed only").isEqualTo(before);
            Scripts.script(printed.owner(), update);
            assertThat(Catalog.of(printed.superuser())).isEqualTo(updated);

            String rollback = Migrations.print(printed.owner(), changeLog, "rollbackCountSql", Map.of("count", 2));
            Scripts.script(printed.owner(), rollback);
            assertThat(Catalog.of(printed.superuser())).isEqualTo(before);
        }
    }
}
