package dev.boundary.registry;

import static dev.boundary.registry.RegistryDatabase.CHANGE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.boundary.core.TenantKey;
import dev.boundary.core.TenantKeyType;
import dev.boundary.core.registry.Slug;
import dev.boundary.core.registry.Tenant;
import dev.boundary.core.registry.TenantState;
import dev.boundary.testing.postgresql.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** A change in this process evicts entries of a cache in another. */
class CacheInAnotherProcessTest {

    private static final Tenant ACME = new Tenant(TenantKey.of(1L), new Slug("acme"), "Acme");

    @Test
    void evictsAChangedTenant() throws Exception {
        try (TestDatabase database = RegistryDatabase.create(TenantKeyType.BIGINT)) {
            JdbcTenantRegistry registry = JdbcTenantRegistry.of(database.application(), database.admin());
            registry.create(ACME, CHANGE);
            ProcessBuilder command = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Service.class.getName())
                    .redirectError(ProcessBuilder.Redirect.INHERIT);
            command.environment().put("SERVICE_URL", database.jdbcUrl());
            command.environment().put("SERVICE_USER", database.roles().application());
            command.environment().put("SERVICE_PASSWORD", database.password());
            Process process = command.start();
            try (BufferedReader answers = process.inputReader(StandardCharsets.UTF_8);
                    PrintStream questions = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8)) {
                assertThat(answers.readLine()).isEqualTo("listening: true");
                assertThat(ask(questions, answers, "listening")).isEqualTo("ACTIVE");
                assertThat(ask(questions, answers, "deaf")).isEqualTo("ACTIVE");

                registry.changeState(ACME.key(), EnumSet.of(TenantState.ACTIVE), TenantState.SUSPENDED, CHANGE);

                long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
                while (!ask(questions, answers, "listening").equals("SUSPENDED")) {
                    assertThat(System.nanoTime()).isLessThan(end);
                }
                assertThat(ask(questions, answers, "deaf"))
                        .as("the same process, without a listener")
                        .isEqualTo("ACTIVE");
                questions.println("end");
                assertThat(process.waitFor()).isZero();
            } finally {
                process.destroyForcibly();
            }
        }
    }

    private static String ask(PrintStream questions, BufferedReader answers, String cache) throws IOException {
        questions.println(cache);
        return Objects.requireNonNull(answers.readLine(), "the other process has ended");
    }

    /** What runs in the other process: two caches, of which one listens. */
    static final class Service {

        private Service() {}

        public static void main(String[] arguments) throws Exception {
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setUrl(System.getenv("SERVICE_URL"));
            source.setUser(System.getenv("SERVICE_USER"));
            source.setPassword(System.getenv("SERVICE_PASSWORD"));
            CachedTenantRegistry listening = cache(source);
            CachedTenantRegistry deaf = cache(source);
            try (TenantChangeListener listener =
                            TenantChangeListener.builder(source, listening).start();
                    BufferedReader questions =
                            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
                System.out.println("listening: " + listener.awaitListening(Duration.ofSeconds(60)));
                for (String question = questions.readLine();
                        question != null && !question.equals("end");
                        question = questions.readLine()) {
                    CachedTenantRegistry asked = question.equals("deaf") ? deaf : listening;
                    System.out.println(
                            asked.findBySlug(ACME.slug()).orElseThrow().state());
                }
            }
        }

        private static CachedTenantRegistry cache(PGSimpleDataSource source) {
            return CachedTenantRegistry.builder(JdbcTenantRegistry.of(source))
                    .timeToLive(Duration.ofDays(1))
                    .build();
        }
    }
}
