package dev.boundary.benchmarks.subject;

import java.util.List;
import org.jooq.Name;
import org.jooq.Record;
import org.jooq.Schema;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jooq.impl.SchemaImpl;
import org.jooq.impl.TableImpl;

/** The tables, as jOOQ's code generator would write them. */
public final class Tables {

    /** The schema they are in. */
    public static final Schema PUBLIC = new Public();

    static final Customer CUSTOMER = new Customer();
    static final Resource RESOURCE = new Resource();
    static final Booking BOOKING = new Booking();
    static final Event EVENT = new Event();

    private Tables() {}

    private static final class Public extends SchemaImpl {
        private static final long serialVersionUID = 1L;

        Public() {
            super(DSL.name("public"));
        }

        @Override
        public List<Table<?>> getTables() {
            return List.of(CUSTOMER, RESOURCE, BOOKING, EVENT);
        }
    }

    /** A table of the schema with the columns that all have. */
    abstract static class TenantTable extends TableImpl<Record> {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings("this-escape") // jOOQ's own way to make columns
        final TableField<Record, Long> id = createField(DSL.name("id"), SQLDataType.BIGINT.nullable(false), this, "");

        @SuppressWarnings("this-escape")
        final TableField<Record, Long> tenantId =
                createField(DSL.name("tenant_id"), SQLDataType.BIGINT.nullable(false), this, "");

        TenantTable(Name name) {
            super(name, PUBLIC);
        }

        final TableField<Record, String> text(String name) {
            return createField(DSL.name(name), SQLDataType.CLOB.nullable(false), this, "");
        }

        final TableField<Record, Long> bigint(String name) {
            return createField(DSL.name(name), SQLDataType.BIGINT.nullable(false), this, "");
        }
    }

    static final class Customer extends TenantTable {
        private static final long serialVersionUID = 1L;
        final TableField<Record, String> name = text("name");

        Customer() {
            super(DSL.name("customer"));
        }
    }

    static final class Resource extends TenantTable {
        private static final long serialVersionUID = 1L;
        final TableField<Record, String> name = text("name");

        Resource() {
            super(DSL.name("resource"));
        }
    }

    static final class Booking extends TenantTable {
        private static final long serialVersionUID = 1L;
        final TableField<Record, Long> customerId = bigint("customer_id");
        final TableField<Record, Long> resourceId = bigint("resource_id");
        final TableField<Record, String> state = text("state");
        final TableField<Record, String> note = text("note");

        Booking() {
            super(DSL.name("booking"));
        }
    }

    static final class Event extends TenantTable {
        private static final long serialVersionUID = 1L;
        final TableField<Record, Long> bookingId = bigint("booking_id");
        final TableField<Record, String> kind = text("kind");
        final TableField<Record, Long> amount = bigint("amount");

        Event() {
            super(DSL.name("event"));
        }
    }
}
