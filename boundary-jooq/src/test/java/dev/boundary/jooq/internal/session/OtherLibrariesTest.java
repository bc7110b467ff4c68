package dev.boundary.jooq.internal.session;

import static dev.boundary.jooq.internal.session.SessionDatabase.A;
import static dev.boundary.jooq.internal.session.SessionDatabase.B;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE_ID;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE_TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.boundary.core.StatementRefusedException;
import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantKey;
import dev.boundary.core.TenantNotSetException;
import dev.boundary.jooq.Binding;
import dev.boundary.jooq.Boundary;
import dev.boundary.jooq.Layers;
import dev.boundary.testing.postgresql.TestDatabase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.hibernate.cfg.JdbcSettings;
import org.jooq.DSLContext;
import org.jooq.Query;
import org.jooq.conf.Settings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Spring's JdbcTemplate, Hibernate and jOOQ's parsing connection, with each binding, on a pool of one connection. */
@ExtendWith(SharedDatabase.class)
@ParameterizedClass
@EnumSource
class OtherLibrariesTest {

    private final Binding binding;
    private static TestDatabase database;
    private HikariDataSource pool;
    private Boundary boundary;
    private DataSource source;

    OtherLibrariesTest(Binding binding) {
        this.binding = binding;
    }

    @BeforeAll
    static void create(TestDatabase shared) {
        database = shared;
    }

    @BeforeEach
    void start() throws SQLException {
        SessionDatabase.reset(database);
        HikariConfig config = new HikariConfig();
        config.setDataSource(database.application());
        config.setMaximumPoolSize(1);
        config.setConnectionTimeout(2_000);
        pool = new HikariDataSource(config);
        boundary = Boundary.builder(SessionDatabase.schema()).binding(binding).build();
        source = boundary.dataSource(pool);
    }

    @AfterEach
    void nothingIsLeftBehind() throws SQLException {
        try (HikariDataSource closing = pool;
                Connection connection = closing.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("select coalesce(current_setting('app.current_tenant_id', true), '')")) {
            row.next();
            assertThat(row.getString(1)).isEmpty();
        }
    }

    @Test
    void jdbcTemplate() {
        JdbcTemplate spring = new JdbcTemplate(source);
        String select = "select text from note where id > ? order by id";
        for (int i = 0; i < 7; i++) {
            assertThat(in(A, () -> spring.queryForList(select, String.class, 0)))
                    .containsExactly("a1", "a2");
            assertThat(in(B, () -> spring.queryForList(select, String.class, 0)))
                    .containsExactly("b1", "b2");
        }
        assertThat(in(A, () -> spring.update("update note set text = ?", "x"))).isEqualTo(2);
        assertThat(in(
                        A,
                        () -> spring.batchUpdate(
                                        "insert into note (text) values (?)",
                                        List.of(new Object[] {"n1"}, new Object[] {"n2"}))
                                .length))
                .isEqualTo(2);
        assertThat(in(A, () -> spring.queryForList(select, String.class, 0))).containsExactly("x", "x", "n1", "n2");
        assertThat(in(B, () -> spring.queryForList(select, String.class, 0))).containsExactly("b1", "b2");
        assertThatThrownBy(() -> spring.queryForList(select, String.class, 0))
                .isInstanceOf(TenantNotSetException.class);
        assertThatThrownBy(() -> in(A, () -> spring.update("insert into note (tenant_id, text) values (2, 'stolen')")))
                .rootCause()
                .hasMessageContaining("row-level security");
    }

    @Test
    void springsTransactions() {
        JdbcTemplate spring = new JdbcTemplate(source);
        TransactionTemplate transaction = new TransactionTemplate(new DataSourceTransactionManager(source));
        in(
                A,
                () -> transaction.execute(status -> {
                    assertThat(spring.update("update note set text = 'x'")).isEqualTo(2);
                    assertThatThrownBy(() -> in(B, () -> spring.update("update note set text = 'x'")))
                            .isInstanceOf(StatementRefusedException.class);
                    status.setRollbackOnly();
                    return true;
                }));
        assertThat(in(A, () -> spring.queryForList("select text from note order by id", String.class)))
                .containsExactly("a1", "a2");
    }

