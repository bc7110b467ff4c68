package dev.boundary.jooq;

import static dev.boundary.jooq.internal.session.SessionDatabase.A;
import static dev.boundary.jooq.internal.session.SessionDatabase.B;
import static dev.boundary.jooq.internal.session.SessionDatabase.CURRENCY;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE_ID;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE_TENANT;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE_TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boundary.core.CrossTenantException;
import dev.boundary.core.PolicyViolationException;
import dev.boundary.core.StatementRefusedException;
import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantNotSetException;
import dev.boundary.core.UnsafeDatabaseException;
import dev.boundary.core.event.BoundaryEvent.StatementOrigin;
import dev.boundary.core.event.BoundaryEvent.Violation;
import dev.boundary.jooq.internal.session.SessionDatabase;
import dev.boundary.jooq.internal.session.SharedDatabase;
import dev.boundary.rls.InstallBoundary.MissingTenant;
import dev.boundary.testing.postgresql.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Observe mode and the relaxed mode: what is let through, and that row-level security holds all the same. */
@ExtendWith(SharedDatabase.class)
class AdoptionTest {

    private final List<Violation> violations = new CopyOnWriteArrayList<>();
    private static TestDatabase database;
    private static TestDatabase missingIsEmpty;

    @BeforeAll
    static void create(TestDatabase shared) throws SQLException {
        database = shared;
        missingIsEmpty = SessionDatabase.create(MissingTenant.EMPTY);
    }

    @AfterAll
    static void drop() throws SQLException {
        missingIsEmpty.close();
    }

    @BeforeEach
    void reset() throws SQLException {
        SessionDatabase.reset(database);
    }

    private Boundary.Builder builder() {
        return Boundary.builder(SessionDatabase.schema()).listener(event -> {
            if (event instanceof Violation violation) {
                violations.add(violation);
            }
        });
    }

    // @start region="observe"
    private DSLContext observingEverything() { // first: what would be refused is only reported
        return builder().observeEverything().build().dsl(database.application());
    }

    private DSLContext observing() { // later: only what concerns these tables
        return builder().observe(NOTE).build().dsl(database.application());
    }
    // @end

    private Violation theViolation() {
        assertThat(violations).hasSize(1);
        return violations.getFirst();
    }

    @Test
    void whatWouldBeRefusedIsReportedWithItsStatementAndItsCallSite() {
        DSLContext db = observingEverything();
        TenantContext.where(A)
                .run(() -> assertThat(db.fetch("select text from note where text <> ?", "x")
                                .size())
                        .isEqualTo(2));
        Violation violation = theViolation();
        assertThat(violation.refused()).isFalse();
        assertThat(violation.error()).isInstanceOf(StatementRefusedException.class);
        StatementOrigin origin = violation.origin().orElseThrow();
        assertThat(origin.statement()).isEqualTo("select text from note where text <> ?");
        assertThat(origin.fingerprint()).hasSize(12);
        assertThat(origin.callSite())
                .contains("AdoptionTest", "whatWouldBeRefused", "AdoptionTest.java:")
                .doesNotContain("org.jooq");
    }

    @Test
    void aFingerprintIsTheSameForListsOfAllLengths() {
        DSLContext db = observingEverything();
        TenantContext.where(A).run(() -> {
            db.fetch("select 1 from note where id in (?, ?)", 1, 2);
            db.fetch("select 1 from note where id in (?, ?, ?)", 1, 2, 3);
            db.fetch("select 2 from note where id in (?, ?)", 1, 2);
        });
        List<String> fingerprints = violations.stream()
                .map(violation -> violation.origin().orElseThrow().fingerprint())
                .toList();
        assertThat(fingerprints.get(0)).isEqualTo(fingerprints.get(1)).isNotEqualTo(fingerprints.get(2));
    }

    @Test
    void rowLevelSecurityRejectsAForeignRowThatTheQueryLayerLetsThrough() {
        DSLContext db = observing();
        TenantContext.where(A)
                .run(() -> assertThatThrownBy(() -> db.insertInto(NOTE, NOTE_TENANT, NOTE_TEXT)
                                .values(2L, "smuggled")
                                .execute())
                        .isInstanceOf(PolicyViolationException.class));
        assertThat(violations).hasSize(2);
        assertThat(violations.getFirst().error()).isInstanceOf(CrossTenantException.class);
        assertThat(violations.getFirst().refused()).isFalse();
        assertThat(violations.getLast().refused()).isTrue();
        assertThat(TenantContext.where(B).call(() -> db.fetchCount(NOTE))).isEqualTo(2);
    }

    /** What is let through is sent as it was written: a move to another tenant is rejected and not left out. */
    @Test
    void anObservedMoveOfARowIsRejectedAsAWhole() {
        DSLContext db = observing();
        TenantContext.where(A)
                .run(() -> assertThatThrownBy(() -> db.update(NOTE)
                                .set(NOTE_TENANT, 2L)
                                .set(NOTE_TEXT, "moved")
                                .execute())
                        .isInstanceOf(PolicyViolationException.class));
        assertThat(violations.getFirst().error()).isInstanceOf(CrossTenantException.class);
        assertThat(TenantContext.where(A).call(() -> db.fetchCount(NOTE, NOTE_TEXT.eq("moved"))))
                .isZero();
    }

