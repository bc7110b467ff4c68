package dev.boundary.jooq.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boundary.core.TenantContext;
import dev.boundary.jooq.Binding;
import dev.boundary.jooq.Boundary;
import dev.boundary.testing.postgresql.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.AutoSave;
import org.postgresql.jdbc.PreferQueryMode;

/** A bound connection does what the driver's does, except where the session layer differs on purpose. */
class DriverComparisonTest {

    private static TestDatabase database;

    /** How the driver is set up. */
    enum Setup {
        DEFAULT {
            @Override
            void set(PGSimpleDataSource source) {}
        },
        PREPARE_AT_ONCE {
            @Override
            void set(PGSimpleDataSource source) {
                source.setPrepareThreshold(1);
            }
        },
        NEVER_PREPARE {
            @Override
            void set(PGSimpleDataSource source) {
                source.setPrepareThreshold(0);
            }
        },
        DESCRIBE_ALWAYS {
            @Override
            void set(PGSimpleDataSource source) {
                source.setPrepareThreshold(-1);
            }
        },
        EXTENDED_FOR_PREPARED {
            @Override
            void set(PGSimpleDataSource source) {
                source.setPreferQueryMode(PreferQueryMode.EXTENDED_FOR_PREPARED);
            }
        },
        CACHE_EVERYTHING {
            @Override
            void set(PGSimpleDataSource source) {
                source.setPreferQueryMode(PreferQueryMode.EXTENDED_CACHE_EVERYTHING);
            }
        },
        TEXT_ONLY {
            @Override
            void set(PGSimpleDataSource source) {
                source.setBinaryTransfer(false);
            }
        },
        UNTYPED_STRINGS {
            @Override
            void set(PGSimpleDataSource source) {
                source.setStringType("unspecified");
            }
        },
        AUTOSAVE_ALWAYS {
            @Override
            void set(PGSimpleDataSource source) {
                source.setAutosave(AutoSave.ALWAYS);
            }
        },
        AUTOSAVE_CONSERVATIVE {
            @Override
            void set(PGSimpleDataSource source) {
                source.setAutosave(AutoSave.CONSERVATIVE);
            }
        },
        REWRITE_BATCHES {
            @Override
            void set(PGSimpleDataSource source) {
                source.setReWriteBatchedInserts(true);
            }
        },
        FETCH_SIZE {
            @Override
            void set(PGSimpleDataSource source) {
                source.setDefaultRowFetchSize(2);
            }
        };

        abstract void set(PGSimpleDataSource source);
    }

    /**
     * What the session layer does otherwise on purpose.
     *
     * @param scenario where
     * @param lines a pattern of what is seen on a bare connection
     * @param bindings with which bindings
     * @param setups with which options of the driver
     * @param reason why
     */
    private record Difference(
            DriverScenario scenario, String lines, Set<Binding> bindings, Set<Setup> setups, String reason) {

        Difference(DriverScenario scenario, String lines, Set<Binding> bindings, String reason) {
            this(scenario, lines, bindings, EnumSet.allOf(Setup.class), reason);
        }

        boolean explains(DriverScenario other, Binding binding, Setup setup, String line) {
            return scenario == other
                    && bindings.contains(binding)
                    && setups.contains(setup)
                    && line.matches("(?s)" + lines);
        }
    }

    private static final Set<Binding> ALL = EnumSet.allOf(Binding.class);
    private static final Set<Binding> WITH_THE_STATEMENT = EnumSet.of(Binding.PREFIX, Binding.SET_LOCAL);

    private static final List<Difference> ON_PURPOSE = List.of(
            new Difference(
                    DriverScenario.UNWRAPPING,
                    "driver's.*|updatable.*",
                    ALL,
                    "the driver's objects execute statements without a tenant"),
            new Difference(
                    DriverScenario.MANY_STATEMENTS_THE_LAST_OF_WHICH_FAILS,
                    "rows.*",
                    WITH_THE_STATEMENT,
                    "all or nothing: the driver commits the first 255"),
            new Difference(
                    DriverScenario.OUTSIDE_OF_TRANSACTIONS,
                    "(vacuum|committing|lock).*",
                    WITH_THE_STATEMENT,
                    "statement and tenant are one transaction"),
            new Difference(
                    DriverScenario.EXECUTE_QUERY_AND_UPDATE,
                    " {2}rows = .*",
                    EnumSet.of(Binding.PREFIX),
                    "after the error about rows in executeUpdate, getResultSet() has them; the driver's has none"),
            new Difference(
                    DriverScenario.BATCHES,
                    "(failing|rows after it) = .*",
                    WITH_THE_STATEMENT,
                    EnumSet.of(Setup.EXTENDED_FOR_PREPARED),
                    "all or nothing: the driver sends and commits each statement of the batch on its own"),
            new Difference(
                    DriverScenario.TRANSACTIONS,
                    "aborted = PSQLException: .*",
                    EnumSet.of(Binding.PREFIX),
                    EnumSet.of(Setup.AUTOSAVE_CONSERVATIVE),
                    "the same error twice, for the savepoint before the prefix failed, too"),
            new Difference(
                    DriverScenario.CLOSE_ON_COMPLETION,
                    "closed = false",
                    ALL,
                    EnumSet.of(Setup.DESCRIBE_ALWAYS),
                    "the driver forgets to close what it has described before"));

