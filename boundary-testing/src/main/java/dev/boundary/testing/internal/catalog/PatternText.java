package dev.boundary.testing.internal.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Generates a text that matches a regular expression, for the patterns that checks commonly have: characters, classes,
 * groups, alternatives and quantifiers. The text for another pattern may not match; the caller asks PostgreSQL.
 */
final class PatternText {

    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";
    private static final String DIGITS = "0123456789";
    private static final int MOST_REPEATS = 12;

    private final String pattern;
    private long seed;
    private int at;

    private PatternText(String pattern, long seed) {
        this.pattern = pattern;
        this.seed = seed;
    }

    static String of(String pattern, long n) {
        return new PatternText(pattern, n).alternatives();
    }

    private String alternatives() {
        List<String> alternatives = new ArrayList<>();
        do {
            alternatives.add(sequence());
        } while (skip("|"));
        return alternatives.get(choose(alternatives.size()));
    }

    private String sequence() {
        StringBuilder text = new StringBuilder();
        while (more() && !isNext("|") && !isNext(")")) {
            int start = at;
            String first = atom();
            int repeats = repeats();
            int end = at;
            for (int i = 0; i < repeats; i++) {
                text.append(i == 0 ? first : atomAt(start));
            }
            at = end;
        }
        return text.toString();
    }

    /** Once more from the pattern, so that repeated characters differ. */
    private String atomAt(int start) {
        at = start;
        return atom();
    }

    private String atom() {
        char c = pattern.charAt(at++);
        return switch (c) {
            case '^', '$' -> "";
            case '.' -> pick(LETTERS);
            case '[' -> pick(bracket());
            case '(' -> group();
            case '\\' -> more() ? escape(pattern.charAt(at++)) : "";
            default -> String.valueOf(c);
        };
    }

    private String group() {
        skip("?:");
        String group = alternatives();
        at++;
        return group;
    }

    private String escape(char c) {
        return switch (c) {
            case 'd' -> pick(DIGITS);
            case 's' -> " ";
            case 'w', 'S', 'D' -> pick(LETTERS);
            case 'A', 'Z', 'm', 'M', 'y', 'b' -> "";
            default -> String.valueOf(c);
        };
    }

    private String bracket() {
        StringBuilder members = new StringBuilder();
        boolean negated = skip("^");
        int first = at;
        while (more() && (at == first || !isNext("]"))) {
            addMember(members);
        }
        at++;
        return negated ? without(members.toString()) : members.toString();
    }

    private void addMember(StringBuilder members) {
        if (skip("[:")) {
            int end = pattern.indexOf(":]", at);
            members.append(named(pattern.substring(at, end)));
            at = end + 2;
            return;
        }
        char from = pattern.charAt(at++);
        if (from == '\\' && more()) {
            members.append(escapedMember(pattern.charAt(at++)));
        } else if (at + 1 < pattern.length() && isNext("-") && pattern.charAt(at + 1) != ']') {
            addRange(from, pattern.charAt(at + 1), members);
            at += 2;
        } else {
            members.append(from);
        }
    }

    private static String escapedMember(char c) {
        return switch (c) {
            case 'd' -> DIGITS;
            case 'w' -> LETTERS;
            default -> String.valueOf(c);
        };
    }

    private static void addRange(char from, char to, StringBuilder members) {
        for (char c = from; c <= to; c++) {
            members.append(c);
        }
    }

    private static String named(String name) {
        return switch (name) {
            case "digit" -> DIGITS;
            case "upper" -> LETTERS.toUpperCase(Locale.ROOT);
            case "space" -> " ";
            default -> LETTERS;
        };
    }

    private static String without(String members) {
        StringBuilder rest = new StringBuilder();
        for (char c : (LETTERS + DIGITS).toCharArray()) {
            if (members.indexOf(c) < 0) {
                rest.append(c);
            }
        }
        return rest.toString();
    }

    private int repeats() {
        int repeats = 1;
        if (skip("*") || skip("+")) {
            repeats = MOST_REPEATS / 2;
        } else if (isNext("{")) {
            repeats = counted();
        } else {
            skip("?");
        }
        skip("?"); // not greedy
        return repeats;
    }

    private int counted() {
        int end = pattern.indexOf('}', at);
        if (end < 0) {
            return 1;
        }
        List<String> bounds = List.of(pattern.substring(at + 1, end).split(",", -1));
        at = end + 1;
        int least = number(bounds.getFirst(), 0);
        return bounds.size() == 1
                ? least
                : Math.max(least, Math.min(number(bounds.getLast(), MOST_REPEATS), MOST_REPEATS));
    }

    private static int number(String digits, int otherwise) {
        return digits.matches("\\d{1,6}") ? Integer.parseInt(digits) : otherwise;
    }

    private String pick(String members) {
        return members.isEmpty() ? "" : String.valueOf(members.charAt(choose(members.length())));
    }

    private int choose(int size) {
        int choice = (int) Math.floorMod(seed, (long) size);
        seed = seed / size + seed % 31 * 1_000_003; // use the digits of n first, so that other n give other texts
        return choice;
    }

    private boolean more() {
        return at < pattern.length();
    }

    private boolean isNext(String text) {
        return pattern.startsWith(text, at);
    }

    /** Moves past a text if it comes next. */
    private boolean skip(String text) {
        boolean isNext = isNext(text);
        if (isNext) {
            at += text.length();
        }
        return isNext;
    }
}
