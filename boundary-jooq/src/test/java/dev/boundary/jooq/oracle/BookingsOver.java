package dev.boundary.jooq.oracle;

import dev.boundary.jooq.clubs.App;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Record;
import org.jooq.Schema;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.TableOptions;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jooq.impl.TableImpl;

/** A table-valued function, as jOOQ's generator makes its class. */
final class BookingsOver extends TableImpl<Record> {

    private static final long serialVersionUID = 1L;

    final TableField<Record, UUID> tenantId = createField(DSL.name("tenant_id"), SQLDataType.UUID, this, "");
    final TableField<Record, Integer> id = createField(DSL.name("id"), SQLDataType.INTEGER, this, "");
    final TableField<Record, Integer> price = createField(DSL.name("price"), SQLDataType.INTEGER, this, "");

    BookingsOver(int least) {
        this(DSL.name("bookings_over"), null, new Field<?>[] {DSL.val(least)});
    }

    private BookingsOver(Name alias, Table<Record> aliased, Field<?>[] parameters) {
        super(alias, null, aliased, parameters, DSL.comment(""), TableOptions.function());
    }

    @Override
    public Schema getSchema() {
        return aliased() ? null : App.APP;
    }

    @Override
    public BookingsOver as(String alias) {
        return new BookingsOver(DSL.name(alias), this, parameters);
    }
}