    @BeforeAll
    static void create() throws SQLException {
        database = SessionDatabase.create();
        TestDatabase.execute(
                database.superuser(),
                "create function note_count(int) returns bigint language sql as 'select count(*) + $1 from note'",
                "create function note_cursor() returns refcursor language plpgsql as $$"
                        + " declare c refcursor := 'of_notes'; begin open c for select id from note order by id;"
                        + " return c; end $$",
                "create procedure note_commit() language plpgsql as $$ begin update note set text = text; commit; end $$");
        createView("select id, text from note");
    }

    static void createView(String select) throws SQLException {
        TestDatabase.execute(
                database.superuser(),
                "drop view if exists note_view",
                "create view note_view with (security_invoker) as " + select,
                "grant select on note_view to " + database.roles().application());
    }

    @AfterAll
    static void drop() throws SQLException {
        database.close();
    }

    @Test
    void asTheDriver() throws SQLException {
        compare(Binding.PREFIX, Setup.DEFAULT);
    }

    @Tag("long")
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PREFIX")
    void asTheDriverWithOtherBindings(Binding binding) throws SQLException {
        compare(binding, Setup.DEFAULT);
    }

    /** The comparison itself: another tenant's rows, and counts, are other ones. */
    @Test
    void differencesAreSeen() throws SQLException {
        PGSimpleDataSource other = source(Setup.DEFAULT);
        other.setOptions("-c app.current_tenant_id=2");
        List<String> differences = new ArrayList<>();
        DriverScenario scenario = DriverScenario.RESULTS_OF_EXECUTE;
        collect(
                scenario,
                Binding.PREFIX,
                Setup.DEFAULT,
                play(scenario, bare(Setup.DEFAULT)),
                play(scenario, other),
                differences);
        assertThat(differences).isNotEmpty();
    }

    private static Stream<Arguments> otherSetups() {
        return Stream.of(Binding.values())
                .flatMap(binding -> Stream.of(Setup.values())
                        .filter(setup -> setup != Setup.DEFAULT)
                        .map(setup -> Arguments.of(binding, setup)));
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("otherSetups")
    void asTheDriverHoweverItIsSetUp(Binding binding, Setup setup) throws SQLException {
        compare(binding, setup);
    }

    private static void compare(Binding binding, Setup setup) throws SQLException {
        DataSource bare = bare(setup);
        DataSource bound = Boundary.builder(SessionDatabase.schema())
                .binding(binding)
                .build()
                .dataSource(source(setup));
        List<String> differences = new ArrayList<>();
        for (DriverScenario scenario : DriverScenario.values()) {
            List<String> expected = play(scenario, bare);
            List<String> actual = TenantContext.where(SessionDatabase.A)
                    .<List<String>, SQLException>call(() -> play(scenario, bound));
            collect(scenario, binding, setup, expected, actual, differences);
        }
        assertThat(differences).isEmpty();
    }

    private static void collect(
            DriverScenario scenario,
            Binding binding,
            Setup setup,
            List<String> expected,
            List<String> actual,
            List<String> differences) {
        for (int i = 0; i < Math.max(expected.size(), actual.size()); i++) {
            String one = i < expected.size() ? expected.get(i) : "(end)";
            String other = i < actual.size() ? actual.get(i) : "(end)";
            boolean explained =
                    ON_PURPOSE.stream().anyMatch(difference -> difference.explains(scenario, binding, setup, one));
            if (!one.equals(other) && !explained) {
                differences.add(scenario + " step " + i + "\n   bare  " + one + "\n   bound " + other + "\n");
            }
        }
    }

    private static List<String> play(DriverScenario scenario, DataSource source) throws SQLException {
        SessionDatabase.reset(database.superuser());
        createViewAgain(scenario);
        DriverLog log = new DriverLog();
        try (Connection connection = source.getConnection()) {
            scenario.go(connection, log);
            if (!connection.isClosed() && !connection.getAutoCommit()) {
                connection.rollback();
            }
        } catch (SQLException e) {
            log.run("the end", () -> {
                throw e;
            });
        }
        return log.lines();
    }

    private static void createViewAgain(DriverScenario scenario) throws SQLException {
        if (scenario == DriverScenario.FORGOTTEN_BY_THE_SERVER) {
            createView("select id, text from note");
        }
    }

    private static PGSimpleDataSource source(Setup setup) {
        PGSimpleDataSource source = database.application();
        setup.set(source);
        return source;
    }

    /** Connections of the driver, whose tenant is set for the session. */
    private static DataSource bare(Setup setup) {
        PGSimpleDataSource source = source(setup);
        source.setOptions("-c app.current_tenant_id=1");
        return source;
    }
}
