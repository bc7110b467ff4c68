package dev.boundary.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What reaches a terminal. */
class SafeTextTest {

    @Test
    void nothingMovesTheCursor() {
        StringBuilder every = new StringBuilder();
        for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
            every.appendCodePoint(point);
        }
        assertThat(SafeText.line(every.toString()).codePoints().noneMatch(SafeText::isHostile))
                .isTrue();
        assertThat(SafeText.lines("a\tb\nc\r\u001b[2J")).isEqualTo("a\tb\nc\\r\\x1b[2J");
        assertThat(SafeText.line("Müller \ud83d\ude00 \u202egpj\n\udb40\udc41"))
                .isEqualTo("Müller \ud83d\ude00 \\u202egpj\\n\\U000e0041");
    }

    @Test
    void typedPasswordsAreRemoved() {
        assertThat(SafeText.withoutPasswords("Unmatched argument 'postgresql://app:s3cret@host/db?x=1'"))
                .isEqualTo("Unmatched argument 'postgresql://app:***@host/db?x=1'");
        assertThat(SafeText.withoutPasswords("'jdbc:postgresql://h/d?user=a&PassWord=s3cret&ssl=true'"))
                .isEqualTo("'jdbc:postgresql://h/d?user=a&PassWord=***&ssl=true'");
        assertThat(SafeText.withoutPasswords("jdbc:postgresql://host:5432/db"))
                .isEqualTo("jdbc:postgresql://host:5432/db");
    }
}
