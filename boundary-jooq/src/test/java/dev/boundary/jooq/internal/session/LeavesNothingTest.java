package dev.boundary.jooq.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeavesNothingTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select \"public\".\"note\".\"text\" from \"public\".\"note\" where \"id\" = ? order by \"id\"",
                "insert into \"public\".\"note\" (\"text\") values (?), ('it''s; (') returning \"id\"",
                "update note set text = upper(text), n = (n + 1) where id in (?, $1)",
                "with x (a) as (select count(*) from note) select a from x;",
                "with x as materialized (select 1) delete from note using x as t (a) where exists (select 1)",
                "select \"t\".\"a\" from (values (1)) as \"t\" (\"a\")",
                "merge into note as n using (select 1) as x on (n.id = 1) when matched then delete"
            })
    void aStatementThatReadsOrChangesRowsLeavesNothing(String sql) {
        assertThat(LeavesNothing.on(sql)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "set work_mem = '1MB'",
                "create temp table t (x int)",
                "select 1 into temp t",
                "select * into t from note",
                "with x as (select 1) select * into temp t from x",
                "select set_config('a.b', 'c', false)",
                "select \"set_config\"('a.b', 'c', false)",
                "select pg_catalog.set_config('a.b', 'c', false)",
                "select pg_catalog.\"set_config\" ('a.b', 'c', false)",
                "select count(*), f (1) from note",
                "select as_f(1)",
                "select a as b from f(1)",
                "select a as b, f(1)",
                "insert into t select f(1)",
                "insert into t values (1, f(1))",
                "with x as (select f(1)) select 1",
                "select pg_catalog.upper(1)",
                "select 'a\\' f(1)",
                "select 1; set work_mem = '1MB'",
                "select 1 /* */",
                "select 1 -- x",
                "select $$a$$",
                "update pg_settings set setting = '1'",
                "explain analyze select 1",
                "do $$ begin end $$",
                "call p()"
            })
    void whatIsNotKnownMayLeaveSomething(String sql) {
        assertThat(LeavesNothing.on(sql)).isFalse();
    }
}
