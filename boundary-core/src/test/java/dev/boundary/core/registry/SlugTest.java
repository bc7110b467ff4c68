package dev.boundary.core.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlugTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "7",
                "padel-north",
                "a--b",
                "a-1",
                "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijk"
            })
    void acceptsLabels(String text) {
        assertThat(new Slug(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-a",
                "a-",
                "A",
                "a_b",
                "a.b",
                "a b",
                "ä",
                "xn--bcher-kva",
                "ab--c",
                "a\n",
                "a\u0000",
                "а", // Cyrillic
                "a/b",
                "..",
                "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkl"
            })
    void refusesOtherText(String text) {
        assertThat(Slug.isValid(text)).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Slug(text))
                .withMessageContaining("is not a slug")
                .withMessageNotContaining("\u0000");
    }
}
