package dev.boundary.jooq.internal.session;

import static dev.boundary.jooq.internal.session.SessionDatabase.A;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE_TENANT;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE_TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boundary.core.TenantContext;
import dev.boundary.jooq.Boundary;
import dev.boundary.jooq.Layers;
import dev.boundary.testing.postgresql.TestDatabase;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Record1;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** 200 MB of rows through a prefixed statement with a fetch size: the server keeps them, not the client. */
@ExtendWith(SharedDatabase.class)
class CursorMemoryTest {

    private static final int BYTES = 200_000_000;
    private static final long LIMIT = 100L << 20;

    private static TestDatabase database;

    @BeforeAll
    static void start(TestDatabase shared) {
        database = shared;
    }

    @Test
    void memoryStaysFlat() {
        read(50_000);
    }

    @Test
    @Tag("long")
    void memoryStaysFlatOverAMillionRows() {
        read(1_000_000);
    }

    private static void read(int rows) {
        DSLContext db = Boundary.builder(SessionDatabase.schema())
                .layers(Layers.RLS_ONLY)
                .build()
                .dsl(database.application());
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        long before = runtime.totalMemory() - runtime.freeMemory();
        TenantContext.where(A)
                .run(() -> db.transaction(tx -> {
                    long seen = 0;
                    try (Stream<Record1<String>> found = tx.dsl()
                            .select(DSL.repeat(NOTE_TEXT, BYTES / rows / 2))
                            .from(NOTE)
                            .crossJoin(DSL.generateSeries(1, rows / 2))
                            .fetchSize(1_000)
                            .fetchStream()) {
                        for (var row = found.iterator(); row.hasNext(); seen++) {
                            row.next();
                            if (seen == rows / 2) {
                                System.gc();
                                assertThat(runtime.totalMemory() - runtime.freeMemory() - before)
                                        .isLessThan(LIMIT);
                            }
                        }
                    }
                    assertThat(seen).isEqualTo(rows);
                    assertThat(tx.dsl().fetchCount(NOTE, NOTE_TENANT.ne(1L))).isZero();
                }));
    }
}
