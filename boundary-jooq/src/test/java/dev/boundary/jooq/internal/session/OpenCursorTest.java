package dev.boundary.jooq.internal.session;

import static dev.boundary.jooq.internal.session.SessionDatabase.A;
import static dev.boundary.jooq.internal.session.SessionDatabase.B;
import static dev.boundary.jooq.internal.session.SessionDatabase.CURRENCY;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE_ID;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE_TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.boundary.core.StatementRefusedException;
import dev.boundary.core.TenantContext;
import dev.boundary.jooq.Binding;
import dev.boundary.jooq.Boundary;
import dev.boundary.jooq.Layers;
import dev.boundary.testing.postgresql.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Record1;
import org.jooq.conf.StatementType;
import org.jooq.impl.DSL;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A cursor that the server keeps is read while other statements run in its transaction. PostgreSQL evaluates the tenant
 * when a part of its plan is first needed, which may be long after the cursor was opened.
 */
@ExtendWith(SharedDatabase.class)
@NullUnmarked // jOOQ says of every value that it may be null
class OpenCursorTest {

    private static TestDatabase database;

    @BeforeAll
    static void create(TestDatabase shared) {
        database = shared;
    }

    private static Boundary boundary(Layers layers, Binding binding) {
        return Boundary.builder(SessionDatabase.schema())
                .layers(layers)
                .binding(binding)
                .build();
    }

    private static Cursor<Record1<String>> open(DSLContext tx) {
        return tx.select(NOTE_TEXT)
                .from(NOTE)
                .where(NOTE_ID.le(1L))
                .unionAll(DSL.select(NOTE_TEXT).from(NOTE).where(NOTE_ID.gt(1L)))
                .fetchSize(1)
                .fetchLazy();
    }

    /** The control: a cursor whose second half PostgreSQL plans to read as whoever is the tenant then. */
    @Test
    void withoutBoundaryACursorChangesItsTenant() throws SQLException {
        List<String> read = new ArrayList<>();
        try (Connection connection = database.application().getConnection();
                Statement setting = connection.createStatement();
                PreparedStatement cursor = connection.prepareStatement(
                        "select text from note where id <= 1 union all select text from note where id > 1")) {
            connection.setAutoCommit(false);
            setting.execute("select set_config('app.current_tenant_id', '1', true)");
            cursor.setFetchSize(1);
            try (ResultSet rows = cursor.executeQuery()) {
                rows.next();
                read.add(rows.getString(1));
                setting.execute("select set_config('app.current_tenant_id', '2', true)");
                while (rows.next()) {
                    read.add(rows.getString(1));
                }
            }
        }
        assertThat(read).startsWith("a1").contains("b1", "b2");
    }

    @ParameterizedTest
    @EnumSource(names = "QUERY_ONLY", mode = EnumSource.Mode.EXCLUDE)
    void anotherTenantWaitsUntilItIsClosed(Layers layers) {
        Boundary boundary = boundary(layers, Binding.PREFIX);
        anotherTenantWaits(boundary, boundary.dsl(database.application()));
    }

    @Test
    void anotherTenantWaitsWithSetLocal() {
        Boundary boundary = boundary(Layers.RLS_ONLY, Binding.SET_LOCAL);
        anotherTenantWaits(boundary, boundary.dsl(database.application()));
    }

    @Test
    void anotherTenantWaitsForAStaticStatement() {
        Boundary boundary = boundary(Layers.BOTH, Binding.PREFIX);
        anotherTenantWaits(
                boundary,
                DSL.using(boundary.dsl(database.application())
                        .configuration()
                        .deriveSettings(settings -> settings.withStatementType(StatementType.STATIC_STATEMENT))));
    }

    private static void anotherTenantWaits(Boundary boundary, DSLContext db) {
        TenantContext.where(A)
                .run(() -> db.transaction(tx -> {
                    DSLContext switched = boundary.tenantSwitch(tx.dsl(), "test");
                    Cursor<Record1<String>> cursor = open(tx.dsl());
                    assertThat(cursor.fetchNext().value1()).isEqualTo("a1");
                    TenantContext.where(B)
                            .run(() -> assertThatExceptionOfType(StatementRefusedException.class)
                                    .isThrownBy(() -> switched.fetchCount(NOTE))
                                    .withMessageContaining("cursor")
                                    .withMessageContaining("tenant 2"));
                    assertThat(tx.dsl().fetchCount(NOTE)).isEqualTo(2); // the same tenant need not wait
                    assertThat(cursor.fetchNext().value1()).isEqualTo("a2");
                    assertThat(cursor.fetchNext()).isNull();
                    cursor.close();
                    assertThat(TenantContext.where(B)
                                    .call(() -> switched.select(NOTE_TEXT)
                                            .from(NOTE)
                                            .orderBy(NOTE_ID)
                                            .fetch(NOTE_TEXT)))
                            .containsExactly("b1", "b2");
                    open(tx.dsl()).close();
                    TenantContext.where(B)
                            .run(() -> assertThat(switched.fetchCount(NOTE)).isEqualTo(2));
                }));
    }

    @Test
    void rowsThatWereAllReadNeedNoCursor() {
        Boundary boundary = boundary(Layers.RLS_ONLY, Binding.PREFIX);
        DSLContext db = boundary.dsl(database.application());
        TenantContext.where(A)
                .run(() -> db.transaction(tx -> {
                    try (Cursor<Record1<String>> cursor = tx.dsl()
                            .select(NOTE_TEXT)
                            .from(NOTE)
                            .orderBy(NOTE_ID)
                            .fetchLazy()) {
                        assertThat(cursor.fetchNext().value1()).isEqualTo("a1");
                        TenantContext.where(B)
                                .run(() -> assertThat(boundary.tenantSwitch(tx.dsl(), "test")
                                                .fetchCount(NOTE))
                                        .isEqualTo(2));
                        assertThat(cursor.fetchNext().value1()).isEqualTo("a2");
                    }
                }));
    }

    @Test
    void aStatementWithoutATenantWaitsToo() {
        Boundary boundary = boundary(Layers.BOTH, Binding.PREFIX);
        DSLContext db = boundary.dsl(database.application());
        TenantContext.where(A)
                .run(() -> db.transaction(tx -> {
                    Cursor<Record1<String>> cursor = open(tx.dsl());
                    cursor.fetchNext();
                    Thread outside = new Thread(() -> assertThatExceptionOfType(StatementRefusedException.class)
                            .isThrownBy(() -> tx.dsl().fetchCount(CURRENCY))
                            .withMessageContaining("cursor"));
                    Throwable[] thrown = {null};
                    outside.setUncaughtExceptionHandler((_, e) -> thrown[0] = e);
                    outside.start();
                    outside.join();
                    assertThat(thrown[0]).isNull();
                    cursor.close();
                }));
    }
}
