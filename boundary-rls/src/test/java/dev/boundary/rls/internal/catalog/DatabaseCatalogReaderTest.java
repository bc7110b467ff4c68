package dev.boundary.rls.internal.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.boundary.rls.TableName;
import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.testing.postgresql.PostgresServer;
import dev.boundary.testing.postgresql.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DatabaseCatalogReaderTest {

    private static TestDatabase database;
    private static DatabaseCatalog catalog;

    @BeforeAll
    static void create() throws SQLException {
        database = PostgresServer.shared().createDatabase();
        TestDatabase.execute(
                database.owner(),
                "create type mood as enum ('fair', 'foul')",
                "create domain short_name as varchar(20)",
                "create domain shorter_name as short_name",
                "create schema \"Odd \"\"schema\"",
                """
                create table club (id bigserial primary key, name shorter_name not null default 'x', mood mood,
                  upper_name text generated always as (pg_catalog.upper(name)) stored, price numeric(8, 2),
                  unique (mood, name), check (price > 0))""",
                "create unique index on club (pg_catalog.lower(name), price)",
                """
                create table "Odd ""schema".booking (club_id bigint references club on delete cascade,
                  id int generated always as identity, after int, primary key (club_id, id),
                  foreign key (club_id, after) references "Odd ""schema".booking match full
                    on delete set null deferrable)""",
                "create table day (at date not null, club_id bigint references club on delete set null)"
                        + " partition by range (at)",
                "create table day_2026 partition of day for values from ('2026-01-01') to ('2027-01-01')",
                "create table everything (at date) partition by range (at)",
                "create table everything_default partition of everything default",
                "create view clubs as select * from club");
        try (Connection connection = database.application().getConnection()) {
            catalog = new DatabaseCatalogReader(connection).userTables();
        }
    }

    @AfterAll
    static void drop() throws SQLException {
        database.close();
    }

    @Test
    void readsTablesInTheOrderOfTheirNames() {
        assertThat(catalog.tables())
                .extracting(table -> table.name().toString(), CatalogTable::partitioned)
                .containsExactly(
                        tuple("Odd \"schema.booking", false),
                        tuple("public.club", false),
                        tuple("public.day", true),
                        tuple("public.everything", true));
    }

    @Test
    void readsColumnsWithTypesBelowDomains() {
        assertThat(table("club").columns())
                .extracting(
                        CatalogColumn::name,
                        column -> column.type().sql(),
                        column -> column.type().castSql(),
                        column -> column.type().base(),
                        CatalogColumn::collatable,
                        CatalogColumn::notNull,
                        CatalogColumn::generated)
                .containsExactly(
                        tuple("id", "bigint", "bigint", "bigint", false, true, false),
                        tuple(
                                "name",
                                "public.shorter_name",
                                "public.shorter_name",
                                "character varying",
                                true,
                                true,
                                false),
                        tuple("mood", "public.mood", "public.mood", "public.mood", false, false, false),
                        tuple("upper_name", "text", "text", "text", true, false, true),
                        tuple("price", "numeric(8,2)", "numeric", "numeric", false, false, false));
    }

    @Test
    void readsDefaultsAndSequences() {
        assertThat(table("club").column("id")).hasValueSatisfying(id -> {
            assertThat(id.defaultSql()).isEqualTo("nextval('public.club_id_seq'::regclass)");
            assertThat(id.sequence()).isEqualTo("public.club_id_seq");
            assertThat(id.hasDefault()).isTrue();
        });
        assertThat(booking().column("id")).hasValueSatisfying(id -> {
            assertThat(id.defaultSql()).isNull();
            assertThat(id.identity()).isTrue();
            assertThat(id.sequence()).isEqualTo("\"Odd \"\"schema\".booking_id_seq");
            assertThat(id.hasDefault()).isTrue();
        });
        assertThat(table("club").column("mood"))
                .hasValueSatisfying(mood -> assertThat(mood.hasDefault()).isFalse());
        assertThat(table("club").column("mod")).isEmpty();
    }

    @Test
    void readsKeysWithoutExpressions() {
        assertThat(table("club").keys())
                .containsExactly(
                        new CatalogKey(true, List.of("id")),
                        new CatalogKey(false, List.of("mood", "name")),
                        new CatalogKey(false, List.of("price")));
        assertThat(booking().primaryKey()).containsExactly("club_id", "id");
        assertThat(table("day").primaryKey()).isEmpty();
        assertThat(table("club").uniqueColumns()).containsExactlyInAnyOrder("id", "mood", "name", "price");
    }

    @Test
    void readsForeignKeys() {
        assertThat(booking().foreignKeys())
                .extracting(
                        CatalogForeignKey::columns,
                        CatalogForeignKey::targetColumns,
                        CatalogForeignKey::onDelete,
                        CatalogForeignKey::deferrable,
                        CatalogForeignKey::matchFull,
                        CatalogForeignKey::isSelfReference)
                .containsExactly(
                        tuple(
                                List.of("club_id", "after"),
                                List.of("club_id", "id"),
                                ReferentialAction.SET_NULL,
                                true,
                                true,
                                true),
                        tuple(List.of("club_id"), List.of("id"), ReferentialAction.CASCADE, false, false, false));
        assertThat(booking().foreignKeys().getFirst().joinCondition("t", "r"))
                .isEqualTo("t.\"club_id\" operator(pg_catalog.=) r.\"club_id\" and t.\"id\" operator(pg_catalog.=)"
                        + " r.\"after\"");
    }

    @Test
    void readsForeignKeysThatLeadToATable() throws SQLException {
        try (Connection connection = database.application().getConnection()) {
            DatabaseCatalog club = new DatabaseCatalogReader(connection)
                    .tables(List.of(TableName.of("club"), TableName.of("clubs"), TableName.of("none")));
            assertThat(club.tables()).singleElement().isEqualTo(table("club"));
            assertThat(club.foreignKeys())
                    .extracting(key -> key.table().table())
                    .containsExactly("booking", "day");
        }
    }

    @Test
    void readsPartitionsThatAreNamed() throws SQLException {
        try (Connection connection = database.application().getConnection()) {
            assertThat(new DatabaseCatalogReader(connection)
                            .tables(List.of(TableName.of("day_2026")))
                            .tables())
                    .hasSize(1);
        }
    }

    @Test
    void readsChecksAndPartitionBounds() throws SQLException {
        try (Connection connection = database.application().getConnection()) {
            assertThat(new DatabaseCatalogReader(connection).checks(catalog))
                    .containsOnlyKeys(TableName.of("club"), TableName.of("day"))
                    .hasEntrySatisfying(
                            TableName.of("club"),
                            checks -> assertThat(checks)
                                    .containsExactly(new CatalogCheck(
                                            "club_price_check", "(price > (0)::numeric)", List.of("price"))))
                    .hasEntrySatisfying(
                            TableName.of("day"),
                            checks -> assertThat(checks).singleElement().satisfies(check -> {
                                assertThat(check.name()).isEqualTo(CatalogCheck.PARTITION_BOUNDS);
                                assertThat(check.columns()).containsExactly("at");
                                assertThat(check.expression()).contains("2026-01-01");
                            }));
        }
    }

    @Test
    void restoresTheSearchPath() throws SQLException {
        for (boolean autoCommit : List.of(true, false)) {
            try (Connection connection = database.application().getConnection()) {
                connection.setAutoCommit(autoCommit);
                Jdbc.run(connection, "set search_path = public, \"Odd \"\"schema\"");
                DatabaseCatalogReader reader = new DatabaseCatalogReader(connection);
                assertThat(reader.userTables().tables()).isEqualTo(catalog.tables());
                assertThat(searchPath(connection)).isEqualTo("public, \"Odd \"\"schema\"");
            }
        }
    }

    @Test
    void restoresTheSearchPathAfterAFailure() throws SQLException {
        try (Connection connection = database.application().getConnection()) {
            Jdbc.run(connection, "set search_path = public");
            Jdbc.run(connection, "set statement_timeout = 1");
            List<TableName> many = IntStream.range(0, 300_000)
                    .mapToObj(i -> TableName.of("t" + i))
                    .toList();
            assertThatThrownBy(() -> new DatabaseCatalogReader(connection).tables(many))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("statement timeout");
            Jdbc.run(connection, "set statement_timeout = 0");
            assertThat(searchPath(connection)).isEqualTo("public");
        }
    }

    private static String searchPath(Connection connection) throws SQLException {
        return Jdbc.rows(connection, "select pg_catalog.current_setting('search_path')")
                .getFirst()
                .toString()
                .replaceAll("^\\[|]$", "");
    }

    private static CatalogTable booking() {
        return catalog.find(new TableName("Odd \"schema", "booking")).orElseThrow();
    }

    private static CatalogTable table(String name) {
        return catalog.find(TableName.of(name)).orElseThrow();
    }
}
