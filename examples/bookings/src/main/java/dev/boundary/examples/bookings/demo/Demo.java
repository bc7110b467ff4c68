package dev.boundary.examples.bookings.demo;

import com.zaxxer.hikari.HikariDataSource;
import dev.boundary.examples.bookings.data.BookingSchema;
import dev.boundary.examples.bookings.data.Pool;
import dev.boundary.examples.bookings.demo.Paper.Colour;
import dev.boundary.examples.bookings.http.BookingServer;
import dev.boundary.jooq.Boundary;
import dev.boundary.testing.postgresql.TestDatabase;
import java.util.List;
import org.jooq.DSLContext;

/** What {@code ./demo} runs. */
public final class Demo {

    private static final int POOL_SIZE = 8;
    private static final int PORT = 8080;

    private final Paper paper;

    private Demo(Paper paper) {
        this.paper = paper;
    }

    /**
     * Runs the scenario, or with {@code --serve} the service.
     *
     * @param arguments {@code --serve} or nothing
     * @throws Exception what went wrong
     */
    public static void main(String[] arguments) throws Exception {
        Demo demo = new Demo(Paper.terminal());
        if (List.of(arguments).equals(List.of("--serve"))) {
            demo.serve();
        } else if (!demo.show()) {
            System.exit(1);
        }
    }

    private boolean show() throws Exception {
        paper.line("Starting PostgreSQL, migrating and seeding three clubs ...");
        boolean worked;
        try (TestDatabase database = Databases.withRls();
                HikariDataSource pool = Pool.of(database.application(), POOL_SIZE);
                BookingServer server = BookingServer.start(context(database, pool), 0)) {
            paper.heading("Two clubs at work at once, through HTTP, on one pool of " + POOL_SIZE + " connections");
            worked = new NormalUse(new Client(server.port()), paper).run();
        }
        paper.heading(SeededClub.NORTH.name() + " tries to reach the rows of other clubs");
        Report report = new Report(paper);
        List<Scenario.Row> rows = new Scenario(Attempts.ALL, Protection.ALL).run(report::row);
        paper.heading("What happened");
        report.table(rows);
        return report.verdict(rows) && worked;
    }

    private void serve() throws Exception {
        paper.line("Starting PostgreSQL, migrating and seeding three clubs ...");
        try (TestDatabase database = Databases.withRls();
                HikariDataSource pool = Pool.of(database.application(), POOL_SIZE);
                BookingServer server = BookingServer.start(context(database, pool), PORT)) {
            String base = "http://localhost:" + server.port();
            paper.line(
                    paper.in(Colour.GREEN, "The booking service listens on " + base + ". Ctrl-C stops it.") + " Try:");
            paper.line("");
            for (var club : List.of(SeededClub.NORTH, SeededClub.SOUTH)) {
                paper.line(curl(club.subdomain(), base + "/bookings/1"));
            }
            paper.line(curl("padel-north", base + "/members"));
            paper.line(curl("padel-north", base + "/bookings") + " -d '{\"court\": \"Court 1\", \"memberNumber\": 1002,"
                    + " \"startsAt\": \"2027-05-01T10:00:00Z\", \"items\": [\"Court hour\"]}'");
            paper.line(curl("padel-north", base + "/bookings/1") + " -X DELETE");
            paper.line(curl("no-such-club", base + "/bookings"));
            Thread.currentThread().join();
        }
    }

    private static String curl(String club, String url) {
        return "  curl -s -H 'Host: " + club + ".localhost' " + url;
    }

    private static DSLContext context(TestDatabase database, HikariDataSource pool) {
        return Boundary.builder(BookingSchema.TENANTS)
                .admin(database.admin())
                .build()
                .dsl(pool);
    }
}
