package dev.boundary.rls;

import static dev.boundary.rls.PlpgsqlBlock.lines;

import dev.boundary.rls.internal.sql.SqlFile;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A change to one table.
 *
 * @param name the name of the change
 * @param table the table
 * @param guards PL/pgSQL: what must hold besides the checks of the steps
 * @param steps what it consists of, in the order in which it is done
 * @param confirmation what has been done
 */
record TableChange(String name, TableName table, String guards, List<ChangeStep> steps, String confirmation)
        implements RlsChange {

    private static final SqlFile SQL = SqlFile.of(TableChange.class);

    @Override
    public String object() {
        return table.toString();
    }

    @Override
    public List<String> apply() {
        return Stream.concat(Stream.of(checkAndRemember()), steps.stream().flatMap(step -> step.apply().stream()))
                .toList();
    }

    /** Expressions are written down with every name qualified, because only the catalog is on the search path. */
    private String checkAndRemember() {
        String declarations =
                SQL.template("declarations").literal("table", table.quoted()).fill();
        String body = lines(
                Guards.installed(),
                guards,
                ofEachStep(ChangeStep::check),
                RollbackLog.of(this).begin(),
                ofEachStep(ChangeStep::remember));
        return new PlpgsqlBlock(declarations, body).sql();
    }

    private String ofEachStep(Function<ChangeStep, String> fragment) {
        return steps.stream().map(fragment).filter(code -> !code.isEmpty()).collect(Collectors.joining("\n"));
    }

    @Override
    public List<String> rollback() {
        return RollbackLog.of(this).restore();
    }
}
