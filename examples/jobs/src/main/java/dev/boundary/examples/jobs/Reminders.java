package dev.boundary.examples.jobs;

import dev.boundary.jooq.schema.TenantSchema;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** The work itself, which knows nothing of jobs, messages or tenants: it runs in the open scope. */
final class Reminders {

    private static final Table<Record> REMINDER = DSL.table(DSL.name("public", "reminder"));
    private static final Field<Long> TENANT =
            DSL.field(DSL.name("public", "reminder", "tenant_id"), SQLDataType.BIGINT);
    private static final Field<String> TEXT = DSL.field(DSL.name("public", "reminder", "text"), SQLDataType.CLOB);

    private final DSLContext db;

    Reminders(DSLContext db) {
        this.db = db;
    }

    static TenantSchema schema() {
        return TenantSchema.builder().tenant(REMINDER, TENANT).build();
    }

    void remind(String text) {
        db.insertInto(REMINDER, TEXT).values(text).execute();
    }

    List<String> all() {
        return db.select(TEXT).from(REMINDER).orderBy(TEXT).fetch(TEXT);
    }
}
