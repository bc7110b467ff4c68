package dev.boundary.jooq.internal.session;

import static dev.boundary.jooq.internal.session.SessionDatabase.A;
import static dev.boundary.jooq.internal.session.SessionDatabase.B;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE_ID;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE_TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantNotSetException;
import dev.boundary.jooq.Binding;
import dev.boundary.jooq.Boundary;
import dev.boundary.jooq.Layers;
import dev.boundary.testing.postgresql.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Record1;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A replica in recovery refuses every write; a tenant can be bound there all the same. */
class HotStandbyTest {

    private static TestDatabase database;
    private static HotStandby standby;

    @BeforeAll
    static void start() throws Exception {
        database = SessionDatabase.create();
        Optional<Path> primary = HotStandby.primary(database);
        if (primary.isEmpty()) {
            System.err.println("""

                    ########################################################################
                    #  SKIPPED: a replica can be made only of an embedded PostgreSQL.      #
                    #  Run it with -Dboundary.test.provider=embedded                       #
                    ########################################################################
                    """);
        }
        assumeThat(primary).as("an embedded PostgreSQL").isPresent();
        standby = HotStandby.of(primary.get(), database);
    }

    @AfterAll
    static void stop() throws Exception {
        if (standby != null) {
            standby.close();
        }
        database.close();
    }

    @Test
    void itIsInRecovery() throws Exception {
        try (Connection connection = standby.instead(database.application()).getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_is_in_recovery()")) {
            row.next();
            assertThat(row.getBoolean(1)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachBinding(Binding binding) {
        DSLContext db = Boundary.builder(SessionDatabase.schema())
                .layers(Layers.RLS_ONLY)
                .binding(binding)
                .build()
                .dsl(standby.instead(database.application()));
        for (int i = 0; i < 7; i++) {
            assertThat(TenantContext.where(A).call(() -> texts(db))).containsExactly("a1", "a2");
            assertThat(TenantContext.where(B).call(() -> texts(db))).containsExactly("b1", "b2");
        }
        TenantContext.where(A)
                .run(() -> db.transaction(tx -> {
                    assertThat(texts(tx.dsl())).containsExactly("a1", "a2");
                    try (Cursor<Record1<String>> cursor =
                            tx.dsl().select(NOTE_TEXT).from(NOTE).fetchSize(1).fetchLazy()) {
                        assertThat(cursor.fetch()).hasSize(2);
                    }
                }));
        assertThatThrownBy(() -> texts(db)).isInstanceOf(TenantNotSetException.class);
        TenantContext.where(A)
                .run(() -> assertThatThrownBy(
                                () -> db.update(NOTE).set(NOTE_TEXT, "x").execute())
                        .isInstanceOfSatisfying(
                                DataAccessException.class,
                                e -> assertThat(e.sqlState()).isEqualTo("25006")));
    }

    private static List<String> texts(DSLContext db) {
        return db.select(NOTE_TEXT).from(NOTE).orderBy(NOTE_ID).fetch(NOTE_TEXT);
    }
}
