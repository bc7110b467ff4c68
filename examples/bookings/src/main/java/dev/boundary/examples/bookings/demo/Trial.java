package dev.boundary.examples.bookings.demo;

import com.zaxxer.hikari.HikariDataSource;
import dev.boundary.core.BoundaryException;
import dev.boundary.core.PolicyViolationException;
import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantNotSetException;
import dev.boundary.examples.bookings.data.Pool;
import dev.boundary.examples.bookings.demo.Attempt.Row;
import dev.boundary.examples.bookings.demo.Attempt.Scope;
import dev.boundary.examples.bookings.demo.Outcome.Kind;
import dev.boundary.testing.postgresql.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;

/** Makes one attempt on an unchanged database, and judges it by what a superuser sees before and after. */
final class Trial {

    private static final UUID ATTACKER = SeededClub.NORTH.id();
    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    private final Attempt attempt;
    private final Protection protection;
    private final SentStatements sent = new SentStatements();

    private Trial(Attempt attempt, Protection protection) {
        this.attempt = attempt;
        this.protection = protection;
    }

    static Outcome of(Attempt attempt, Protection protection, TestDatabase database) {
        try (HikariDataSource pool = Pool.of(database.application(), 1)) {
            return new Trial(attempt, protection).run(database, pool);
        }
    }

    private Outcome run(TestDatabase database, HikariDataSource pool) {
        DSLContext db = protection.context().on(pool);
        DSLContext watched = db.configuration().deriveAppending(sent).dsl();
        Snapshot before = Snapshot.of(database.superuser());
        try {
            List<Row> given = attempt.scope() == Scope.NONE
                    ? attempt.action().run(watched, pool)
                    : TenantContext.where(SeededClub.NORTH.tenant())
                            .call(() -> attempt.action().run(watched, pool));
            return judge(before, given, Snapshot.of(database.superuser()));
        } catch (BoundaryException | DataAccessException | SQLException e) {
            return judge(e, before.foreignChanges(Snapshot.of(database.superuser()), ATTACKER));
        }
    }

    private Outcome judge(Snapshot before, List<Row> given, Snapshot after) {
        long foreignRead = given.stream()
                .distinct()
                .filter(row -> attempt.scope() == Scope.NONE || before.foreign(row, ATTACKER))
                .count();
        long foreignWritten = before.foreignChanges(after, ATTACKER);
        long read = given.stream().distinct().count();
        long written = before.ownChanges(after, ATTACKER);
        if (foreignRead + foreignWritten > 0) {
            return outcome(
                    Kind.THROUGH,
                    "",
                    given.isEmpty()
                            ? foreignWritten + " rows of others written"
                            : foreignRead + " of " + read + " rows read are others'");
        }
        if (read + written == 0) {
            return outcome(Kind.UNPROVEN, "", "no row read or written, not even an own one");
        }
        return outcome(
                Kind.FILTERED,
                sent.rewritten() ? "query layer" : "RLS",
                given.isEmpty() ? written + " own rows written, no other" : read + " rows read, all its own");
    }

    private Outcome judge(Exception error, long foreignWritten) {
        if (foreignWritten > 0) {
            return outcome(Kind.THROUGH, "", foreignWritten + " rows of others written in spite of " + name(error));
        }
        return switch (error) {
            case PolicyViolationException rejected -> outcome(Kind.REJECTED, "RLS", name(rejected));
            case TenantNotSetException refused ->
                outcome(Kind.REFUSED, protection.queryLayer() ? "query layer" : "session layer", name(refused));
            case BoundaryException refused -> outcome(Kind.REFUSED, "query layer", name(refused));
            case DataAccessException failed -> judge(failed, failed.sqlState());
            case SQLException failed -> judge(failed, String.valueOf(failed.getSQLState()));
            default -> outcome(Kind.UNPROVEN, "", name(error));
        };
    }

    private Outcome judge(Exception failed, String sqlState) {
        return sqlState.equals(INSUFFICIENT_PRIVILEGE)
                ? outcome(Kind.REJECTED, "RLS", "SQLSTATE " + sqlState)
                : outcome(Kind.UNPROVEN, "", name(failed) + ", SQLSTATE " + sqlState);
    }

    private Outcome outcome(Kind kind, String by, String detail) {
        boolean held = kind == Kind.FILTERED || kind == Kind.REFUSED || kind == Kind.REJECTED;
        boolean expected = protection.shouldHold(attempt) ? held : kind == Kind.THROUGH;
        return new Outcome(kind, by, detail, expected);
    }

    private static String name(Exception error) {
        return error.getClass().getSimpleName();
    }
}
