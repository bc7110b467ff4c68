package dev.boundary.cli.text;

/** How rows are written. */
public enum RowFormat {

    /** For people: columns side by side. */
    TABLE,

    /** For programs: one JSON object on each line, with the values as they are. */
    JSON,

    /** For spreadsheets. */
    CSV;

    @Override
    public String toString() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
