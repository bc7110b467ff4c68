package dev.boundary.rls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boundary.testing.postgresql.PostgresServer;
import dev.boundary.testing.postgresql.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each run for an older PostgreSQL is a run on that version. */
@Tag("every-postgresql")
public class PostgresVersionTest {

    static final String EXPECTED = "boundary.test.expected.version";

    /** Whether this run is one of the smaller ones, on an older PostgreSQL. */
    public static boolean older() {
        return System.getProperty(EXPECTED) != null;
    }

    @Test
    void isTheOneAskedFor() throws SQLException {
        String expected = System.getProperty(EXPECTED);
        if (expected != null) {
            assertThat(major()).isEqualTo(Integer.parseInt(expected));
        }
    }

    static int major() throws SQLException {
        return Major.VALUE;
    }

    /** Asked once. */
    private static final class Major {
        static final int VALUE;

        static {
            try (TestDatabase database = PostgresServer.shared().createDatabase();
                    Connection connection = database.owner().getConnection()) {
                VALUE = connection.getMetaData().getDatabaseMajorVersion();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
