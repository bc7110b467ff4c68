package dev.boundary.tenants.internal.files;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A folder for an archive that is deleted with its files when it is closed. */
public final class TemporaryFolder implements AutoCloseable {

    private final Path path;

    private TemporaryFolder(Path path) {
        this.path = path;
    }

    /**
     * Creates a folder.
     *
     * @param parent an existing folder, or null for the system's folder for temporary files
     * @param prefix how its name begins
     * @return the folder, which only its owner can read where the file system has such permissions
     * @throws IOException if it cannot be created
     */
    public static TemporaryFolder in(@Nullable Path parent, String prefix) throws IOException {
        return new TemporaryFolder(
                parent == null ? Files.createTempDirectory(prefix) : Files.createTempDirectory(parent, prefix));
    }

    /**
     * Where the folder is.
     *
     * @return the path
     */
    public Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(path);
    }
}
