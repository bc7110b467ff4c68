package dev.boundary.jooq.oracle;

import dev.boundary.jooq.oracle.Oracle.Case;
import dev.boundary.jooq.oracle.ShapeGroup.Row;
import dev.boundary.jooq.oracle.ShapeGroup.Treatment;
import java.util.List;

/** All statement shapes. */
final class Shapes {

    static final List<Row> ROWS = List.of(
                    new SelectShapes(),
                    new JoinShapes(),
                    new SubqueryShapes(),
                    new CteShapes(),
                    new NestingShapes(),
                    new PathShapes(),
                    new NameShapes(),
                    new TableShapes(),
                    new InsertShapes(),
                    new WrittenValueShapes(),
                    new ChangeShapes(),
                    new CallShapes(),
                    new RecordShapes(),
                    new BatchShapes(),
                    new ParsedShapes(),
                    new RefusedShapes())
            .stream()
            .flatMap(group -> group.rows.stream())
            .toList();

    private Shapes() {}

    static List<Case> of(Treatment... treatments) {
        return ROWS.stream()
                .filter(row -> List.of(treatments).contains(row.treatment()))
                .flatMap(row -> row.cases().stream())
                .toList();
    }
}
