package dev.boundary.cli.text;

import java.util.Locale;

/** How rows are written. */
public enum RowFormat {

    /** For people: columns side by side. */
    TABLE,

    /** For programs: one JSON object on each line, with exact values. */
    JSON,

    /** For spreadsheets. */
    CSV;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
