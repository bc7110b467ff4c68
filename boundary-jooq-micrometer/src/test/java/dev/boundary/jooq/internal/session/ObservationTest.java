package dev.boundary.jooq.internal.session;

import static dev.boundary.jooq.internal.session.SessionDatabase.A;
import static dev.boundary.jooq.internal.session.SessionDatabase.B;
import static dev.boundary.jooq.internal.session.SessionDatabase.CURRENCY;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE_ID;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE_TENANT;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE_TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boundary.core.PolicyViolationException;
import dev.boundary.core.Scope.TenantScope;
import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantNotSetException;
import dev.boundary.core.event.BoundaryEvent.RlsOnlyAccess;
import dev.boundary.jooq.Boundary;
import dev.boundary.jooq.Layers;
import dev.boundary.jooq.micrometer.MicrometerMetrics;
import dev.boundary.testing.postgresql.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jooq.DSLContext;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.Table;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MDC;

/** What can be seen from outside: errors, metrics, flight recordings. */
class ObservationTest {

    private TestDatabase database;
    private SimpleMeterRegistry registry;
    private DSLContext db;

    @BeforeEach
    void start() throws SQLException {
        database = SessionDatabase.create();
        registry = new SimpleMeterRegistry();
        db = Boundary.builder(SessionDatabase.schema())
                .layers(Layers.RLS_ONLY)
                .admin(database.admin())
                .metrics(new MicrometerMetrics(registry))
                .build()
                .dsl(database.application());
    }

    @AfterEach
    void stop() throws SQLException {
        database.close();
    }

    @Test
    void aStatementLeftToRowLevelSecurityAloneIsAnEventWithItsReason() {
        List<RlsOnlyAccess> events = new ArrayList<>();
        Boundary boundary = Boundary.builder(SessionDatabase.schema())
                .admin(database.admin())
                .metrics(new MicrometerMetrics(registry))
                .listener(event -> {
                    if (event instanceof RlsOnlyAccess access) {
                        events.add(access);
                    }
                })
                .build();
        DSLContext both = boundary.dsl(database.application());
        DSLContext plain = boundary.rlsOnly(both, "reporting");
        TenantContext.where(A).run(() -> {
            both.fetchCount(NOTE);
            plain.fetch("select count(*) from note where id > ?", 0);
            plain.batch("delete from note where id = -1", "delete from note where id = -2")
                    .execute();
        });
        TenantContext.unscoped("audit").run(() -> plain.fetch("select count(*) from note"));
        assertThatThrownBy(() -> plain.fetch("select count(*) from note")).isInstanceOf(TenantNotSetException.class);
        assertThat(events)
                .containsExactly(
                        new RlsOnlyAccess(
                                Optional.of(new TenantScope(A)), "reporting", "select count(*) from note where id > ?"),
                        new RlsOnlyAccess(
                                Optional.of(new TenantScope(A)),
                                "reporting",
                                "delete from note where id = -1; delete from note where id = -2"));
        assertThat(registry.counter("boundary.rls_only").count()).isEqualTo(2);
    }

    @Test
    void aRowOfAnotherTenantIsAPolicyViolation() {
        assertThatThrownBy(() -> TenantContext.where(A)
                        .run(() -> db.execute("insert into note (tenant_id, text) values (2, 'stolen')")))
                .isInstanceOfSatisfying(PolicyViolationException.class, violation -> {
                    assertThat(violation.table()).contains("note");
                    assertThat(violation.scope()).contains(new TenantScope(A));
                    assertThat(violation).hasMessageContaining("note").hasMessageContaining("tenant 1");
                });
    }

    @Test
    void aRowOfAnotherTenantInABatchIsAPolicyViolation() {
        assertThatThrownBy(() -> TenantContext.where(A)
                        .run(() -> db.batch(db.insertInto(NOTE, NOTE_TENANT, NOTE_TEXT)
                                        .values((Long) null, null))
                                .bind(1L, "mine")
                                .bind(2L, "stolen")
                                .execute()))
                .isInstanceOfSatisfying(
                        PolicyViolationException.class,
                        violation -> assertThat(violation.table()).contains("note"));
    }

