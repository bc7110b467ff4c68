package com.acme.library;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.boundary.jooq.schema.TenantSchema;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.SQLDataType;

/** Which books are lent in the libraries of several towns. No method names a town: Boundary does. */
public final class Loans {

    public static final Table<Record> LOAN = table(name("public", "loan"));
    public static final Field<UUID> LOAN_TOWN = field(name("public", "loan", "town_id"), UUID.class);
    public static final Field<UUID> LOAN_ID = field(name("public", "loan", "id"), UUID.class);
    public static final Field<String> LOAN_READER = field(name("public", "loan", "reader"), String.class);
    public static final Table<Record> REMINDER = table(name("public", "reminder"));
    public static final Field<UUID> REMINDER_LOAN = field(name("public", "reminder", "loan_id"), SQLDataType.UUID.notNull());

    /** The service and its tests work from the same declaration. */
    public static final TenantSchema SCHEMA = TenantSchema.builder()
            .tenant(LOAN, LOAN_TOWN)
            .child(REMINDER, REMINDER_LOAN, LOAN, LOAN_ID)
            .build();

    private final DSLContext db;

    public Loans(DSLContext db) {
        this.db = db;
    }

    public void lend(String reader) {
        db.insertInto(LOAN, LOAN_READER).values(reader).execute();
    }

    public List<String> readers() {
        return db.select(LOAN_READER).from(LOAN).orderBy(LOAN_READER).fetch(LOAN_READER);
    }

    public int returnAll() {
        return db.deleteFrom(LOAN).execute();
    }
}
