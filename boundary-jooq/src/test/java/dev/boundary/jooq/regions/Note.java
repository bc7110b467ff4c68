package dev.boundary.jooq.regions;

import org.jooq.Record;
import org.jooq.Schema;
import org.jooq.TableField;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jooq.impl.TableImpl;

/** The table {@code public.note} as jOOQ generates it. */
final class Note extends TableImpl<Record> {

    static final Note NOTE = new Note();

    private static final long serialVersionUID = 1L;

    final TableField<Record, Long> id = createField(DSL.name("id"), SQLDataType.BIGINT, this, "");
    final TableField<Record, Long> tenantId =
            createField(DSL.name("tenant_id"), SQLDataType.BIGINT.notNull(), this, "");
    final TableField<Record, String> text = createField(DSL.name("text"), SQLDataType.CLOB, this, "");

    private Note() {
        super(DSL.name("note"));
    }

    @Override
    public Schema getSchema() {
        return DSL.schema(DSL.name("public"));
    }
}
