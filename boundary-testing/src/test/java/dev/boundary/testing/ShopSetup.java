package dev.boundary.testing;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.boundary.jooq.schema.TenantSchema;
import dev.boundary.testing.liquibase.ChangeLog;
import dev.boundary.testing.postgresql.TestDatabase;
import java.sql.SQLException;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** A small shop: tenants, bookings with lines, templates, currencies. */
public class ShopSetup implements DatabaseSetup {

    static final Table<Record> BOOKING = table(name("public", "booking"));
    static final Field<Long> BOOKING_ID = field(name("public", "booking", "id"), Long.class);
    static final Field<UUID> BOOKING_TENANT = field(name("public", "booking", "tenant_id"), UUID.class);
    static final Field<String> GUEST = field(name("public", "booking", "guest"), String.class);
    static final Field<Integer> NIGHTS = field(name("public", "booking", "nights"), Integer.class);
    static final Field<String> BOOKING_CURRENCY = field(name("public", "booking", "currency"), SQLDataType.CHAR(3));
    static final Table<Record> LINE = table(name("public", "line"));
    static final Field<Long> LINE_BOOKING = field(name("public", "line", "booking_id"), SQLDataType.BIGINT.notNull());
    static final Table<Record> TEMPLATE = table(name("public", "template"));
    static final Field<UUID> TEMPLATE_TENANT = field(name("public", "template", "tenant_id"), UUID.class);
    static final Table<Record> CURRENCY = table(name("public", "currency"));
    static final Table<Record> TENANT = table(name("public", "tenant"));

    /** The declaration; public for the test kit's classes. */
    public static TenantSchema declaration() {
        return tables().build();
    }

    static TenantSchema.Builder tables() {
        return TenantSchema.builder(new org.jooq.Schema[0])
                .tenant(BOOKING, BOOKING_TENANT)
                .child(LINE, LINE_BOOKING, BOOKING, BOOKING_ID)
                .mixed(TEMPLATE, TEMPLATE_TENANT)
                .global(CURRENCY, TENANT);
    }

    @Override
    public TenantSchema schema() {
        return declaration();
    }

    // @start region="migrate"
    @Override
    public void migrate(TestDatabase database) throws SQLException {
        ChangeLog.update(database, "shop/changelog.yaml");
    }
    // @end

    static org.jooq.InsertResultStep<Record> booking(org.jooq.DSLContext db, String guest) {
        return db.insertInto(BOOKING, GUEST, NIGHTS, BOOKING_CURRENCY)
                .values(guest, 3, "EUR")
                .returning(DSL.asterisk());
    }
}
