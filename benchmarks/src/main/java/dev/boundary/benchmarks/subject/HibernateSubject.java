package dev.boundary.benchmarks.subject;

import com.zaxxer.hikari.HikariDataSource;
import dev.boundary.benchmarks.subject.Entities.BookingEntity;
import dev.boundary.benchmarks.subject.Entities.CustomerEntity;
import dev.boundary.benchmarks.subject.Entities.EventEntity;
import dev.boundary.benchmarks.subject.Entities.ResourceEntity;
import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantKey;
import java.util.List;
import javax.sql.DataSource;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.BatchSettings;
import org.hibernate.cfg.Configuration;
import org.hibernate.cfg.JdbcSettings;
import org.hibernate.context.spi.CurrentTenantIdentifierResolver;

/**
 * Hibernate with {@code @TenantId}. Reads need no transaction and get none, which saves Hibernate a commit; writes need
 * one.
 */
final class HibernateSubject extends Subject {

    static {
        System.setProperty("org.jboss.logging.provider", "slf4j"); // or Hibernate talks on standard error
    }

    private final HikariDataSource pool;
    private final SessionFactory sessions;

    HibernateSubject(HikariDataSource pool, DataSource source) {
        this.pool = pool;
        this.sessions = sessionFactory(source);
    }

    private static SessionFactory sessionFactory(DataSource source) {
        Configuration configuration = new Configuration()
                .addAnnotatedClass(BookingEntity.class)
                .addAnnotatedClass(CustomerEntity.class)
                .addAnnotatedClass(ResourceEntity.class)
                .addAnnotatedClass(EventEntity.class);
        configuration.getProperties().put(JdbcSettings.JAKARTA_NON_JTA_DATASOURCE, source);
        configuration.setProperty(BatchSettings.STATEMENT_BATCH_SIZE, Scenario.BATCH_SIZE);
        configuration.setCurrentTenantIdentifierResolver(new ScopeResolver());
        return configuration.buildSessionFactory();
    }

    @Override
    Object inScope(long tenant, ScopedValue.CallableOp<Object, Exception> work) throws Exception {
        return TenantContext.where(TenantKey.of(tenant)).call(work);
    }

    @Override
    BookingRow readRow(Task task) {
        try (Session session = sessions.openSession()) {
            return session.find(BookingEntity.class, task.booking()).row();
        }
    }

    @Override
    List<BookingRow> readRange(Task task) {
        try (Session session = sessions.openSession()) {
            return range(session, task);
        }
    }

    private static List<BookingRow> range(Session session, Task task) {
        return session
                .createSelectionQuery("from Booking b where b.id >= :first order by b.id", BookingEntity.class)
                .setParameter("first", task.booking())
                .setMaxResults(Scenario.RANGE_SIZE)
                .list()
                .stream()
                .map(BookingEntity::row)
                .toList();
    }

    @Override
    List<JoinedRow> readJoin(Task task) {
        try (Session session = sessions.openSession()) {
            return session.createSelectionQuery(
                            "select b.id, c.name, r.name, b.state from Booking b"
                                    + " join Customer c on c.id = b.customerId"
                                    + " join Resource r on r.id = b.resourceId"
                                    + " where b.customerId = :customer order by b.id",
                            JoinedRow.class)
                    .setParameter("customer", task.customer())
                    .list();
        }
    }

    @Override
    int insert(Task task) {
        sessions.inTransaction(session -> session.persist(new EventEntity(task, task.event())));
        return 1;
    }

    @Override
    int insertBatch(Task task) {
        sessions.inTransaction(session -> {
            for (int i = 0; i < Scenario.BATCH_SIZE; i++) {
                session.persist(new EventEntity(task, task.event() + i));
            }
        });
        return Scenario.BATCH_SIZE;
    }

    @Override
    List<BookingRow> transaction(Task task) {
        return sessions.fromTransaction(session -> {
            BookingEntity booking = session.find(BookingEntity.class, task.booking());
            BookingRow before = booking.row();
            booking.changeState(range(session, task).getLast().state());
            session.persist(new EventEntity(task, task.event()));
            session.flush();
            session.refresh(booking);
            return List.of(before, booking.row());
        });
    }

    @Override
    public void close() {
        sessions.close();
        pool.close();
    }

    private static final class ScopeResolver implements CurrentTenantIdentifierResolver<Long> {
        @Override
        public Long resolveCurrentTenantIdentifier() {
            return TenantContext.current()
                    .map(_ -> (Long) TenantContext.requireTenant().value())
                    .orElse(0L); // asked for at start, when there is no tenant yet
        }

        @Override
        public boolean validateExistingCurrentSessions() {
            return false;
        }
    }
}
