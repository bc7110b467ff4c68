package dev.boundary.jooq.internal.session;

import static dev.boundary.jooq.internal.session.SessionDatabase.A;
import static dev.boundary.jooq.internal.session.SessionDatabase.B;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE_ID;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE_TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boundary.core.PolicyViolationException;
import dev.boundary.core.StatementRefusedException;
import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantNotSetException;
import dev.boundary.core.event.BoundaryEvent;
import dev.boundary.core.event.BoundaryEvent.UnscopedAccess;
import dev.boundary.jooq.Boundary;
import dev.boundary.jooq.Layers;
import dev.boundary.testing.postgresql.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedDatabase.class)
class BindingTest {

    private static TestDatabase database;
    private static DSLContext db;
    private static final List<BoundaryEvent> EVENTS = new ArrayList<>();

    @BeforeAll
    static void start(TestDatabase shared) throws Exception {
        database = shared;
        db = Boundary.builder(SessionDatabase.schema())
                .layers(Layers.RLS_ONLY)
                .admin(database.admin())
                .listener(EVENTS::add)
                .build()
                .dsl(database.application());
    }

    @Test
    void autocommitSeesOneTenant() {
        assertThat(notes(A)).containsExactly("a1", "a2");
        assertThat(notes(B)).containsExactly("b1", "b2");
    }

    @Test
    void transactionSeesOneTenant() {
        TenantContext.where(A)
                .run(() -> db.transaction(tx -> {
                    assertThat(tx.dsl()
                                    .select(NOTE_TEXT)
                                    .from(NOTE)
                                    .orderBy(NOTE_ID)
                                    .fetch(NOTE_TEXT))
                            .containsExactly("a1", "a2");
                    assertThatThrownBy(() ->
                                    TenantContext.where(B).run(() -> tx.dsl().fetchCount(NOTE)))
                            .isInstanceOf(StatementRefusedException.class)
                            .hasMessageContaining("tenant 2")
                            .hasMessageContaining("tenant 1");
                }));
    }

    @Test
    void writesReachOneTenant() {
        TenantContext.where(A)
                .run(() -> db.transaction(tx -> {
                    assertThat(tx.dsl().update(NOTE).set(NOTE_TEXT, "x").execute())
                            .isEqualTo(2);
                    assertThat(tx.dsl()
                                    .insertInto(NOTE)
                                    .columns(NOTE_TEXT)
                                    .values("a3")
                                    .returning(NOTE_ID)
                                    .fetch())
                            .hasSize(1);
                    assertThat(tx.dsl().deleteFrom(NOTE).execute()).isEqualTo(3);
                    tx.dsl().connection(java.sql.Connection::rollback);
                }));
        assertThat(notes(A)).containsExactly("a1", "a2");
    }

    @Test
    void withoutScopeNothingIsSent() {
        assertThatThrownBy(() -> db.fetchCount(NOTE)).isInstanceOf(TenantNotSetException.class);
    }

    @Test
    void unscopedRunsAsAdmin() {
        EVENTS.clear();
        assertThat(TenantContext.unscoped("count all").call(() -> db.fetchCount(NOTE)))
                .isEqualTo(4);
        assertThat(EVENTS).hasSize(1).first().isInstanceOf(UnscopedAccess.class);
    }

    @Test
    void policyViolationIsTyped() {
        assertThatThrownBy(() -> TenantContext.where(A)
                        .run(() -> db.execute("insert into note (tenant_id, text) values (2, 'stolen')")))
                .isInstanceOf(PolicyViolationException.class)
                .hasMessageContaining("note");
    }

    private static List<String> notes(dev.boundary.core.TenantKey tenant) {
        return TenantContext.where(tenant)
                .call(() -> db.select(NOTE_TEXT).from(NOTE).orderBy(NOTE_ID).fetch(NOTE_TEXT));
    }
}
