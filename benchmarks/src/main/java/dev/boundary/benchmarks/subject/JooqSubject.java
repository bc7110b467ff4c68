package dev.boundary.benchmarks.subject;

import static dev.boundary.benchmarks.subject.Tables.BOOKING;
import static dev.boundary.benchmarks.subject.Tables.CUSTOMER;
import static dev.boundary.benchmarks.subject.Tables.EVENT;
import static dev.boundary.benchmarks.subject.Tables.RESOURCE;

import com.zaxxer.hikari.HikariDataSource;
import dev.boundary.benchmarks.subject.Tables.TenantTable;
import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantKey;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jooq.BatchBindStep;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Insert;
import org.jooq.Record;
import org.jooq.Record5;
import org.jooq.Records;
import org.jooq.SelectConditionStep;
import org.jooq.impl.DSL;

/** Statements that name no tenant: something around them keeps tenants apart. */
class JooqSubject extends Subject {

    private static final String KIND = "changed";

    private final HikariDataSource pool;
    private final DSLContext db;

    JooqSubject(HikariDataSource pool, DSLContext db) {
        this.pool = pool;
        this.db = db;
    }

    @Override
    Object inScope(long tenant, ScopedValue.CallableOp<Object, Exception> work) throws Exception {
        return TenantContext.where(TenantKey.of(tenant)).call(work);
    }

    /** The predicate that a developer writes. */
    Condition owned(TenantTable table, Task task) {
        return DSL.noCondition();
    }

    @Override
    BookingRow readRow(Task task) {
        return readRow(db, task);
    }

    private BookingRow readRow(DSLContext on, Task task) {
        return Objects.requireNonNull(
                selectBooking(on, task).and(BOOKING.id.eq(task.booking())).fetchOne(Records.mapping(BookingRow::new)));
    }

    @Override
    List<BookingRow> readRange(Task task) {
        return readRange(db, task);
    }

    private List<BookingRow> readRange(DSLContext on, Task task) {
        return selectBooking(on, task)
                .and(BOOKING.id.ge(task.booking()))
                .orderBy(BOOKING.id)
                .limit(Scenario.RANGE_SIZE)
                .fetch(Records.mapping(BookingRow::new));
    }

    private SelectConditionStep<? extends Record5<Long, Long, Long, String, String>> selectBooking(
            DSLContext on, Task task) {
        return on.select(BOOKING.id, BOOKING.customerId, BOOKING.resourceId, BOOKING.state, BOOKING.note)
                .from(BOOKING)
                .where(owned(BOOKING, task));
    }

    @Override
    List<JoinedRow> readJoin(Task task) {
        return db.select(BOOKING.id, CUSTOMER.name, RESOURCE.name, BOOKING.state)
                .from(BOOKING)
                .join(CUSTOMER)
                .on(CUSTOMER.id.eq(BOOKING.customerId))
                .join(RESOURCE)
                .on(RESOURCE.id.eq(BOOKING.resourceId))
                .where(BOOKING.customerId.eq(task.customer()))
                .and(owned(BOOKING, task))
                .and(owned(CUSTOMER, task))
                .and(owned(RESOURCE, task))
                .orderBy(BOOKING.id)
                .fetch(Records.mapping(JoinedRow::new));
    }

    @Override
    int insert(Task task) {
        return insertEvent(db, task).execute();
    }

    Insert<Record> insertEvent(DSLContext on, Task task) {
        return on.insertInto(EVENT, EVENT.id, EVENT.bookingId, EVENT.kind, EVENT.amount)
                .values(task.event(), task.booking(), KIND, task.customer());
    }

    @Override
    int insertBatch(Task task) {
        BatchBindStep batch = db.batch(insertEvent(db, task));
        for (int i = 0; i < Scenario.BATCH_SIZE; i++) {
            batch = batch.bind(batchRow(task, task.event() + i));
        }
        return Arrays.stream(batch.execute()).sum();
    }

    Object[] batchRow(Task task, long event) {
        return new Object[] {event, task.booking(), KIND, task.customer()};
    }

    @Override
    List<BookingRow> transaction(Task task) {
        return db.transactionResult(configuration -> {
            DSLContext tx = configuration.dsl();
            BookingRow before = readRow(tx, task);
            List<BookingRow> next = readRange(tx, task);
            tx.update(BOOKING)
                    .set(BOOKING.state, next.getLast().state())
                    .where(BOOKING.id.eq(before.id()))
                    .and(owned(BOOKING, task))
                    .execute();
            insertEvent(tx, task).execute();
            return List.of(before, readRow(tx, task));
        });
    }

    @Override
    public void close() {
        pool.close();
    }

    /** What is compared with: every statement names the tenant, written by hand. */
    static final class HandWritten extends JooqSubject {

        HandWritten(HikariDataSource pool, DSLContext db) {
            super(pool, db);
        }

        @Override
        Object inScope(long tenant, ScopedValue.CallableOp<Object, Exception> work) throws Exception {
            return work.call();
        }

        @Override
        Condition owned(TenantTable table, Task task) {
            return table.tenantId.eq(task.tenant());
        }

        @Override
        Insert<Record> insertEvent(DSLContext on, Task task) {
            return on.insertInto(EVENT, EVENT.id, EVENT.tenantId, EVENT.bookingId, EVENT.kind, EVENT.amount)
                    .values(task.event(), task.tenant(), task.booking(), KIND, task.customer());
        }

        @Override
        Object[] batchRow(Task task, long event) {
            return new Object[] {event, task.tenant(), task.booking(), KIND, task.customer()};
        }
    }
}
