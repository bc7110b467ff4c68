package dev.boundary.rls;

import dev.boundary.rls.internal.sql.Quoting;
import java.util.List;

/** The memory of what was there before a change. */
final class Undo {

    private Undo() {}

    /** PL/pgSQL; needs {@code this_change bigint}. */
    static String begin(RlsChange change) {
        return """
                insert into boundary.applied_change (change, object, version)
                values (%s, %s, %s) returning id into this_change;
                """.formatted(
                        Quoting.literal(change.name()),
                        Quoting.literal(change.object()),
                        Quoting.literal(InstallBoundary.LAYOUT_VERSION));
    }

    /** PL/pgSQL that remembers a statement known now. */
    static String step(String statement) {
        return "insert into boundary.undo_step (change_id, statement) values (this_change, "
                + Quoting.literal(statement) + ");\n";
    }

    /** Runs the remembered steps of the newest application of a change, last one first, and forgets them. */
    static List<String> restore(RlsChange change) {
        String name = Quoting.literal(change.name());
        String object = Quoting.literal(change.object());
        return List.of(PlpgsqlBlock.of(
                """
                this_change bigint;
                step record;
                """,
                Guards.installed()
                        + """
                select max(id) into this_change from boundary.applied_change where change = %1$s and object = %2$s;
                if this_change is null then
                  raise exception using errcode = '55000',
                    message = %3$s,
                    hint = 'boundary.applied_change lists what was. Was it rolled back already?';
                end if;
                for step in select statement from boundary.undo_step where change_id = this_change order by id desc loop
                  execute step.statement;
                end loop;
                delete from boundary.applied_change where id = this_change;
                """.formatted(
                                        name,
                                        object,
                                        Quoting.literal("There is nothing to roll back: " + change.name()
                                                + " is not applied to " + change.object() + " in this database"))));
    }
}
