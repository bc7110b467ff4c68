package dev.boundary.cli.sql;

/** The characters of PostgreSQL's keywords and unquoted identifiers. */
final class SqlWords {

    private SqlWords() {}

    static boolean isWordStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
    }

    static boolean isWordPart(char c) {
        return isWordStart(c) || (c >= '0' && c <= '9') || c == '$';
    }
}
