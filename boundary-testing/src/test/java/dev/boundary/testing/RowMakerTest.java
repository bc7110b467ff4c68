package dev.boundary.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boundary.testing.internal.catalog.Catalog;
import dev.boundary.testing.internal.catalog.MadeRow;
import dev.boundary.testing.internal.catalog.Ownership;
import dev.boundary.testing.internal.catalog.RowMaker;
import dev.boundary.testing.internal.catalog.RowOverride;
import dev.boundary.testing.internal.catalog.TableName;
import dev.boundary.testing.postgresql.PostgresServer;
import dev.boundary.testing.postgresql.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Rows of awkward tables, made from the catalog alone, in sixty tables. */
class RowMakerTest {

    private static final String TYPES = """
            create type mood as enum ('calm', 'wild');
            create type pair as (a int, b text);
            create domain email as text check (value ~ '^[a-z0-9._-]+@[a-z0-9-]+\\.[a-z]{2,}$');
            """;

    @SuppressWarnings("InlineFormatString") // apart, so that the test reads without scrolling
    private static final String TABLE = """
            create table t%1$d (
              id bigint generated always as identity primary key,
              tenant_id bigint not null,
              parent bigint references t%2$d,
              "Odd ""Name" text not null,
              code char(4) not null check (code ~ '^[A-Z]{2}[0-9]{2}$'),
              state text not null check (state in ('new', 'done')),
              m mood not null, p pair not null, e email not null,
              price numeric(6,2) not null check (price > 0 and price < 100),
              starts date not null, ends date not null, check (ends > starts),
              span tstzrange not null, tags text[] not null, doc jsonb not null, ip inet not null, net cidr not null,
              raw bytea not null, flags bit(5) not null, at timestamptz not null default now(), took interval not null,
              place point not null, words tsvector not null, yes boolean not null,
              twice numeric generated always as (price * 2) stored,
              short varchar(3) not null, small smallint not null, mac macaddr not null, days datemultirange not null,
              unique (tenant_id, code))
            """;

    @Test
    void awkwardTablesAreFilledForTwoTenants() throws SQLException {
        try (TestDatabase database = PostgresServer.shared().createDatabase();
                Connection superuser = database.superuser().getConnection()) {
            TestDatabase.execute(database.owner(), TYPES);
            for (int i = 1; i <= 60; i++) {
                TestDatabase.execute(database.owner(), TABLE.formatted(i, Math.max(1, i - 1)));
            }
            Catalog catalog = Catalog.read(superuser);
            Map<TableName, Ownership> ownership = catalog.tables().stream()
                    .collect(Collectors.toMap(
                            table -> table.name(), table -> new Ownership(Ownership.Kind.TENANT, "tenant_id")));
            RowMaker maker = new RowMaker(superuser, catalog, ownership, RowOverride.NONE, "app.current_tenant_id");
            MadeRow mine = maker.make(new TableName("public", "t60"), "7");
            MadeRow theirs = maker.make(new TableName("public", "t60"), "8");
            assertThat(maker.made()).hasSize(120);
            assertThat(mine.get("tenant_id")).isEqualTo("7");
            assertThat(theirs.get("tenant_id")).isEqualTo("8");
            assertThat(theirs.markers()).isNotEmpty().doesNotContainAnyElementsOf(mine.markers());
        }
    }
}
