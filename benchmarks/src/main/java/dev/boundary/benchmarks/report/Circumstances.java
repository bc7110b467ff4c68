package dev.boundary.benchmarks.report;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Properties;
import org.hibernate.Version;
import org.jooq.Constants;
import org.postgresql.util.DriverInfo;

/**
 * What was measured with.
 *
 * @param effort {@code "quick"} or {@code "full"}
 * @param date when, in UTC
 * @param versions of what took part
 * @param machine its size
 */
public record Circumstances(String effort, String date, Versions versions, Machine machine) {

    /** What takes part. */
    public record Versions(
            String boundary, String jooq, String pgjdbc, String postgresql, String hibernate, String java) {}

    /** How large the machine is. */
    public record Machine(int processors, long memoryGigabytes, String system) {}

    /** Those of this JVM and a server. */
    public static Circumstances here(String effort, String postgresql) {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Circumstances(
                effort,
                LocalDate.now(ZoneOffset.UTC).toString(),
                new Versions(
                        boundaryVersion(),
                        Constants.VERSION,
                        DriverInfo.DRIVER_VERSION,
                        postgresql,
                        Version.getVersionString(),
                        Runtime.version().toString()),
                new Machine(
                        system.getAvailableProcessors(),
                        Math.round(system.getTotalMemorySize() / 1e9),
                        system.getName() + " " + system.getArch()));
    }

    private static String boundaryVersion() {
        try (InputStream in = Circumstances.class.getResourceAsStream("/boundary-benchmarks.properties")) {
            if (in == null) {
                throw new IllegalStateException("boundary-benchmarks.properties is not on the class path");
            }
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
