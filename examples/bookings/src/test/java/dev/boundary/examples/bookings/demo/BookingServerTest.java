package dev.boundary.examples.bookings.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.boundary.examples.bookings.data.BookingSchema;
import dev.boundary.examples.bookings.data.Pool;
import dev.boundary.examples.bookings.demo.Client.Answer;
import dev.boundary.examples.bookings.http.BookingServer;
import dev.boundary.jooq.Boundary;
import dev.boundary.testing.postgresql.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BookingServerTest {

    private static TestDatabase database;
    private static HikariDataSource pool;
    private static BookingServer server;
    private static Client client;

    @BeforeAll
    static void start() throws SQLException {
        database = Databases.withRls();
        pool = Pool.of(database.application(), 4);
        server = BookingServer.start(
                Boundary.builder(BookingSchema.TENANTS).build().dsl(pool), 0);
        client = new Client(server.port());
    }

    @AfterAll
    static void stop() throws SQLException {
        server.close();
        pool.close();
        database.close();
    }

    @Test
    void theServiceRunsAsARoleThatCannotBypassPolicies() throws SQLException {
        try (var connection = pool.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "select rolsuper or rolbypassrls from pg_roles where rolname = current_user")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getBoolean(1)).isFalse();
        }
    }

    @Test
    void theSameNumbersAreOtherRowsInAnotherClub() throws IOException {
        for (var club : SeededClub.ALL) {
            Answer members = client.get(club, "/members");
            assertThat(members.status()).isEqualTo(200);
            assertThat(members.body())
                    .hasSize(7)
                    .allSatisfy(member ->
                            assertThat(member.path("email").asString()).endsWith("@" + club.subdomain() + ".example"));
            assertThat(client.get(club, "/").body().path("club").asString()).isEqualTo(club.name());
        }
    }

    @Test
    void twoClubsBookTheSameCourtAtTheSameHour() throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        Paper paper = new Paper(new PrintStream(printed, true, StandardCharsets.UTF_8), false);
        assertThat(new NormalUse(client, paper).run())
                .as(printed.toString(StandardCharsets.UTF_8))
                .isTrue();
        assertThat(client.get(SeededClub.HARBOUR, "/bookings").body()).hasSize(8);
    }

    @Test
    void cancellingReachesOnlyTheOwnBooking() throws IOException {
        assertThat(client.delete(SeededClub.NORTH, "/bookings/2")
                        .body()
                        .path("status")
                        .asString())
                .isEqualTo("cancelled");
        assertThat(client.get(SeededClub.SOUTH, "/bookings/2")
                        .body()
                        .path("status")
                        .asString())
                .isEqualTo("booked");
    }

    @Test
    void sharedTemplatesAreSeenByAllAndOwnOnesByTheirClub() throws IOException {
        assertThat(client.get(SeededClub.SOUTH, "/templates").body())
                .extracting(template -> template.path("shared").asBoolean())
                .containsExactly(true, false, true);
        assertThat(client.get(SeededClub.SOUTH, "/currencies").body()).hasSize(3);
        assertThat(client.get(SeededClub.SOUTH, "/courts").body()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "padel-north.localhost",
                "PADEL-NORTH.localhost",
                "padel-north.localhost:8080",
                "padel-north.localhost.",
            })
    void theHostNamesTheClub(String host) throws IOException {
        assertThat(get(host, "/bookings/1").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no-such-club.localhost | 404",
                "localhost | 404",
                "127.0.0.1 | 404",
                "padel-north | 404",
                "padel-north.example.com | 404",
                "padel-north.localhost.example.com | 404",
                "a.padel-north.localhost | 404",
                ".localhost | 400",
                "padel_north.localhost | 400",
                "'padel-north.localhost, padel-south.localhost' | 400",
                "padel-north.localhost:99999999 | 400",
                "'padel-north.localhost/padel-south.localhost' | 400",
                "'x@padel-north.localhost' | 400",
                "\"' or 1=1 --.localhost\" | 400",
                "'%' | 400",
                "'%.localhost' | 400",
                "'' | 400"
            })
    void hostileHostsGetNothing(String host, int status) throws IOException {
        Answer answer = get(host == null ? "" : host, "/bookings");
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body().path("status").asInt()).isEqualTo(status);
        assertThat(answer.body().path("message").asString()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "padel-north.localhost\r\nHost: padel-south.localhost",
                "padel-north.localhost\r\n Host: padel-south.localhost",
            })
    void twoHostsAreNone(String hosts) throws IOException {
        assertThat(get(hosts, "/bookings").status()).isEqualTo(400);
    }

    @Test
    void noOtherHeaderNamesTheClub() throws IOException {
        Answer answer = get(
                "padel-north.localhost\r\nX-Forwarded-Host: padel-south.localhost\r\nForwarded: host=padel-south.localhost",
                "/");
        assertThat(answer.body().path("club").asString()).isEqualTo("Padel Club North");
    }

    @Test
    void anAbsoluteTargetOfAnotherClubIsRefused() throws IOException {
        assertThat(get("padel-north.localhost", "http://padel-south.localhost/").status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET | /nothing | | 404",
                "GET | /bookings/99 | | 404",
                "DELETE | /bookings/99 | | 404",
                "PUT | /bookings/1 | | 405",
                "DELETE | /members | | 405",
                "POST | /bookings | | 400",
                "POST | /bookings | {} | 400",
                "POST | /bookings | not json | 400",
                "POST | /bookings | {\"court\":\"Court 9\",\"memberNumber\":1001,\"startsAt\":\"2027-04-01T18:00:00Z\",\"items\":[]} | 404",
                "POST | /bookings | {\"court\":\"Court 1\",\"memberNumber\":1,\"startsAt\":\"2027-04-01T18:00:00Z\",\"items\":[]} | 404",
                "POST | /bookings | {\"court\":\"Court 1\",\"memberNumber\":1001,\"startsAt\":\"2027-04-01T18:30:00Z\",\"items\":[]} | 400",
                "POST | /bookings | {\"tenantId\":\"x\",\"court\":\"Court 1\",\"memberNumber\":1001,\"startsAt\":\"2027-04-01T18:00:00Z\",\"items\":[]} | 400"
            })
    void whatCannotBeAnsweredSaysSo(String method, String path, String body, int status) throws IOException {
        Answer answer = client.send("padel-north.localhost", method, path, body == null ? "" : body);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body().path("message").asString()).isNotBlank();
    }

    private static Answer get(String host, String path) throws IOException {
        return client.send(host, "GET", path, "");
    }
}
