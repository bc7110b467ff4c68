package dev.boundary.benchmarks;

import dev.boundary.benchmarks.subject.Scenario;
import dev.boundary.benchmarks.subject.Task;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many rows there are. Ids interleave the tenants ({@code id % tenants}), as in a table that all of them fill at
 * the same time.
 *
 * @param tenants how many tenants
 * @param bookings how many bookings each has
 * @param customers how many customers each has
 * @param resources how many resources each has
 */
record DataSize(int tenants, int bookings, int customers, int resources) {

    static final DataSize STANDARD = new DataSize(100, 2_000, 100, 20);

    static final DataSize TINY = new DataSize(3, 60, 3, 2);

    // Never used twice, also by the JVMs of several forks on one database.
    private static final AtomicLong NEXT_EVENT = new AtomicLong(System.nanoTime() << 8 & Long.MAX_VALUE);

    /** The i-th piece of work of a stream that visits tenants and rows all over the tables. */
    Task task(long i) {
        long tenant = i * 37 % tenants;
        // The last bookings do not have a full range behind them.
        long booking = i * 7919 % (bookings - Scenario.RANGE_SIZE);
        long customer = i * 31 % customers;
        return new Task(
                tenant,
                booking * tenants + tenant,
                customer * tenants + tenant,
                NEXT_EVENT.getAndAdd(Scenario.BATCH_SIZE));
    }
}