    @Test
    void missingPrivilegesAreNotPolicyViolations() {
        assertThatThrownBy(() -> TenantContext.where(A).run(() -> db.execute("update note set tenant_id = 2")))
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> TenantContext.where(A)
                        .run(() -> db.execute("do $$ begin raise exception 'mine' using errcode = '42501'; end $$")))
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("mine");
    }

    @Test
    void aForgedSettingIsAPolicyViolation() {
        assertThatThrownBy(() -> TenantContext.where(A)
                        .run(() ->
                                db.fetch("select set_config('app.current_tenant_id', '', true); select * from note")))
                .isInstanceOf(PolicyViolationException.class)
                .hasMessageContaining("tenant context is not set");
    }

    @Test
    void counters() {
        TenantContext.where(A).run(() -> {
            db.fetchCount(NOTE);
            db.batch(db.update(NOTE).set(NOTE_TEXT, "x"), db.update(NOTE).set(NOTE_TEXT, "y"))
                    .execute();
        });
        TenantContext.unscoped("count").run(() -> db.fetchCount(NOTE));
        assertThatThrownBy(() -> db.fetchCount(NOTE)).isInstanceOf(TenantNotSetException.class);
        assertThat(count("boundary.bindings", "round_trip", "same")).isEqualTo(3); // two in the probe at start
        assertThat(count("boundary.bindings", "round_trip", "own")).isEqualTo(1);
        assertThat(count("boundary.unscoped")).isEqualTo(1);
        assertThat(count("boundary.violations", "error", "TenantNotSetException", "refused", "true"))
                .isEqualTo(1);
    }

    private double count(String name, String... tags) {
        return registry.get(name).tags(tags).counter().count();
    }

    @Test
    void flightRecordings(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("recording.jfr");
        TenantContext.where(A).run(() -> db.fetchCount(NOTE)); // before: not recorded
        try (Recording recording = new Recording()) {
            recording.enable("dev.boundary.Binding");
            recording.enable("dev.boundary.Violation");
            recording.start();
            TenantContext.where(B).run(() -> db.fetchCount(NOTE));
            assertThatThrownBy(() -> db.fetchCount(NOTE)).isInstanceOf(TenantNotSetException.class);
            recording.stop();
            recording.dump(file);
        }
        assertThat(Files.size(file)).isPositive();
        List<RecordedEvent> events = RecordingFile.readAllEvents(file);
        assertThat(events)
                .filteredOn(event -> is(event, "Binding"))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.getString("tenant")).isEqualTo("2");
                    assertThat(event.getBoolean("sameRoundTrip")).isTrue();
                });
        assertThat(events)
                .filteredOn(event -> is(event, "Violation"))
                .singleElement()
                .satisfies(event -> assertThat(event.getString("error")).isEqualTo("TenantNotSetException"));
    }

    @Test
    void theTenantIsInTheMdcWhileAStatementIsExecuted() {
        List<String> seen = new ArrayList<>();
        DSLContext listening = DSL.using(db.configuration().deriveAppending(new ExecuteListener() {
            private static final long serialVersionUID = 1L;

            @Override
            public void executeStart(ExecuteContext context) {
                seen.add(MDC.get("boundary.tenant"));
            }
        }));
        TenantContext.where(A).run(() -> {
            listening.fetchCount(NOTE);
            assertThat(MDC.get("boundary.tenant")).isNull();
            assertThatThrownBy(() -> listening.execute("select 1 / 0 from note"))
                    .isInstanceOf(DataAccessException.class);
            assertThat(MDC.get("boundary.tenant")).isNull();
            listening.batch(listening.update(NOTE).set(NOTE_TEXT, "x")).execute();
            assertThat(MDC.get("boundary.tenant")).isNull();
        });
        TenantContext.unscoped("count").run(() -> listening.fetchCount(NOTE));
        assertThat(seen).containsExactly("1", "1", "1", null);
    }

    @Test
    void aMovedRowIsAPolicyViolation() {
        Table<?> note = NOTE.as("n");
        Field<Long> tenant = DSL.field(DSL.name("n", "tenant_id"), SQLDataType.BIGINT);
        List<Query> moves = List.of(
                db.update(NOTE).set(NOTE_TENANT, 2L),
                db.update(note).set(tenant, 2L),
                db.update(NOTE).set(DSL.row(NOTE_TEXT, NOTE_TENANT), DSL.row("x", 2L)),
                db.update(NOTE).set(NOTE_TENANT, 2L).returning(NOTE_TEXT),
                db.insertInto(NOTE, NOTE_ID, NOTE_TEXT)
                        .values(1L, "x")
                        .onConflict(NOTE_ID)
                        .doUpdate()
                        .set(NOTE_TENANT, 2L),
                db.mergeInto(NOTE)
                        .using(DSL.selectOne())
                        .on(NOTE_ID.eq(1L))
                        .whenMatchedThenUpdate()
                        .set(NOTE_TENANT, 2L));
        TenantContext.where(A).run(() -> {
            for (Query move : moves) {
                isMove(move::execute);
            }
            isMove(() -> db.batch(moves.getFirst()).execute());
            isMove(() -> db.batch(db.update(NOTE).set(NOTE_TENANT, (Long) null))
                    .bind(2L)
                    .execute());
            // For other columns and for plain SQL this cannot be determined.
            assertThatThrownBy(() -> db.update(CURRENCY)
                            .set(DSL.field(DSL.name("code"), String.class), "X")
                            .execute())
                    .isInstanceOf(DataAccessException.class)
                    .hasMessageContaining("permission denied");
        });
    }

    private static void isMove(ThrowingCallable move) {
        assertThatThrownBy(move).isInstanceOfSatisfying(PolicyViolationException.class, violation -> {
            assertThat(violation.table()).contains("note");
            assertThat(violation.scope()).contains(new TenantScope(A));
            assertThat(violation).hasMessageContaining("tenant column").hasMessageContaining("permission denied");
        });
    }

    private static boolean is(RecordedEvent event, String name) {
        return event.getEventType().getName().equals("dev.boundary." + name);
    }
}
