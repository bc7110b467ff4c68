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
        alternatives.add(sequence());
        while (more() && pattern.charAt(at) == '|') {
            at++;
            alternatives.add(sequence());
        }
        return alternatives.get(choose(alternatives.size()));
    }

    private String sequence() {
        StringBuilder text = new StringBuilder();
        while (more() && pattern.charAt(at) != '|' && pattern.charAt(at) != ')') {
            int start = at;
            String first = atom();
            int end = at;
            int repeats = repeats();
            int after = at;
            for (int i = 0; i < repeats; i++) {
                if (i == 0) {
                    text.append(first);
                } else { // once more from the pattern, so that repeated characters differ
                    at = start;
                    text.append(atom());
                }
            }
            at = Math.max(after, end);
        }
        return text.toString();
    }

    private String atom() {
        char c = pattern.charAt(at++);
        return switch (c) {
            case '^', '$' -> "";
            case '.' -> pick(LETTERS);
            case '[' -> pick(bracket());
            case '(' -> {
                if (pattern.startsWith("?:", at)) {
                    at += 2;
                }
                String group = alternatives();
                at++;
                yield group;
            }
            case '\\' -> more() ? escape(pattern.charAt(at++)) : "";
            default -> String.valueOf(c);
        };
    }

    private String escape(char c) {
        return switch (c) {
            case 'd' -> pick(DIGITS);
            case 'w' -> pick(LETTERS);
            case 's' -> " ";
            case 'S' -> pick(LETTERS);
            case 'D' -> pick(LETTERS);
            case 'A', 'Z', 'm', 'M', 'y', 'b' -> "";
            default -> String.valueOf(c);
        };
    }

    private String bracket() {
        StringBuilder members = new StringBuilder();
        boolean negated = more() && pattern.charAt(at) == '^';
        if (negated) {
            at++;
        }
        boolean first = true;
        while (more() && (first || pattern.charAt(at) != ']')) {
            first = false;
            addMember(members);
        }
        at++;
        return negated ? without(members.toString()) : members.toString();
    }

    private void addMember(StringBuilder members) {
        if (pattern.startsWith("[:", at)) {
            int end = pattern.indexOf(":]", at);
            members.append(named(pattern.substring(at + 2, end)));
            at = end + 2;
            return;
        }
        char from = pattern.charAt(at++);
        if (from == '\\' && more()) {
            char escaped = pattern.charAt(at++);
            members.append(escaped == 'd' ? DIGITS : escaped == 'w' ? LETTERS : String.valueOf(escaped));
        } else if (at + 1 < pattern.length() && pattern.charAt(at) == '-' && pattern.charAt(at + 1) != ']') {
            char to = pattern.charAt(at + 1);
            at += 2;
            for (char c = from; c <= to; c++) {
                members.append(c);
            }
        } else {
            members.append(from);
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
        if (!more()) {
            return 1;
        }
        int repeats = switch (pattern.charAt(at)) {
            case '*', '+' -> {
                at++;
                yield MOST_REPEATS / 2;
            }
            case '?' -> {
                at++;
                yield 1;
            }
            case '{' -> counted();
            default -> 1;
        };
        if (more() && pattern.charAt(at) == '?') {
            at++; // not greedy
        }
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
        if (bounds.size() == 1) {
            return least;
        }
        return Math.max(least, Math.min(number(bounds.getLast(), MOST_REPEATS), MOST_REPEATS));
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
}
