package dev.boundary.tenants.lifecycle;

import static dev.boundary.tenants.lifecycle.Registered.CHANGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.boundary.core.Scope.TenantScope;
import dev.boundary.core.event.BoundaryEvent.TenantLifecycleEvent;
import dev.boundary.core.event.BoundaryEvent.TenantLifecycleEvent.Step;
import dev.boundary.core.registry.Change;
import dev.boundary.core.registry.Tenant;
import dev.boundary.core.registry.TenantState;
import dev.boundary.core.registry.TenantStateException;
import dev.boundary.tenants.RowCounts;
import dev.boundary.tenants.TenantDataException;
import dev.boundary.tenants.World;
import dev.boundary.tenants.archive.TenantArchive;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A process that deprovisions is killed at each step; another one finishes its work. */
class KilledDeprovisioningTest {

    private static final Tenant ACME = Registered.tenant(World.A, "acme");
    private static final long ROWS = 36;

    @TempDir
    private Path archives;

    /** Where the process is killed. */
    enum Point {
        /** The tenant is DELETING, and nothing else was done. */
        SHUT_OUT,
        /** Some files of the archive are written. */
        EXPORT,
        /** The archive is complete, and the registry does not know of it. */
        VERIFY,
        /** The registry records that rows may be gone, and none is. */
        EXPORTED,
        /** Some rows are gone. */
        ERASE,
        /** All rows are gone, and the registry does not know it. */
        END;

        /** Whether the rows are all there still, and the tenant can be restored. */
        boolean beforeErasure() {
            return compareTo(EXPORTED) < 0;
        }
    }

    @Test
    void whileRowsAreErased() throws Exception {
        killedAt(Point.ERASE);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("long")
    void anywhere(Point point) throws Exception {
        killedAt(point);
    }

    private void killedAt(Point point) throws Exception {
        try (Registered here = Registered.filled()) {
            here.registry.create(ACME, CHANGE);
            TenantLifecycle lifecycle = here.lifecycle().build();
            lifecycle.delete(ACME.key(), CHANGE);
            Map<String, String> others = here.world.digestWithout(World.A);

            kill(here.world, point);

            assertThat(here.world.digestWithout(World.A)).isEqualTo(others);
            assertThat(here.registry.find(ACME.key()).orElseThrow().state()).isEqualTo(TenantState.DELETING);
            long left = rows(here).total();
            assertThat(left)
                    .isEqualTo(
                            switch (point) {
                                case END -> 0L;
                                case ERASE -> left;
                                default -> ROWS;
                            });
            if (point == Point.ERASE) {
                assertThat(left).isBetween(1L, ROWS - 1);
            }
            if (point == Point.EXPORT) {
                assertThatExceptionOfType(TenantDataException.class)
                        .as("an incomplete archive")
                        .isThrownBy(() -> TenantArchive.open(folders().getFirst()));
            }
            if (!point.beforeErasure()) {
                assertThatExceptionOfType(TenantStateException.class)
                        .isThrownBy(() -> lifecycle.restore(ACME.key(), CHANGE));
            }

            Deprovisioned outcome = lifecycle
                    .deprovision(ACME.key())
                    .withConfirmation("acme")
                    .withExport(archives)
                    .run(CHANGE);

            assertThat(outcome.tenant().state()).isEqualTo(TenantState.DELETED);
            assertThat(rows(here).total()).isZero();
            TenantArchive archive = TenantArchive.open(outcome.archive().orElseThrow());
            archive.verify();
            assertThat(archive.manifest().rows().total()).isEqualTo(ROWS);
            assertThat(folders())
                    .as("a second archive only if the first was not written down")
                    .hasSize(point == Point.EXPORT || point == Point.VERIFY ? 2 : 1);
            assertThat(here.world.digestWithout(World.A)).isEqualTo(others);
            assertThat(here.audit(ACME))
                    .containsOnlyOnce("ERASURE_BEGUN by " + (point.beforeErasure() ? "ann" : "the other process"))
                    .containsOnlyOnce("ERASURE_ENDED by ann");
        }
    }

    private static RowCounts rows(Registered here) throws Exception {
        return here.world.erasure().dryRun(ACME.scope());
    }

    private List<Path> folders() throws Exception {
        try (Stream<Path> folders = Files.list(archives)) {
            return folders.sorted().toList();
        }
    }

    /** Returns when the server has noticed. */
    private void kill(World world, Point point) throws Exception {
        ProcessBuilder command = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Operator.class.getName(),
                        point.name(),
                        archives.toString(),
                        world.database().jdbcUrl(),
                        world.database().roles().application(),
                        world.database().roles().admin())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        command.environment().put("OPERATOR_PASSWORD", world.database().password());
        Process process = command.start();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(lines.readLine()).isEqualTo("reached " + point);
        } finally {
            process.destroyForcibly().waitFor();
        }
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!world.ask("select count(*) from pg_stat_activity where datname = current_database()"
                        + " and application_name = 'operator'")
                .equals("0")) {
            assertThat(System.nanoTime()).isLessThan(end);
        }
    }

    /** Runs in the other process, and waits at the point. */
    static final class Operator {

        private final Point point;
        private int erased;

        private Operator(Point point) {
            this.point = point;
        }

        public static void main(String[] arguments) throws Exception {
            Operator operator = new Operator(Point.valueOf(arguments[0]));
            PGSimpleDataSource application = source(arguments[2], arguments[3]);
            PGSimpleDataSource admin = source(arguments[2], arguments[4]);
            TenantScope tenant = World.A;
            TenantLifecycle.builder(admin)
                    .rows(application, admin)
                    .listener(event -> operator.on(((TenantLifecycleEvent) event).step()))
                    .hook(new TenantHook() {
                        @Override
                        public void before(Step step, Tenant hooked, Connection transaction) {
                            operator.reach(step == Step.DEPROVISIONED, Point.END);
                        }
                    })
                    .build()
                    .deprovision(tenant.tenant())
                    .withConfirmation("acme")
                    .withExport(Path.of(arguments[1]))
                    .withBatchSize(1)
                    .withProgress(progress -> operator.on(progress.step(), progress.table()))
                    .run(new Change("the other process", "a test"));
            System.out.println("not reached");
        }

        private static PGSimpleDataSource source(String url, String user) {
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setUrl(url);
            source.setUser(user);
            source.setPassword(System.getenv("OPERATOR_PASSWORD"));
            source.setApplicationName("operator");
            return source;
        }

        private void on(Step step) {
            reach(step == Step.DEPROVISIONING, Point.SHUT_OUT);
            reach(step == Step.EXPORTED, Point.EXPORTED);
        }

        private void on(String step, String table) {
            reach(step.equals("export") && table.equals("public.booking"), Point.EXPORT);
            reach(step.equals("verify"), Point.VERIFY);
            reach(step.equals("erase") && ++erased == 3, Point.ERASE);
        }

        private void reach(boolean reached, Point where) {
            if (reached && point == where) {
                System.out.println("reached " + point);
                while (true) {
                    LockSupport.park();
                }
            }
        }
    }
}
