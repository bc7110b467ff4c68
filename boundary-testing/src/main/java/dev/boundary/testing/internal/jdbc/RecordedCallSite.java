package dev.boundary.testing.internal.jdbc;

import java.security.CodeSource;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds the line of the user's code that led here: the nearest one that is no library's. */
public final class RecordedCallSite {

    private static final List<String> LIBRARIES = List.of(
            "java.",
            "javax.",
            "jdk.",
            "sun.",
            "org.jooq.",
            "org.postgresql.",
            "org.junit.",
            "org.assertj.",
            "org.apache.maven.",
            "dev.boundary.core.",
            "dev.boundary.jooq.",
            "dev.boundary.rls.");
    private static final List<String> POOLS = List.of(
            "com.zaxxer.hikari.",
            "org.apache.commons.dbcp2.",
            "org.apache.tomcat.jdbc.pool.",
            "io.agroal.",
            "com.mchange.v2.c3p0.",
            "com.alibaba.druid.pool.");
    private static final String HIKARI_CONNECTION = "com.zaxxer.hikari.pool.HikariProxyConnection";
    private static final @Nullable CodeSource OWN =
            RecordedCallSite.class.getProtectionDomain().getCodeSource();

    private RecordedCallSite() {}

    /**
     * The line.
     *
     * @return for example {@code "com.acme.BookingService.cancel(BookingService.java:42)"}
     */
    public static String find() {
        return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .walk(frames -> frames.filter(frame -> isUsers(frame.getDeclaringClass()))
                        .findFirst()
                        .map(frame -> frame.toStackTraceElement().toString())
                        .orElse("a thread without user code in its stack, \""
                                + Thread.currentThread().getName() + "\""));
    }

    /** Whether a connection pool is asking, which keeps connections open on purpose. */
    static boolean inPool() {
        return Arrays.stream(Thread.currentThread().getStackTrace())
                .map(StackTraceElement::getClassName)
                .anyMatch(name -> POOLS.stream().anyMatch(name::startsWith));
    }

    /**
     * Whether a pooled connection that is in use is asking, and not the pool for itself. Supports HikariCP, whose
     * connections end each use with {@code clearWarnings()}.
     */
    static boolean inPooledConnection() {
        return Arrays.stream(Thread.currentThread().getStackTrace())
                .map(StackTraceElement::getClassName)
                .anyMatch(name -> name.startsWith(HIKARI_CONNECTION));
    }

    private static boolean isUsers(Class<?> type) {
        String name = type.getName();
        return LIBRARIES.stream().noneMatch(name::startsWith)
                && POOLS.stream().noneMatch(name::startsWith)
                && (OWN == null || !Objects.equals(type.getProtectionDomain().getCodeSource(), OWN));
    }
}
