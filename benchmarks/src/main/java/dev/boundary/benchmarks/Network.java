package dev.boundary.benchmarks;

import java.time.Duration;

/** What is between service and database. */
enum Network {
    /** Nothing: both on one machine. */
    LOOPBACK("loopback", "loopback", Duration.ZERO),
    /** A proxy that makes each round trip half a millisecond longer, as between machines of a data centre. */
    DELAYED("0.5ms", "0.5 ms of network delay", Duration.ofNanos(500_000));

    private final String id;
    private final String title;
    private final Duration delay;

    Network(String id, String title, Duration delay) {
        this.id = id;
        this.title = title;
        this.delay = delay;
    }

    /** The name in results and on the command line. */
    String id() {
        return id;
    }

    /** What a reader is told. */
    String title() {
        return title;
    }

    Duration delay() {
        return delay;
    }
}
