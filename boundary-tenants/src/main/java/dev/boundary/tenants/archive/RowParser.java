package dev.boundary.tenants.archive;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** Parses a line: a JSON object with exactly the columns of the manifest, each a scalar. */
final class RowParser {

    /** A line's length is limited already, and a numeric may have over 100,000 digits. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNestingDepth(1)
                    .build())
            .build();

    private final Manifest.TableFile table;
    private final Map<String, Integer> positions = new HashMap<>();

    RowParser(Manifest.TableFile table) {
        this.table = table;
        for (Manifest.Column column : table.columns()) {
            if (positions.put(column.name(), positions.size()) != null) {
                throw DamagedArchive.file(table, "the manifest names column \"" + column.name() + "\" twice");
            }
        }
    }

    /** The values in PostgreSQL's text form, in the order of the manifest's columns. */
    @Nullable
    String[] parse(byte[] line, long number) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), line)) {
            return new Line(parser, number).values();
        } catch (JacksonException e) {
            throw DamagedArchive.file(table, "line " + number + " is no JSON object: " + e.getOriginalMessage(), e);
        }
    }

    /** One line while it is parsed. */
    private final class Line {

        private final JsonParser parser;
        private final long number;
        private final @Nullable String[] values = new @Nullable String[positions.size()];
        private final boolean[] seen = new boolean[values.length];
        private int found;

        Line(JsonParser parser, long number) {
            this.parser = parser;
            this.number = number;
        }

        @Nullable
        String[] values() {
            require(parser.nextToken() == JsonToken.START_OBJECT, "is no JSON object");
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                read(name);
            }
            require(parser.currentToken() == JsonToken.END_OBJECT, "is no JSON object");
            require(parser.nextToken() == null, "continues after the JSON object");
            require(found == values.length, "has " + found + " of the " + values.length + " columns");
            return values;
        }

        private void read(String name) {
            Integer position = positions.get(name);
            if (position == null) {
                throw DamagedArchive.line(
                        table, number, "has the column \"" + name + "\", which is not in the manifest");
            }
            require(!seen[position], "has the column \"" + name + "\" twice");
            seen[position] = true;
            found++;
            values[position] = value(name);
        }

        private @Nullable String value(String name) {
            JsonToken token = parser.nextToken();
            return switch (token) {
                case VALUE_NULL -> null;
                case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Objects.requireNonNull(parser.getString());
                case VALUE_TRUE -> "true";
                case VALUE_FALSE -> "false";
                case null, default ->
                    throw DamagedArchive.line(table, number, "has no scalar value in column \"" + name + "\"");
            };
        }

        private void require(boolean right, String fault) {
            if (!right) {
                throw DamagedArchive.line(table, number, fault);
            }
        }
    }
}
