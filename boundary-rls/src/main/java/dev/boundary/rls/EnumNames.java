package dev.boundary.rls;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The values of an enum by the names that change logs use. */
record EnumNames<T>(String setting, List<T> values, Function<T, String> name) {

    static <T> EnumNames<T> of(String setting, T[] values, Function<T, String> name) {
        return new EnumNames<>(setting, List.of(values), name);
    }

    T find(String text) {
        String wanted = text.strip().toLowerCase(Locale.ROOT);
        return values.stream()
                .filter(value -> name.apply(value).equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "\"" + text + "\" is no value of " + setting + ". Use " + list() + "."));
    }

    private String list() {
        return values.stream().map(name).collect(Collectors.joining(", "));
    }
}
