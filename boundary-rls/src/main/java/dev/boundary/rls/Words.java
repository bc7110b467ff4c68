package dev.boundary.rls;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds the value of an enum by the word that people write. */
final class Words {

    private Words() {}

    static <T> T find(String what, T[] values, Function<T, String> word, String text) {
        String wanted = text.strip().toLowerCase(Locale.ROOT);
        return Arrays.stream(values)
                .filter(value -> word.apply(value).equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("\"" + text + "\" is no value of " + what + ". Use "
                        + Arrays.stream(values).map(word).collect(Collectors.joining(", ")) + "."));
    }
}
