package dev.boundary.examples.bookings.demo;

import dev.boundary.examples.bookings.data.Migration;
import dev.boundary.testing.postgresql.PostgresServer;
import dev.boundary.testing.postgresql.TestDatabase;
import dev.boundary.testing.postgresql.TestRoles;
import java.sql.SQLException;

/** Seeded databases, each a copy: with row-level security as the change log installs it, or stripped of it. */
final class Databases {

    private static final String STRIP = """
            do $$
            declare
              found record;
            begin
              for found in select tablename, policyname from pg_policies where schemaname = 'public' loop
                execute format('drop policy %I on %I', found.policyname, found.tablename);
              end loop;
              for found in
                  select relname from pg_class where relnamespace = 'public'::regnamespace and relrowsecurity
              loop
                execute format('alter table %I no force row level security, disable row level security', found.relname);
              end loop;
            end
            $$""";

    private Databases() {}

    static TestDatabase withRls() throws SQLException {
        return PostgresServer.shared().createDatabase("bookings", TestRoles.DEFAULT, Databases::build);
    }

    static TestDatabase withoutRls() throws SQLException {
        TestDatabase database = withRls();
        try {
            strip(database);
            return database;
        } catch (SQLException e) {
            database.close();
            throw e;
        }
    }

    /** Takes row-level security away, and the column privileges that belong to it. */
    static void strip(TestDatabase database) throws SQLException {
        TestDatabase.execute(
                database.superuser(),
                STRIP,
                "grant select, insert, update, delete on court, member, booking, booking_line, booking_counter,"
                        + " template to " + database.roles().application());
    }

    private static void build(TestDatabase database) throws SQLException {
        Migration.run(database.owner());
        Seed.run(database.superuser());
    }
}
