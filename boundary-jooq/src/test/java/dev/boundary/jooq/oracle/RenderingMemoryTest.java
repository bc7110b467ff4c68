package dev.boundary.jooq.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantKey;
import dev.boundary.core.internal.EventPublisher;
import dev.boundary.jooq.internal.query.QueryLayer;
import dev.boundary.jooq.internal.query.QueryLayerSettings;
import dev.boundary.jooq.schema.TenantSchema;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.conf.MappedSchema;
import org.jooq.conf.RenderMapping;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConfiguration;
import org.jooq.impl.SQLDataType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a rendering allocates does not depend on how many tables are declared. */
class RenderingMemoryTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int FEW = 10;
    private static final int MANY = 3000;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void renderingAllocatesTheSameForFewAndManyTables(boolean mapped) {
        DSLContext few = context(FEW, mapped);
        DSLContext many = context(MANY, mapped);
        String schema = mapped ? "public_1" : "public";
        long expected = allocated(few, schema);
        assertThat(allocated(many, schema)).isCloseTo(expected, Percentage.withPercentage(10));
    }

    private static DSLContext context(int tables, boolean mapped) {
        TenantSchema.Builder schema = TenantSchema.builder();
        for (int i = 0; i < tables; i++) {
            schema.tenant(table("public", i), column("public", i, "tenant_id"));
        }
        Settings settings = new Settings();
        if (mapped) {
            settings.withRenderMapping(new RenderMapping()
                    .withSchemata(new MappedSchema().withInput("public").withOutput("public_1")));
        }
        return DSL.using(new DefaultConfiguration()
                .set(SQLDialect.POSTGRES)
                .set(settings)
                .set(new QueryLayer(schema.build(), QueryLayerSettings.DEFAULT, new EventPublisher(List.of()))
                        .visitListenerProvider()));
    }

    /** The least of many renderings: all of them once the classes are loaded and the look-ups are remembered. */
    private static long allocated(DSLContext db, String schema) {
        Query query = db.select(column(schema, 1, "id"))
                .from(table(schema, 1))
                .leftJoin(table(schema, 2))
                .on(column(schema, 2, "id").eq(column(schema, 1, "id")));
        return TenantContext.where(TenantKey.of(1L)).call(() -> {
            assertThat(db.render(query)).contains("\"tenant_id\" = 1");
            long least = Long.MAX_VALUE;
            for (int i = 0; i < 200; i++) {
                long before = THREADS.getCurrentThreadAllocatedBytes();
                db.render(query);
                least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
            }
            return least;
        });
    }

    private static Table<Record> table(String schema, int number) {
        return DSL.table(DSL.name(schema, "table_" + number));
    }

    private static Field<Long> column(String schema, int table, String name) {
        return DSL.field(DSL.name(schema, "table_" + table, name), SQLDataType.BIGINT);
    }
}