    @Test
    void hibernate() {
        Configuration configuration = new Configuration().addAnnotatedClass(Note.class);
        configuration.getProperties().put(JdbcSettings.JAKARTA_NON_JTA_DATASOURCE, source);
        try (SessionFactory sessions = configuration.buildSessionFactory()) {
            for (int i = 0; i < 7; i++) {
                assertThat(in(A, () -> texts(sessions))).containsExactly("a1", "a2");
                assertThat(in(B, () -> texts(sessions))).containsExactly("b1", "b2");
            }
            in(
                    A,
                    () -> sessions.fromTransaction(session -> {
                        session.persist(new Note("new"));
                        session.createSelectionQuery("from Note where text = 'a1'", Note.class)
                                .getSingleResult()
                                .text = "changed";
                        return true;
                    }));
            assertThat(in(A, () -> texts(sessions))).containsExactly("changed", "a2", "new");
            assertThat(in(B, () -> texts(sessions))).containsExactly("b1", "b2");
            assertThatThrownBy(() -> texts(sessions)).isInstanceOf(TenantNotSetException.class);
        }
    }

    private static List<String> texts(SessionFactory sessions) {
        try (Session session = sessions.openSession()) {
            return session.createSelectionQuery("select text from Note order by id", String.class)
                    .getResultList();
        }
    }

    @Test
    void parsingConnectionWithRowLevelSecurityAlone() throws SQLException {
        DSLContext db = Boundary.builder(SessionDatabase.schema())
                .layers(Layers.RLS_ONLY)
                .binding(binding)
                .build()
                .dsl(pool);
        parses(db);
    }

    @Test
    void parsingConnectionWithBothLayers() throws SQLException {
        parses(boundary.dsl(pool));
    }

    /** jOOQ would keep the SQL with the tenant that was written into it. */
    @Test
    void parsingConnectionWithItsCacheTurnedOnAgain() throws SQLException {
        parses(boundary.dsl(pool).configuration().derive(new Settings()).dsl());
    }

    private static void parses(DSLContext db) throws SQLException {
        for (TenantKey tenant : List.of(A, B, A, A, B, B, A, B)) {
            String name = tenant.equals(A) ? "a" : "b";
            TenantContext.where(tenant).<Void, SQLException>call(() -> {
                try (Connection connection = db.parsingConnection();
                        PreparedStatement prepared =
                                connection.prepareStatement("select text from note where id > ? order by id");
                        Statement statement = connection.createStatement()) {
                    prepared.setLong(1, 0L);
                    try (ResultSet rows = prepared.executeQuery()) {
                        assertThat(all(rows)).containsExactly(name + "1", name + "2");
                    }
                    try (ResultSet rows = statement.executeQuery("select text from note order by id")) {
                        assertThat(all(rows)).containsExactly(name + "1", name + "2");
                    }
                    assertThat(statement.executeUpdate("update note set text = text"))
                            .isEqualTo(2);
                }
                return null;
            });
        }
    }

    @Test
    void sqlThatJooqRendersAndOthersExecute() {
        DSLContext db = boundary.dsl(pool);
        JdbcTemplate spring = new JdbcTemplate(source);
        Query query = db.select(NOTE_TEXT).from(NOTE).where(NOTE_ID.gt(0L)).orderBy(NOTE_ID);
        assertThat(in(
                        B,
                        () -> spring.queryForList(
                                query.getSQL(),
                                String.class,
                                query.getBindValues().toArray())))
                .containsExactly("b1", "b2");
        Query insert = db.insertInto(NOTE, NOTE_TEXT).values("n");
        assertThat(in(
                        B,
                        () -> spring.update(
                                insert.getSQL(), insert.getBindValues().toArray())))
                .isEqualTo(1);
    }

    private static List<String> all(ResultSet rows) throws SQLException {
        List<String> values = new ArrayList<>();
        while (rows.next()) {
            values.add(rows.getString(1));
        }
        return values;
    }

    private static <T> T in(TenantKey tenant, ScopedValue.CallableOp<T, RuntimeException> work) {
        return TenantContext.where(tenant).call(work);
    }

    /** The table as Hibernate knows it, which need not know of the tenant. */
    @Entity(name = "Note")
    @Table(name = "note")
    static class Note {
        @Id
        @GeneratedValue(strategy = GenerationType.IDENTITY)
        @Column(name = "id")
        private long id;

        @Column(name = "text")
        private String text = "";

        Note() {}

        Note(String text) {
            this.text = text;
        }
    }
}
