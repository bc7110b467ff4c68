package dev.boundary.tenants.archive;

import dev.boundary.tenants.TenantDataException;
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

/** Reads a line: a JSON object with exactly the columns of the manifest, each a scalar. */
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
                throw ArchiveReader.damaged(table, "the manifest names column \"" + column.name() + "\" twice");
            }
        }
    }

    /** The values in PostgreSQL's text form, in the order of the manifest's columns. */
    @Nullable
    String[] parse(byte[] line, long number) {
        @Nullable String[] values = new @Nullable String[positions.size()];
        boolean[] seen = new boolean[values.length];
        int found = 0;
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), line)) {
            require(parser.nextToken() == JsonToken.START_OBJECT, number, "is no JSON object");
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                Integer position = positions.get(name);
                if (position == null) {
                    throw bad(number, "has the column \"" + name + "\", which is not in the manifest");
                }
                require(!seen[position], number, "has the column \"" + name + "\" twice");
                seen[position] = true;
                found++;
                values[position] = value(parser, number, name);
            }
            require(parser.currentToken() == JsonToken.END_OBJECT, number, "is no JSON object");
            require(parser.nextToken() == null, number, "goes on after the JSON object");
        } catch (JacksonException e) {
            throw ArchiveReader.damaged(table, "line " + number + " is no JSON object: " + e.getOriginalMessage(), e);
        }
        require(found == values.length, number, "has " + found + " of the " + values.length + " columns");
        return values;
    }

    private @Nullable String value(JsonParser parser, long number, String name) {
        JsonToken token = parser.nextToken();
        return switch (token) {
            case VALUE_NULL -> null;
            case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Objects.requireNonNull(parser.getString());
            case VALUE_TRUE -> "true";
            case VALUE_FALSE -> "false";
            case null, default -> throw bad(number, "has no plain value in column \"" + name + "\"");
        };
    }

    private void require(boolean right, long number, String fault) {
        if (!right) {
            throw bad(number, fault);
        }
    }

    TenantDataException bad(long number, String fault) {
        return ArchiveReader.damaged(table, "line " + number + " " + fault);
    }
}
