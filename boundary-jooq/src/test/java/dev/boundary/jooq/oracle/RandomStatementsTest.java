package dev.boundary.jooq.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boundary.jooq.oracle.Oracle.Case;
import dev.boundary.jooq.oracle.Oracle.Ids;
import dev.boundary.jooq.oracle.Oracle.Judgement;
import dev.boundary.jooq.oracle.Oracle.Layers;
import dev.boundary.jooq.oracle.Oracle.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random statements against the oracle. {@code -Dboundary.oracle.seed=7} runs others; in the profile {@code full},
 * {@code -Dboundary.oracle.statements=100000} runs more.
 */
class RandomStatementsTest {

    private static final int FEW = 100;
    private static final int MANY = Integer.getInteger("boundary.oracle.statements", 5_000);
    private static final long SEED = Long.getLong("boundary.oracle.seed", 1);

    @Test
    void aFewHaveNoLeakAndNoWrongAnswer() throws Exception {
        compareWithTheOracle(FEW, RandomStatements::of);
    }

    @Test
    void aFewUnderUnusualNamesToo() throws Exception {
        compareWithTheOracle(FEW, RandomNames::of);
    }

    @Test
    @Tag("long")
    void manyHaveNoLeakAndNoWrongAnswer() throws Exception {
        compareWithTheOracle(MANY, RandomStatements::of);
    }

    @Test
    @Tag("long")
    void manyUnderUnusualNamesToo() throws Exception {
        compareWithTheOracle(MANY, RandomNames::of);
    }

    private static void compareWithTheOracle(int statements, LongFunction<Case> generator) throws Exception {
        Map<String, Integer> counts = new TreeMap<>();
        List<String> bad = new ArrayList<>();
        try (Oracle oracle = new Oracle(Clubs.queryLayer())) {
            for (long seed = SEED; seed < SEED + statements; seed++) {
                Case statement = generator.apply(seed);
                Ids ids = new Ids((int) (seed % Oracle.TENANTS) + 1);
                for (Layers layers : Layers.values()) {
                    Judgement judgement = oracle.judge(statement, ids, layers);
                    Verdict verdict = judgement.verdict();
                    counts.merge(statement.kind() + ", " + layers + ": " + verdict, 1, Integer::sum);
                    boolean rejected = verdict == Verdict.REFUSED
                            && (layers == Layers.RLS || RandomStatements.mayBeRefused(statement.kind()));
                    if (verdict != Verdict.SAME && verdict != Verdict.FAILS && !rejected) {
                        bad.add(verdict + " " + judgement.detail());
                    }
                }
            }
        }
        counts.forEach((what, number) -> System.out.println(what + " " + number));
        assertThat(bad).isEmpty();
        int same = counts.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith("SAME"))
                .mapToInt(Map.Entry::getValue)
                .sum();
        // A generator of statements that fail would prove nothing.
        assertThat(same).isGreaterThan(statements * Layers.values().length * 8 / 10);
    }
}
