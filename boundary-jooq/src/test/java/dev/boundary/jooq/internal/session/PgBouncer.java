package dev.boundary.jooq.internal.session;

import dev.boundary.testing.postgresql.PostgresServer;
import dev.boundary.testing.postgresql.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.postgresql.ds.PGSimpleDataSource;

/** A PgBouncer in transaction mode in front of a test database, with one server connection. */
public final class PgBouncer implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(20);

    private final Process process;
    private final int port;
    private final Path directory;

    private PgBouncer(Process process, int port, Path directory) {
        this.process = process;
        this.port = port;
        this.directory = directory;
    }

    /** The program, installed if that is possible; empty if there is none. */
    public static Optional<Path> program() throws IOException, InterruptedException {
        Optional<Path> found = find();
        if (found.isEmpty() && isRoot() && Files.isExecutable(Path.of("/usr/bin/apt-get"))) {
            Process install = new ProcessBuilder("apt-get", "install", "-y", "--no-install-recommends", "pgbouncer")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!install.waitFor(180, TimeUnit.SECONDS)) {
                install.destroyForcibly();
            }
            found = find();
        }
        return found;
    }

    private static Optional<Path> find() {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.concat(Stream.of(path.split(":", -1)), Stream.of("/usr/sbin", "/usr/local/sbin"))
                .map(folder -> Path.of(folder, "pgbouncer"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    static PgBouncer start(Path program, TestDatabase database) throws IOException, InterruptedException {
        return start(program, database, Map.of());
    }

    /** The same with other names of the database, each with the search path of its connections. */
    public static PgBouncer start(Path program, TestDatabase database, Map<String, String> paths)
            throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory(
                "pgbouncer", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        int port = freePort();
        Path users = directory.resolve("users.txt");
        Files.writeString(users, "\"" + database.roles().application() + "\" \"" + database.password() + "\"\n");
        Path configuration = directory.resolve("pgbouncer.ini");
        Files.writeString(configuration, """
                [databases]
                %s* = host=%s port=%d
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = trust
                auth_file = %s
                pool_mode = transaction
                default_pool_size = 1
                max_client_conn = 100
                ignore_startup_parameters = extra_float_digits
                """.formatted(
                        aliases(database, paths),
                        PostgresServer.shared().host(),
                        PostgresServer.shared().port(),
                        port,
                        users));
        List<String> command = new ArrayList<>(List.of(program.toString()));
        if (isRoot()) {
            command.addAll(List.of("-u", "nobody")); // it refuses to run as root
        }
        command.add(configuration.toString());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        PgBouncer bouncer = new PgBouncer(process, port, directory);
        bouncer.awaitPort();
        return bouncer;
    }

    private static String aliases(TestDatabase database, Map<String, String> paths) {
        StringBuilder lines = new StringBuilder();
        paths.forEach(
                (alias, path) -> lines.append("%s = host=%s port=%d dbname=%s connect_query='set search_path = %s'%n"
                        .formatted(
                                alias,
                                PostgresServer.shared().host(),
                                PostgresServer.shared().port(),
                                database.name(),
                                path)));
        return lines.toString();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitPort() throws IOException, InterruptedException {
        Instant end = Instant.now().plus(START);
        while (Instant.now().isBefore(end) && process.isAlive()) {
            try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException _) {
                process.waitFor(50, TimeUnit.MILLISECONDS);
            }
        }
        throw new IOException("PgBouncer did not start: " + Files.readString(directory.resolve("log")));
    }

    /** Connections through it. */
    public PGSimpleDataSource through(PGSimpleDataSource direct) {
        direct.setServerNames(new String[] {"127.0.0.1"});
        direct.setPortNumbers(new int[] {port});
        return direct;
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
