package dev.boundary.jooq.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boundary.jooq.oracle.Oracle.Case;
import dev.boundary.jooq.oracle.Oracle.Ids;
import dev.boundary.jooq.oracle.ShapeGroup.Row;
import dev.boundary.jooq.oracle.ShapeGroup.Treatment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.Query;
import org.jooq.SQLDialect;
import org.jooq.conf.RenderQuotedNames;
import org.jooq.conf.Settings;
import org.jooq.exception.DetachedException;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;

/**
 * The table of the guide is that of the shapes, which {@link ShapesTest} holds against the oracle.
 * {@code -Dboundary.guide.write=true} writes it anew.
 */
class GuideTest {

    private static final Path GUIDE = Path.of("../docs/guides/query-layer.md");
    private static final String BEGIN = "<!-- shapes, from the tests: begin -->\n";
    private static final String END = "<!-- shapes: end -->";
    private static final Settings READABLE = new Settings().withRenderQuotedNames(RenderQuotedNames.NEVER);

    private final DSLContext rewriting =
            DSL.using(Clubs.renderer().configuration().derive(READABLE));
    private final DSLContext plain = DSL.using(SQLDialect.POSTGRES, READABLE);

    @Test
    void theGuideTellsOfEveryShape() throws Exception {
        String guide = Files.readString(GUIDE);
        int begin = guide.indexOf(BEGIN) + BEGIN.length();
        int end = guide.indexOf(END);
        String table = table();
        if (Boolean.getBoolean("boundary.guide.write")) {
            Files.writeString(GUIDE, guide.substring(0, begin) + table + guide.substring(end));
            return;
        }
        assertThat(guide.substring(begin, end))
                .as("the table of the guide; -Dboundary.guide.write=true writes it")
                .isEqualTo(table);
    }

    @Test
    void everyShapeHasANameOfItsOwn() {
        Set<String> names = new HashSet<>();
        for (Row row : Shapes.ROWS) {
            assertThat(row.cases()).as(row.shapes()).isNotEmpty();
            row.cases()
                    .forEach(shape -> assertThat(names.add(shape.shape()))
                            .as(shape.shape())
                            .isTrue());
        }
    }

    private String table() throws Exception {
        StringBuilder table =
                new StringBuilder("| shape | what happens | how | tried | example |\n|---|---|---|---|---|\n");
        for (Row row : Shapes.ROWS) {
            table.append("| ")
                    .append(String.join(
                            " | ",
                            List.of(
                                    row.shapes(),
                                    row.treatment().text,
                                    row.how(),
                                    String.valueOf(row.cases().size()),
                                    example(row))))
                    .append(" |\n");
        }
        return table.toString();
    }

    private String example(Row row) throws Exception {
        Case example = row.cases().getFirst();
        Query query = query(example);
        if (query == null) {
            return "`" + example.shape() + "`";
        }
        String sql = row.treatment() == Treatment.REFUSED
                ? plain.render(query)
                : Clubs.asNorth(() -> rewriting.render(query));
        return "`" + readable(sql) + "`";
    }

    /** Calls send statements at once; without a database there is nothing to show but their names. */
    private Query query(Case shape) {
        try {
            return shape.statement().apply(new Ids(1)).apply(plain) instanceof Query query ? query : null;
        } catch (DetachedException e) {
            return null;
        }
    }

    private static String readable(String sql) {
        return sql.replace("app.", "")
                .replaceAll("cast\\('0{8}[-0]*1' as uuid\\)", "?")
                .replaceAll("alias_\\d+", "a")
                .replace("|", "\\|")
                .replaceAll("\\s+", " ");
    }
}
