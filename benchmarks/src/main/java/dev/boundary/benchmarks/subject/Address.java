package dev.boundary.benchmarks.subject;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Properties;

/**
 * Where the databases are, on one network. Handed to the measuring JVM in a file that only its user may read.
 *
 * @param plain JDBC URL of the database without row-level security
 * @param rls JDBC URL of the same with row-level security
 * @param user the application role
 * @param password its password
 */
public record Address(String plain, String rls, String user, String password) {

    /** A pool of one connection: each subject is measured on one thread. */
    HikariDataSource pool(Database database) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database == Database.PLAIN ? plain : rls);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(1);
        return new HikariDataSource(config);
    }

    /** Which of the two databases. */
    enum Database {
        PLAIN,
        RLS
    }

    /** Writes it to a new file. */
    public Path write() throws IOException {
        Properties properties = new Properties();
        properties.setProperty("plain", plain);
        properties.setProperty("rls", rls);
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        Path file = Files.createTempFile(
                "boundary-benchmark",
                ".properties",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
        return file;
    }

    /** Reads what {@link #write} wrote. */
    public static Address read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return new Address(
                properties.getProperty("plain"),
                properties.getProperty("rls"),
                properties.getProperty("user"),
                properties.getProperty("password"));
    }

    @Override
    public String toString() { // without the password
        return user + " on " + plain + " and " + rls;
    }
}