    @Test
    void rowLevelSecurityHidesForeignRowsFromPlainSql() {
        DSLContext db = observingEverything();
        TenantContext.where(A).run(() -> {
            assertThat(db.fetchCount(DSL.table("note"))).isEqualTo(2);
            assertThat(db.execute("delete from note")).isEqualTo(2);
            assertThatThrownBy(() -> db.execute("truncate note")).hasMessageContaining("permission denied");
        });
        assertThat(TenantContext.where(B).call(() -> db.fetchCount(NOTE))).isEqualTo(2);
    }

    @Test
    void rowLevelSecurityDecidesOutsideAScope() {
        DSLContext db = observing();
        assertThatThrownBy(() -> db.selectFrom(NOTE).fetch()).hasMessageContaining("tenant context is not set");
        assertThatThrownBy(() -> db.update(NOTE).set(NOTE_TEXT, "x").execute())
                .hasMessageContaining("tenant context is not set");
        assertThat(violations.stream().filter(violation -> !violation.refused()))
                .hasSize(2)
                .allMatch(violation -> violation.error() instanceof TenantNotSetException);
    }

    @Test
    void whatCanBeRewrittenIsRewritten() {
        DSLContext db = observingEverything();
        assertThat(TenantContext.where(A).call(() -> db.render(db.selectFrom(NOTE))))
                .contains("\"tenant_id\" = 1");
        assertThat(violations).isEmpty();
    }

    @Test
    void tablesThatAreNotObservedAreRefused() throws SQLException {
        DSLContext db = builder().observe(CURRENCY).build().dsl(database.application());
        assertThatThrownBy(() -> db.selectFrom(NOTE).fetch()).isInstanceOf(TenantNotSetException.class);
        TenantContext.where(A).run(() -> {
            assertThatThrownBy(() -> db.fetch("select 1 from note")).isInstanceOf(StatementRefusedException.class);
            assertThatThrownBy(() -> db.deleteFrom(CURRENCY).execute()).hasMessageContaining("permission denied");
        });
        assertThat(violations).extracting(Violation::refused).containsExactly(true, true, false);
    }

    @Test
    void observingNeedsBothLayers() {
        for (Layers layers : List.of(Layers.QUERY_ONLY, Layers.RLS_ONLY)) {
            assertThatThrownBy(
                            () -> builder().layers(layers).observeEverything().build())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("needs both");
            assertThatThrownBy(() -> builder().layers(layers).observe(NOTE).build())
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void observingAnUnknownTableIsAnError() {
        assertThatThrownBy(() -> builder()
                        .observe(DSL.table(DSL.name("public", "note_")))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("note_")
                .hasMessageContaining("public.note");
    }

    @Test
    void observingNeedsRowLevelSecurityToBeThere() throws SQLException {
        TestDatabase.execute(database.owner(), "alter table note disable row level security");
        try {
            assertThatThrownBy(this::observing).isInstanceOf(UnsafeDatabaseException.class);
        } finally {
            TestDatabase.execute(database.owner(), "alter table note enable row level security");
        }
    }

    @Test
    void relaxedMeansNoRows() {
        for (Layers layers : List.of(Layers.BOTH, Layers.RLS_ONLY)) {
            DSLContext db = builder().layers(layers).relaxed().build().dsl(missingIsEmpty.application());
            assertThat(db.selectFrom(NOTE).fetch()).isEmpty();
            assertThat(db.update(NOTE).set(NOTE_TEXT, "x").execute()).isZero();
            assertThat(db.deleteFrom(NOTE).where(NOTE_ID.gt(0L)).execute()).isZero();
            assertThatThrownBy(() -> db.insertInto(NOTE, NOTE_TEXT).values("x").execute())
                    .hasMessageMatching("(?s).*(null value|row-level security).*");
            assertThat(TenantContext.where(A).call(() -> db.fetchCount(NOTE))).isEqualTo(2);
        }
        assertThat(violations.stream().filter(violation -> !violation.refused()))
                .hasSize(4)
                .allMatch(violation -> violation.error() instanceof TenantNotSetException);
    }

    @Test
    void relaxedDoesNotLetPlainSqlThrough() {
        DSLContext db = builder().relaxed().build().dsl(missingIsEmpty.application());
        assertThatThrownBy(() -> db.fetch("select 1 from note")).isInstanceOf(StatementRefusedException.class);
        TenantContext.where(A)
                .run(() -> assertThatThrownBy(() ->
                                db.insertInto(NOTE, NOTE_TENANT).values(2L).execute())
                        .isInstanceOf(CrossTenantException.class));
    }

    @Test
    void relaxedNeedsPoliciesThatHideEverythingWithoutATenant() {
        assertThatThrownBy(() -> builder().relaxed().build().dsl(database.application()))
                .isInstanceOf(UnsafeDatabaseException.class)
                .hasMessageContaining("missing = empty");
    }

    @Test
    void strictIsTheDefault() {
        DSLContext db = builder().build().dsl(database.application());
        assertThatThrownBy(() -> db.selectFrom(NOTE).fetch()).isInstanceOf(TenantNotSetException.class);
        assertThat(theViolation().refused()).isTrue();
    }
}
