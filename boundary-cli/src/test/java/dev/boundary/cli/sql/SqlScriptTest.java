package dev.boundary.cli.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a statement ends. */
class SqlScriptTest {

    @Test
    void semicolonsEndStatements() {
        SqlScript script = SqlScript.parse("select 1;\n ; -- nothing\n;select 2;\nselect 3");
        assertThat(script.statements()).extracting(SqlStatement::text).containsExactly("select 1", "select 2");
        assertThat(script.rest().text()).isEqualTo("\nselect 3");
        assertThat(script.all()).extracting(SqlStatement::line).containsExactly(1, 3, 4);
        assertThat(SqlScript.parse(" -- only a comment").all()).isEmpty();
        assertThat(SqlScript.parse("").all()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select ';'",
                "select 'it''s;'",
                "select E'\\';'",
                "select e'\\\\\\';'",
                "select 'a\\'",
                "select \";\", \"a\"\";\"",
                "select $$;$$",
                "select $tag$;$$;$tag_$;$tag$",
                "select $\u00e4$;$\u00e4$",
                "select /* ; /* ; */ ; */ 1",
                "select 1 -- ; nothing",
                "create rule r as on insert to t do also (delete from a; delete from b)",
                "select a$b$ from t where c = 'x'",
                "select '/*'",
                "select '--'",
                "select 1 - - 1 / 2",
            })
    void semicolonsInsideDoNot(String statement) {
        assertThat(SqlScript.parse(statement + "\n;select 2").all())
                .extracting(part -> part.text().strip())
                .containsExactly(statement, "select 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"select 'a", "select $$ ;", "select \" ;", "select /* ;", "select (1 ;", "select E'\\"})
    void whatIsOpenIsNotEnded(String start) {
        SqlScript script = SqlScript.parse(start);
        assertThat(script.statements()).isEmpty();
        assertThat(script.rest().text()).isEqualTo(start);
    }

    @Test
    void transactionControlIsRecognized() {
        for (String sql : new String[] {
            "begin",
            " /* x */ -- y\n START transaction",
            "commit and chain",
            "end",
            "rollback to s",
            "abort",
            "savepoint s",
            "release s",
            "prepare transaction 'x'"
        }) {
            assertThat(new SqlStatement(sql, 1).isTransactionControl()).as(sql).isTrue();
        }
        for (String sql :
                new String[] {"select 1", "prepare x as select 1", "beginning", "", "-- begin", "(select 1)"}) {
            assertThat(new SqlStatement(sql, 1).isTransactionControl()).as(sql).isFalse();
        }
    }
}
