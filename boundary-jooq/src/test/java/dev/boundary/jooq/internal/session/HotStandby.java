package dev.boundary.jooq.internal.session;

import dev.boundary.testing.postgresql.TestDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.postgresql.ds.PGSimpleDataSource;

/** A read-only replica of the server of the tests, made from a base backup. It stays in recovery. */
final class HotStandby implements AutoCloseable {

    private static final Set<String> NOT_COPIED =
            Set.of("postmaster.pid", "postmaster.opts", "epg-lock", "postgresql.auto.conf.tmp");

    private final EmbeddedPostgres server;
    private final Path directory;

    private HotStandby(EmbeddedPostgres server, Path directory) {
        this.server = server;
        this.directory = directory;
    }

    /** Where the server of the tests keeps its data, if this process may read it: it does if the server is embedded. */
    static Optional<Path> primary(TestDatabase database) throws SQLException {
        try (Connection connection = database.superuser().getConnection();
                Statement statement = connection.createStatement()) {
            Path data = Path.of(text(statement, "show data_directory"));
            return Files.isReadable(data.resolve("PG_VERSION")) ? Optional.of(data) : Optional.empty();
        }
    }

    static HotStandby of(Path primary, TestDatabase database) throws SQLException, IOException {
        Path copy = Files.createTempDirectory("standby");
        try (Connection connection = database.superuser().getConnection();
                Statement statement = connection.createStatement()) {
            boolean old = Integer.parseInt(text(statement, "show server_version_num")) < 150_000;
            text(
                    statement,
                    old ? "select pg_start_backup('standby', true, false)" : "select pg_backup_start('standby', true)");
            copy(primary, copy);
            String label = text(
                    statement,
                    old
                            ? "select labelfile from pg_stop_backup(false, false)"
                            : "select labelfile from pg_backup_stop(false)");
            Files.writeString(copy.resolve("backup_label"), label);
            Files.createFile(copy.resolve("standby.signal"));
            copy(primary.resolve("pg_wal"), copy.resolve("pg_wal")); // what was written meanwhile
        }
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setDataDirectory(copy)
                .setCleanDataDirectory(false)
                .setServerConfig("max_connections", "300") // a standby needs as many as its primary
                .setServerConfig("hot_standby", "on")
                .start();
        return new HotStandby(server, copy);
    }

    private static String text(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                Path target = to.resolve(from.relativize(directory).toString());
                Files.createDirectories(target);
                Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwx------"));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!NOT_COPIED.contains(String.valueOf(file.getFileName()))) {
                    Path target = to.resolve(from.relativize(file).toString());
                    try {
                        Files.write(target, Files.readAllBytes(file));
                    } catch (NoSuchFileException _) {
                        return FileVisitResult.CONTINUE; // dropped meanwhile, and recovery knows of it
                    }
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }
        });
    }

    /** Connections to the replica instead of the primary. */
    PGSimpleDataSource instead(PGSimpleDataSource primary) {
        primary.setServerNames(new String[] {"localhost"});
        primary.setPortNumbers(new int[] {server.getPort()});
        return primary;
    }

    @Override
    public void close() throws IOException {
        server.close();
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
