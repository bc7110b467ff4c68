package dev.boundary.jooq.internal.session;

import static dev.boundary.jooq.internal.session.SessionDatabase.A;
import static dev.boundary.jooq.internal.session.SessionDatabase.B;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE_ID;
import static dev.boundary.jooq.internal.session.SessionDatabase.NOTE_TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.boundary.core.TenantContext;
import dev.boundary.jooq.Binding;
import dev.boundary.jooq.Boundary;
import dev.boundary.jooq.Layers;
import dev.boundary.testing.postgresql.PostgresServer;
import dev.boundary.testing.postgresql.TestDatabase;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Each way of execution, cut off at each point: nothing is left behind, nothing done twice or half. */
@ExtendWith(SharedDatabase.class)
class FaultWaysTest {

    private static final int CONNECTIONS = 2;
    private static final Map<FaultProxy.Cut, Set<Way>> REACHED = new EnumMap<>(FaultProxy.Cut.class);

    private static TestDatabase database;
    private static SingleConnectionDataSource superuser;
    private static FaultProxy proxy;
    private static HikariDataSource pool;
    private static final Map<Binding, DSLContext> CONTEXTS = new EnumMap<>(Binding.class);

    @BeforeAll
    static void start(TestDatabase shared) throws Exception {
        database = shared;
        superuser = new SingleConnectionDataSource(database.superuser().getConnection(), true);
        proxy = new FaultProxy(
                PostgresServer.shared().host(), PostgresServer.shared().port());
        pool = new HikariDataSource(config());
        for (Binding binding : Binding.values()) {
            CONTEXTS.put(
                    binding,
                    Boundary.builder(SessionDatabase.schema())
                            .layers(Layers.RLS_ONLY)
                            .binding(binding)
                            .build()
                            .dsl(pool));
        }
    }

    /** Otherwise the test would prove nothing: each way was cut, and the prefixed ones between prefix and statement. */
    @AfterAll
    static void stop() throws Exception {
        pool.close();
        proxy.close();
        superuser.destroy();
        for (FaultProxy.Cut cut : List.of(FaultProxy.Cut.BEFORE_THE_PREFIX, FaultProxy.Cut.BEFORE_THE_ANSWER)) {
            assertThat(REACHED.get(cut)).as("cut %s", cut).isEqualTo(EnumSet.allOf(Way.class));
        }
        assertThat(REACHED.get(FaultProxy.Cut.BETWEEN_PREFIX_AND_STATEMENT))
                .contains(Way.FETCH, Way.EXECUTE, Way.RETURNING, Way.STATIC_STATEMENT, Way.PLAIN_JDBC);
    }

    @ParameterizedTest
    @EnumSource
    void prefixed(Way way) throws SQLException {
        for (FaultProxy.Cut cut : FaultProxy.Cut.values()) {
            cutOff(way, cut, Binding.PREFIX);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EXECUTE", "RETURNING", "BATCH_OF_ONE", "CURSOR", "SAVEPOINT", "PLAIN_JDBC"})
    void otherBindings(Way way) throws SQLException {
        for (Binding binding : List.of(Binding.SET_LOCAL, Binding.CHECKOUT)) {
            for (FaultProxy.Cut cut :
                    List.of(FaultProxy.Cut.NEVER, FaultProxy.Cut.BEFORE_THE_PREFIX, FaultProxy.Cut.BEFORE_THE_ANSWER)) {
                cutOff(way, cut, binding);
            }
        }
    }

    private static void cutOff(Way way, FaultProxy.Cut cut, Binding binding) throws SQLException {
        SessionDatabase.reset(superuser);
        DSLContext db = Objects.requireNonNull(CONTEXTS.get(binding));
        proxy.cutOnce(cut);
        boolean succeeds = TenantContext.where(A).call(() -> succeeds(way, db));
        boolean reached = cut != FaultProxy.Cut.NEVER && proxy.hasCut();
        proxy.cutOnce(FaultProxy.Cut.NEVER);
        if (reached && binding == Binding.PREFIX) {
            REACHED.computeIfAbsent(cut, _ -> EnumSet.noneOf(Way.class)).add(way);
        }
        String what = way + " cut " + cut + " with " + binding;
        assertThat(HammerTest.settingsLeft(pool, CONNECTIONS)).as(what).containsOnly("");
        assertThat(TenantContext.where(B)
                        .call(() ->
                                db.select(NOTE_TEXT).from(NOTE).orderBy(NOTE_ID).fetch(NOTE_TEXT)))
                .as(what)
                .containsExactly("b1", "b2");
        if (succeeds) {
            assertThat(marks()).as(what).isEqualTo(way.rows());
        } else if (cut == FaultProxy.Cut.BEFORE_THE_ANSWER) {
            assertThat(marks()).as(what).isIn(0, way.rows()); // done or not: the client does not know
        } else {
            assertThat(marks()).as(what).isZero();
        }
        assertThat(succeeds).as(what).isEqualTo(!reached);
    }

    @SuppressWarnings("CatchingUnchecked")
    private static boolean succeeds(Way way, DSLContext db) {
        try {
            way.go(db);
            return true;
        } catch (RuntimeException _) {
            return false;
        }
    }

    private static HikariConfig config() {
        PGSimpleDataSource source = database.application();
        source.setServerNames(new String[] {"localhost"});
        source.setPortNumbers(new int[] {proxy.port()});
        source.setSslMode("disable");
        source.setGssEncMode("disable");
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setMaximumPoolSize(CONNECTIONS);
        FaultTest.opensOnDemandOnly(config);
        config.setConnectionTimeout(10_000);
        return config;
    }

    private static int marks() {
        return DSL.using(superuser, SQLDialect.POSTGRES).fetchCount(NOTE, NOTE_TEXT.eq(Way.MARK));
    }
}
