package dev.boundary.jooq.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boundary.core.BoundaryException;
import dev.boundary.jooq.oracle.Oracle.Case;
import dev.boundary.jooq.oracle.Oracle.Ids;
import dev.boundary.jooq.oracle.ShapeGroup.Row;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Query;
import org.jooq.QueryPart;
import org.jooq.SQLDialect;
import org.jooq.VisitContext;
import org.jooq.VisitListener;
import org.jooq.VisitListenerProvider;
import org.jooq.exception.DataAccessException;
import org.jooq.exception.DetachedException;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConfiguration;
import org.jooq.impl.QOM;
import org.junit.jupiter.api.Test;

/**
 * What the query layer does with each type of jOOQ's query object model while it renders all shapes, all functions of
 * the DSL and {@link QomSamples}. A type that a later version of jOOQ adds, and that nothing here renders, fails the
 * test. {@code -Dboundary.guide.write=true} regenerates the list.
 */
class QomTypesTest {

    private static final Path LIST = Path.of("../docs/reference/qom-types.md");
    private static final String BEGIN = "<!-- types, from the tests: begin -->\n";
    private static final String END = "<!-- types: end -->";

    private enum Outcome {
        REWRITTEN("Rewritten, or decomposed for rewriting"),
        PASSED("Rendered unchanged; their parts are examined"),
        REFUSED("Refused"),
        NEVER("Never announced to a listener");

        private final String title;

        Outcome(String title) {
            this.title = title;
        }
    }

    private final Map<String, Outcome> met = new TreeMap<>();
    private QueryPart announced;

    /** Before and after the query layer, which may replace the part or refuse it. */
    @SuppressWarnings("ReferenceEquality") // whether it is another part
    private final DSLContext db = DSL.using(new DefaultConfiguration()
            .set(SQLDialect.POSTGRES)
            .set(
                    listener(part -> announced = part),
                    Clubs.queryLayer(),
                    listener(part -> note(part == announced ? Outcome.PASSED : Outcome.REWRITTEN))));

    private interface Hearing {
        void of(QueryPart part);
    }

    private static VisitListenerProvider listener(Hearing hearing) {
        return () -> new VisitListener() {
            @Override
            public void visitStart(VisitContext context) {
                hearing.of(context.queryPart());
            }
        };
    }

    private void note(Outcome outcome) {
        TYPES.get(announced.getClass()).forEach(type -> met.merge(type, outcome, (a, b) -> a.compareTo(b) < 0 ? a : b));
    }

    /** The public types of the query object model that a class is. */
    private static final ClassValue<List<String>> TYPES = new ClassValue<>() {
        @Override
        protected List<String> computeValue(Class<?> type) {
            return publicTypes()
                    .filter(candidate -> candidate.isAssignableFrom(type))
                    .map(Class::getSimpleName)
                    .toList();
        }
    };

    private static Stream<Class<?>> publicTypes() {
        return Arrays.stream(QOM.class.getDeclaredClasses())
                .filter(type -> type.isInterface() && Modifier.isPublic(type.getModifiers()));
    }

    @Test
    void eachTypeHasAnOutcome() throws Exception {
        Clubs.asNorth(() -> {
            renderEverything();
            return true;
        });
        Map<String, Outcome> outcomes = new TreeMap<>(met);
        publicTypes().forEach(type -> {
            String name = type.getSimpleName();
            if (QomSamples.NEVER.containsKey(name)) {
                outcomes.putIfAbsent(name, Outcome.NEVER);
            } else if (Query.class.isAssignableFrom(type)) {
                outcomes.putIfAbsent(name, Outcome.REFUSED); // see otherStatementsAreRefused
            }
        });
        assertThat(publicTypes().map(Class::getSimpleName).filter(name -> !outcomes.containsKey(name)))
                .as("types that nothing renders: add a statement with them to QomSamples, or say why there is none")
                .isEmpty();
        assertThat(QomSamples.NEVER.keySet())
                .as("types that are announced all the same")
                .doesNotContainAnyElementsOf(met.keySet());
        compare(outcomes);
    }

    /** Whatever is a query and none of those that are rewritten. */
    @Test
    void otherStatementsAreRefused() throws Exception {
        for (Query query : QomSamples.otherStatements(DSL.using(SQLDialect.POSTGRES))) {
            assertThat(Clubs.asNorth(() -> isRefused(query)))
                    .as(query.getClass().getSimpleName())
                    .isTrue();
        }
    }

    private void renderEverything() {
        for (Row row : Shapes.ROWS) {
            row.cases().stream()
                    .map(shape -> query(shape))
                    .filter(Objects::nonNull)
                    .forEach(this::isRefused);
        }
        DslFunctions.types()
                .flatMap(type ->
                        Stream.concat(DslFunctions.functions(type).stream(), DslFunctions.methods(type).stream()))
                .forEach(made -> isRefused(db.select(made.field())));
        QomSamples.samples(db)
                .forEach(sample ->
                        assertThat(isRefused(sample)).as(String.valueOf(sample)).isFalse());
    }

    private Query query(Case shape) {
        try {
            return shape.statement().apply(new Ids(1)).apply(db) instanceof Query query ? query : null;
        } catch (DetachedException | BoundaryException e) {
            return null; // calls send statements at once
        }
    }

    private boolean isRefused(Query query) {
        try {
            db.render(query);
            return false;
        } catch (BoundaryException e) {
            note(Outcome.REFUSED);
            return true;
        } catch (DataAccessException | UnsupportedOperationException e) {
            return false; // jOOQ cannot render it for PostgreSQL
        }
    }

    private static void compare(Map<String, Outcome> outcomes) throws Exception {
        StringBuilder list = new StringBuilder();
        for (Outcome outcome : Outcome.values()) {
            Set<String> names = outcomes.entrySet().stream()
                    .filter(entry -> entry.getValue() == outcome)
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toCollection(TreeSet::new));
            String types = names.stream().map(QomTypesTest::entry).collect(Collectors.joining(", "));
            String line = "**" + outcome.title + "** (" + names.size() + "): " + types + ".";
            list.append(line.replaceAll("(.{1,140})(?: |$)", "$1\n")).append('\n');
        }
        String text = Files.readString(LIST);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        int end = text.indexOf(END);
        if (Boolean.getBoolean("boundary.guide.write")) {
            Files.writeString(LIST, text.substring(0, begin) + list + text.substring(end));
            return;
        }
        assertThat(text.substring(begin, end))
                .as("the list of types; -Dboundary.guide.write=true writes it")
                .isEqualTo(list.toString());
    }

    private static String entry(String name) {
        String why = QomSamples.NEVER.get(name);
        return "`" + name + "`" + (why == null ? "" : " (" + why + ")");
    }
}
