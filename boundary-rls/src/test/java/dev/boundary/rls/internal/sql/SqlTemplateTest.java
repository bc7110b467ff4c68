package dev.boundary.rls.internal.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import org.junit.jupiter.api.Test;

class SqlTemplateTest {

    private static final SqlFile FILE = SqlFile.of(SqlTemplateTest.class);

    @Test
    void quotesByKind() {
        assertThat(FILE.template("grant")
                        .identifier("table", "a\"b")
                        .identifiers("columns", List.of("x", "y z"))
                        .literal("note", "it's \\")
                        .textArray("names", List.of("p", "q'"))
                        .fragment("more", "where true")
                        .fill())
                .isEqualTo("grant select (\"x\", \"y z\") on \"a\"\"b\" -- \"a\"\"b\"\n"
                        + "  E'it''s \\\\' array['p', 'q''']::pg_catalog.text[] where true;");
    }

    @Test
    void whatIsFilledInIsNotSearchedForPlaceholders() {
        assertThat(FILE.template("one").literal("value", "${value} $1 \\${x}").fill())
                .isEqualTo("select E'${value} $1 \\\\${x}'");
    }

    @Test
    void indentsAFragmentThatHasALineToItselfAndNothingElse() {
        assertThat(FILE.template("block")
                        .fragment("declarations", "")
                        .fragment("body", "a;\nb ${x};")
                        .literal("value", "1\n2")
                        .fill())
                .isEqualTo("begin\n  a;\n  b ${x};\n  '1\n2'\nend");
    }

    @Test
    void refusesUnknownAndMissingPlaceholders() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FILE.template("one").literal("valve", "x"))
                .withMessage("SqlTemplateTest.sql#one has no placeholder ${valve}");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FILE.template("one").literal("value", "x").literal("value", "y"))
                .withMessageContaining("has a value already");
        assertThatIllegalStateException()
                .isThrownBy(() -> FILE.template("one").fill())
                .withMessage("The placeholder ${value} of SqlTemplateTest.sql#one has no value");
        assertThatIllegalStateException().isThrownBy(() -> FILE.text("one"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FILE.template("two"))
                .withMessage("SqlTemplateTest.sql has no text with the name two");
    }

    @Test
    void refusesAClassWithoutAFile() {
        assertThatIllegalStateException()
                .isThrownBy(() -> SqlFile.of(String.class))
                .withMessage(
                        "There is no String.sql beside java.lang.String, or its package is not open to dev.boundary.rls");
    }
}
