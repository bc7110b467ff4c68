package dev.boundary.tenants.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The rows of an archive, as they are in it and as they are imported. */
final class ArchiveRows {

    private final ArchiveReader reader;
    private final RowRewriteContext context;

    /** Takes a row. */
    @FunctionalInterface
    interface RowReader {
        void read(@Nullable String[] row, long line) throws SQLException;
    }

    ArchiveRows(ArchiveReader reader, RowRewriteContext context) {
        this.reader = reader;
        this.context = context;
    }

    /** The rows as they are in the archive. */
    void parsed(TableImport target, String step, RowReader consumer) throws SQLException {
        RowParser parser = new RowParser(target.file());
        try {
            reader.read(step, target.file(), (line, number) -> consumer.read(parser.parse(line, number), number));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rows of the target tenant. */
    void rewritten(TableImport target, RowReader consumer) throws SQLException {
        RowRewriter rewriter = new RowRewriter(target, context);
        parsed(target, "import", (row, line) -> consumer.read(rewriter.rewrite(row, line), line));
    }
}
