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
 * The tables of statement shapes in the reference are those of the shapes, which {@link ShapesTest} compares with the
 * oracle. {@code -Dboundary.guide.write=true} writes them.
 */
class GuideTest {

    private static final Path PAGE = Path.of("../docs/reference/statement-shapes.md");

    /** The rows, by their first column, of the table of writes; the others that are not refused are reads. */
    private static final Set<String> WRITES = Set.of(
            "data-modifying CTE",
            "`finalTable`, `newTable`, `oldTable`",
            "writing a GLOBAL table (`globalWritable`)",
            "INSERT VALUES, several rows, SET, DEFAULT VALUES, RETURNING",
            "INSERT SELECT",
            "ON CONFLICT, ON DUPLICATE KEY",
            "UPDATE, row assignments, subqueries, LIMIT, RETURNING",
            "UPDATE FROM, UPDATE with inner join",
            "DELETE, LIMIT, RETURNING",
            "DELETE USING",
            "MERGE",
            "records: `store`, `insert`, `update`, `merge`, `delete`, `refresh`",
            "DAOs",
            "batches: `batch(queries)`, `batch(query).bind(...)`, `batchInsert`, `batchStore` and similar",
            "the loader");

    /** The tables of the page, and what the second column of each is about. */
    private enum Section {
        READS("tenant condition"),
        WRITES("tenant condition"),
        REFUSED("instead");

        private final String column;

        Section(String column) {
            this.column = column;
        }

        static Section of(Row row) {
            if (row.treatment() == Treatment.REFUSED) {
                return REFUSED;
            }
            return GuideTest.WRITES.contains(row.shapes()) ? WRITES : READS;
        }
    }

    private static final Settings READABLE = new Settings().withRenderQuotedNames(RenderQuotedNames.NEVER);

    private final DSLContext rewriting =
            DSL.using(Clubs.renderer().configuration().derive(READABLE));
    private final DSLContext plain = DSL.using(SQLDialect.POSTGRES, READABLE);

    @Test
    void thePageListsEveryShape() throws Exception {
        String page = Files.readString(PAGE);
        String written = page;
        for (Section section : Section.values()) {
            written = fill(written, "table of " + section, table(section));
            written = fill(written, "examples of " + section, examples(section));
        }
        if (Boolean.getBoolean("boundary.guide.write")) {
            Files.writeString(PAGE, written);
            return;
        }
        assertThat(page)
                .as("the tables of the page; -Dboundary.guide.write=true writes them")
                .isEqualTo(written);
    }

    /** Puts generated text between the two comments that name it. */
    private static String fill(String page, String name, String text) {
        String begin = "<!-- " + name + ": begin -->\n";
        int from = page.indexOf(begin);
        int to = page.indexOf("<!-- " + name + ": end -->");
        assertThat(from).as(begin).isNotNegative();
        return page.substring(0, from + begin.length()) + text + page.substring(to);
    }

    @Test
    void everyRowOfTheWritesIsThere() {
        assertThat(Shapes.ROWS).extracting(Row::shapes).containsAll(WRITES);
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

    private static List<Row> rows(Section section) {
        return Shapes.ROWS.stream().filter(row -> Section.of(row) == section).toList();
    }

    private static String table(Section section) {
        StringBuilder table = new StringBuilder("| shape | " + section.column + " | tests |\n| --- | --- | --- |\n");
        for (Row row : rows(section)) {
            String how = (row.treatment() == Treatment.UNTOUCHED ? "sent unchanged: " : "") + row.how();
            table.append("| " + row.shapes() + " | " + how + " | " + row.cases().size() + " |\n");
        }
        return table.toString();
    }

    private String examples(Section section) throws Exception {
        StringBuilder examples = new StringBuilder("```sql\n");
        String separator = "";
        for (Row row : rows(section)) {
            Query query = query(row.cases().getFirst());
            if (query != null) {
                examples.append(separator + "-- " + row.shapes() + "\n" + wrapped(sql(row, query)) + "\n");
                separator = "\n";
            }
        }
        return examples + "```\n";
    }

    private String sql(Row row, Query query) throws Exception {
        return readable(
                row.treatment() == Treatment.REFUSED
                        ? plain.render(query)
                        : Clubs.asNorth(() -> rewriting.render(query)));
    }

    private static String wrapped(String sql) {
        return sql.replaceAll("(.{1,110})(?: |$)", "$1\n    ").strip();
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
                .replaceAll("\\s+", " ");
    }
}
