package dev.boundary.registry;

import static dev.boundary.registry.RegistryDatabase.CHANGE;
import static dev.boundary.registry.RegistryDatabase.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;

import dev.boundary.core.TenantKey;
import dev.boundary.core.TenantKeyType;
import dev.boundary.core.internal.PlacementLookup;
import dev.boundary.core.registry.Change;
import dev.boundary.core.registry.Slug;
import dev.boundary.core.registry.Tenant;
import dev.boundary.core.registry.TenantConflictException;
import dev.boundary.core.registry.TenantRegistry;
import dev.boundary.core.registry.TenantRegistryException;
import dev.boundary.core.registry.TenantState;
import dev.boundary.core.registry.TenantStateException;
import dev.boundary.core.routing.UnknownPlacementException;
import dev.boundary.registry.internal.TenantWriter;
import dev.boundary.rls.internal.catalog.RoleBypass;
import dev.boundary.testing.postgresql.PostgresServer;
import dev.boundary.testing.postgresql.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JdbcTenantRegistryTest {

    private static final Tenant ACME = new Tenant(
            TenantKey.of(1L),
            new Slug("acme"),
            "Acme",
            Optional.of("eu"),
            TenantState.ACTIVE,
            Map.of("plan", "gold", "quote", "it's \"x\" \\ {a,b} null", "empty", ""));
    private static final Tenant BETA = new Tenant(TenantKey.of(2L), new Slug("beta"), "Beta");

    private static TestDatabase database;
    private static JdbcTenantRegistry registry;

    @BeforeAll
    static void create() throws SQLException {
        database = RegistryDatabase.create(TenantKeyType.BIGINT);
        registry = JdbcTenantRegistry.of(database.application(), database.admin());
    }

    @AfterEach
    void empty() throws SQLException {
        RegistryDatabase.empty(database);
    }

    @AfterAll
    static void drop() throws SQLException {
        database.close();
    }

    @Test
    void looksUpTenantsAsTheApplicationRole() throws SQLException {
        DataSource application = database.application();
        DataSource admin = database.admin();
        try (Connection connection = application.getConnection()) {
            assertThat(RoleBypass.find(connection)).isEmpty();
        }
        // @start region="registry"
        JdbcTenantRegistry tenants = JdbcTenantRegistry.of(application, admin);
        Change change = new Change("ann@example.com", "contract 4711");
        tenants.create(new Tenant(TenantKey.of(7L), new Slug("club"), "The Club"), change);
        tenants.addDomain(TenantKey.of(7L), "club.example.org", change);
        // @end
        assertThat(tenants.find(TenantKey.of(7L)))
                .isEqualTo(tenants.findBySlug(new Slug("club")))
                .isEqualTo(tenants.findByDomain("club.example.org"))
                .hasValueSatisfying(tenant -> assertThat(tenant.name()).isEqualTo("The Club"));
        assertThat(tenants.domains(TenantKey.of(7L))).containsExactly("club.example.org");
        assertThat(tenants.find(TenantKey.of(8L))).isEmpty();
        assertThat(tenants.findBySlug(new Slug("clu"))).isEmpty();
        assertThat(tenants.findByDomain("example.org")).isEmpty();
        assertThat(tenants.domains(TenantKey.of(8L))).isEmpty();
    }

    @Test
    void readsBackEveryPropertyOfATenant() {
        registry.create(ACME, CHANGE);
        registry.create(BETA.in(TenantState.SUSPENDED), CHANGE);
        assertThat(registry.find(ACME.key())).contains(ACME);
        assertThat(registry.list()).containsExactly(ACME, BETA.in(TenantState.SUSPENDED));
        assertThat(registry.list(EnumSet.of(TenantState.SUSPENDED)))
                .extracting(Tenant::slug)
                .containsExactly(BETA.slug());
        assertThat(registry.list(Set.of())).isEmpty();
    }

    static List<TenantKey> keys() {
        return List.of(
                TenantKey.of(UUID.fromString("7b0e4f6e-5c3b-4a52-9f0e-0f6c0a5d9b10")),
                TenantKey.of(-5L),
                TenantKey.of(Integer.MAX_VALUE),
                TenantKey.of("a/b'c\nd ü"));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void supportsKeysOfEveryType(TenantKey key) throws SQLException {
        try (TestDatabase other = RegistryDatabase.create(key.type())) {
            JdbcTenantRegistry tenants = JdbcTenantRegistry.of(other.application(), other.admin());
            Tenant tenant = new Tenant(key, new Slug("acme"), "Acme");
            tenants.create(tenant, CHANGE);
            tenants.addDomain(key, "acme.org", CHANGE);
            assertThat(tenants.find(key)).contains(tenant);
            assertThat(tenants.findByDomain("acme.org")).contains(tenant);
            assertThat(tenants.changes(key, 9))
                    .allMatch(change -> change.tenant().equals(key));
            for (TenantKey wrong : keys()) {
                if (wrong.type() != key.type()) {
                    assertThatIllegalArgumentException()
                            .isThrownBy(() -> tenants.find(wrong))
                            .withMessageContaining("type");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "' or true --",
                "'; update boundary.tenant set name = 'x'; --",
                "acme.org' or '1'='1",
                "%",
                "$1",
                "\\",
                "a\u0000b",
                "\ud800",
            })
    void lookUpValuesAreNeverSql(String attack) {
        registry.create(ACME, CHANGE);
        registry.addDomain(ACME.key(), "acme.org", CHANGE);
        assertThat(registry.findByDomain(attack)).isEmpty();
        assertThat(registry.findByDomain(attack.repeat(1000))).isEmpty();
        assertThat(registry.find(ACME.key())).contains(ACME);
    }

    @Test
    void writtenValuesAreNeverSql() throws SQLException {
        String attack = "'); delete from boundary.tenant_domain; -- \" \\ $$ $function$ {},NULL";
        Tenant tenant = new Tenant(
                ACME.key(), ACME.slug(), attack, Optional.of(attack), TenantState.ACTIVE, Map.of(attack, attack));
        Change change = new Change(attack, attack);
        registry.create(tenant, change);
        registry.addDomain(ACME.key(), "acme.org", change);
        Tenant renamed = new Tenant(
                tenant.key(), new Slug("apex"), attack + attack, tenant.region(), tenant.state(), Map.of("", attack));
        registry.update(tenant, renamed, change);
        assertThat(registry.find(ACME.key())).contains(renamed);
        assertThat(registry.domains(ACME.key())).containsExactly("acme.org");
        assertThat(registry.changes(ACME.key(), 9)).hasSize(3).allSatisfy(recorded -> {
            assertThat(recorded.actor()).isEqualTo(attack);
            assertThat(recorded.reason()).contains(attack);
            assertThat(recorded.loginRole()).isEqualTo("boundary_admin");
        });
        assertThat(rows(database, "select count(*) from boundary.tenant_domain"))
                .containsExactly("1");
    }

    @Test
    void refusesValuesThatCannotBeStored() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> registry.create(new Tenant(ACME.key(), ACME.slug(), "a\0b"), CHANGE))
                .withMessageContaining("The name of a tenant holds the character U+0000");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> registry.create(
                        new Tenant(
                                ACME.key(),
                                ACME.slug(),
                                "Acme",
                                Optional.empty(),
                                TenantState.ACTIVE,
                                Map.of("a", "\0")),
                        CHANGE))
                .withMessageContaining("An attribute");
        assertThatIllegalArgumentException().isThrownBy(() -> new Change(" ", "why"));
        assertThatIllegalArgumentException().isThrownBy(() -> new Change("ann", "a\0"));
        registry.create(ACME, CHANGE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> registry.addDomain(ACME.key(), "Not a domain", CHANGE))
                .withMessageContaining("does not take this value");
        assertThat(registry.list()).containsExactly(ACME);
    }

    @Test
    void keySlugAndDomainAreUnique() {
        registry.create(ACME, CHANGE);
        assertThatExceptionOfType(TenantConflictException.class)
                .isThrownBy(() -> registry.create(new Tenant(ACME.key(), new Slug("other"), "Other"), CHANGE))
                .withMessageContaining("the key 1 already: acme (1), ACTIVE")
                .satisfies(conflict -> assertThat(conflict.existing()).isEqualTo(ACME));
        assertThatExceptionOfType(TenantConflictException.class)
                .isThrownBy(() -> registry.create(new Tenant(TenantKey.of(3L), ACME.slug(), "Other"), CHANGE))
                .withMessageContaining("the slug acme already");
        registry.create(BETA, CHANGE);
        assertThatExceptionOfType(TenantConflictException.class)
                .isThrownBy(() -> registry.update(BETA, new Tenant(BETA.key(), ACME.slug(), "Beta"), CHANGE))
                .withMessageContaining("The slug acme belongs to acme (1), ACTIVE");
        registry.addDomain(ACME.key(), "acme.org", CHANGE);
        assertThatExceptionOfType(TenantConflictException.class)
                .isThrownBy(() -> registry.addDomain(BETA.key(), "acme.org", CHANGE))
                .withMessageContaining("belongs to acme (1)");
        assertThat(registry.addDomain(ACME.key(), "acme.org", CHANGE)).isFalse();
        assertThat(registry.removeDomain(BETA.key(), "acme.org", CHANGE)).isFalse();
        assertThat(registry.removeDomain(ACME.key(), "acme.org", CHANGE)).isTrue();
        assertThat(registry.findByDomain("acme.org")).isEmpty();
    }

    @Test
    void refusesToOverwriteAConcurrentChange() {
        registry.create(ACME, CHANGE);
        Tenant first = new Tenant(ACME.key(), ACME.slug(), "First", ACME.region(), ACME.state(), ACME.attributes());
        Tenant second = new Tenant(ACME.key(), ACME.slug(), "Acme", ACME.region(), ACME.state(), Map.of());
        registry.update(ACME, first, CHANGE);
        assertThatExceptionOfType(TenantConflictException.class)
                .isThrownBy(() -> registry.update(ACME, second, CHANGE))
                .withMessageContaining("was changed since it was read")
                .satisfies(conflict -> assertThat(conflict.existing()).isEqualTo(first));
        assertThatExceptionOfType(TenantRegistryException.class)
                .isThrownBy(() -> registry.update(BETA, BETA, CHANGE))
                .withMessageContaining("There is no tenant 2");
        assertThatIllegalArgumentException().isThrownBy(() -> registry.update(ACME, BETA, CHANGE));
    }

    @Test
    void oneOfManyConcurrentStateChangesSucceeds() throws Exception {
        registry.create(ACME, CHANGE);
        int winners = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Tenant>> operators = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                operators.add(() -> registry.changeState(
                        ACME.key(), EnumSet.of(TenantState.ACTIVE), TenantState.SUSPENDED, CHANGE));
            }
            for (Future<Tenant> outcome : threads.invokeAll(operators)) {
                if (outcome.state() == Future.State.SUCCESS) {
                    winners++;
                } else {
                    assertThat(outcome.exceptionNow())
                            .isInstanceOf(TenantStateException.class)
                            .hasMessageContaining(
                                    "acme (1) is SUSPENDED: becoming SUSPENDED takes a tenant that is ACTIVE");
                }
            }
        }
        assertThat(winners).isEqualTo(1);
        assertThat(registry.changes(ACME.key(), 99)).hasSize(2);
    }

    @Test
    void oneOfManyConcurrentClaimsOfASlugSucceeds() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Tenant>> operators = new ArrayList<>();
            for (long i = 0; i < 8; i++) {
                Tenant tenant = new Tenant(TenantKey.of(i), new Slug("wanted"), "Wanted");
                operators.add(() -> {
                    registry.create(tenant, CHANGE);
                    return tenant;
                });
            }
            List<Future<Tenant>> outcomes = threads.invokeAll(operators);
            assertThat(outcomes)
                    .filteredOn(outcome -> outcome.state() == Future.State.SUCCESS)
                    .hasSize(1);
            assertThat(outcomes)
                    .filteredOn(outcome -> outcome.state() == Future.State.FAILED)
                    .extracting(Future::exceptionNow)
                    .hasOnlyElementsOfType(TenantConflictException.class);
        }
        assertThat(registry.list()).hasSize(1);
    }

    @Test
    void changesBelongToTheCallersTransaction() throws SQLException {
        try (Connection connection = database.admin().getConnection()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> TenantWriter.on(connection))
                    .withMessageContaining("autocommit");
            connection.setAutoCommit(false);
            TenantWriter writer = TenantWriter.on(connection);
            writer.create(ACME, CHANGE);
            assertThatExceptionOfType(TenantConflictException.class).isThrownBy(() -> writer.create(ACME, CHANGE));
            assertThatExceptionOfType(TenantStateException.class)
                    .isThrownBy(() -> writer.changeState(
                            ACME.key(), EnumSet.of(TenantState.DELETED), TenantState.ACTIVE, CHANGE));
            assertThat(writer.find(ACME.key())).contains(ACME);
            assertThat(registry.find(ACME.key())).isEmpty();
            connection.rollback();
            assertThat(writer.find(ACME.key())).isEmpty();
            writer.create(BETA, CHANGE);
            connection.createStatement().execute("update boundary.tenant set name = 'By hand'");
            connection.commit();
        }
        assertThat(registry.changes(BETA.key(), 9))
                .extracting(RecordedChange::actor, change -> change.reason().orElse("-"))
                .as("the newest first; actor and reason do not apply to later changes")
                .containsExactly(tuple("boundary_admin", "-"), tuple("ann", "a test"));
        assertThat(registry.changes(BETA.key(), 1)).hasSize(1);
    }

    @Test
    void theApplicationRoleCannotWrite() throws SQLException {
        JdbcTenantRegistry wrong = JdbcTenantRegistry.of(database.application(), database.application());
        assertThatExceptionOfType(TenantRegistryException.class)
                .isThrownBy(() -> wrong.create(ACME, CHANGE))
                .withMessageContaining("Only the admin role writes the registry");
        JdbcTenantRegistry reading = JdbcTenantRegistry.of(database.application());
        assertThatIllegalStateException().isThrownBy(() -> reading.create(ACME, CHANGE));
        assertThatIllegalStateException().isThrownBy(() -> reading.changes(ACME.key(), 1));
        assertThat(rows(database, "select * from boundary.tenant")).isEmpty();
    }

    @Test
    void reportsAnErrorInsteadOfNotFound() throws SQLException {
        registry.create(ACME, CHANGE);
        TestDatabase.execute(
                database.owner(),
                "alter table boundary.tenant drop constraint tenant_state_check",
                "update boundary.tenant set state = 'PAUSED'");
        try {
            assertThatExceptionOfType(TenantRegistryException.class)
                    .isThrownBy(() -> registry.findBySlug(ACME.slug()))
                    .withMessageContaining("The row of tenant 1 in boundary.tenant cannot be a tenant")
                    .withMessageContaining("\"PAUSED\", and the states are ACTIVE, SUSPENDED");
            assertThatExceptionOfType(TenantRegistryException.class).isThrownBy(registry::list);
        } finally {
            TestDatabase.execute(
                    database.owner(),
                    "update boundary.tenant set state = 'ACTIVE'",
                    "alter table boundary.tenant add constraint tenant_state_check check"
                            + " (state in ('ACTIVE', 'SUSPENDED', 'DELETING', 'DELETED'))");
        }
        TestDatabase.execute(database.owner(), "revoke select on boundary.tenant from boundary_app");
        try {
            assertThatExceptionOfType(TenantRegistryException.class)
                    .isThrownBy(() -> registry.find(ACME.key()))
                    .withMessageContaining("permission denied")
                    .withMessageContaining("Whether there is such a tenant is not known");
        } finally {
            TestDatabase.execute(database.owner(), "grant select on boundary.tenant to boundary_app");
        }
        try (TestDatabase without = PostgresServer.shared().createDatabase()) {
            assertThatExceptionOfType(TenantRegistryException.class)
                    .isThrownBy(
                            () -> JdbcTenantRegistry.of(without.application()).find(ACME.key()))
                    .withMessageContaining("Run the change createTenantRegistry");
        }
    }

    /** Pools can be configured so. */
    @Test
    void connectionsWithoutAutocommitGoBackWithoutATransaction() throws SQLException {
        try (SharedConnection application = new SharedConnection(database.application());
                SharedConnection admin = new SharedConnection(database.admin())) {
            JdbcTenantRegistry tenants = JdbcTenantRegistry.of(application.source(), admin.source());
            tenants.create(ACME, CHANGE);
            assertThatExceptionOfType(TenantConflictException.class).isThrownBy(() -> tenants.create(ACME, CHANGE));
            assertThat(tenants.find(ACME.key())).contains(ACME);
            assertThatIllegalArgumentException().isThrownBy(() -> tenants.find(TenantKey.of("x")));
            assertThat(tenants.find(ACME.key())).contains(ACME);
            assertThat(rows(
                            database,
                            "select state from pg_stat_activity where datname = current_database() and usename in"
                                    + " ('boundary_app', 'boundary_admin')"))
                    .containsOnly("idle");
        }
    }

    /** On the pool of the statements that wait for the look-up, enough of them would wait for each other. */
    @Test
    void aPlacementIsNotLookedUpOnThePoolOfTheTables() throws SQLException {
        try (SharedConnection pool = new SharedConnection(database.application())) {
            TenantRegistry uncached = JdbcTenantRegistry.of(pool.source());
            for (TenantRegistry onPool :
                    List.of(uncached, CachedTenantRegistry.builder(uncached).build())) {
                assertThatExceptionOfType(UnknownPlacementException.class)
                        .isThrownBy(() -> PlacementLookup.in(source -> true, () -> onPool.find(ACME.key())))
                        .withMessageContaining("a pool of its own");
                onPool.find(ACME.key()); // the control
            }
        }
        PlacementLookup.in(source -> true, () -> registry.find(ACME.key())); // which is no pool
    }

    /** Where a text may be a key or a slug, such a slug would be taken for another tenant's key. */
    @Test
    void aSlugDoesNotLookLikeAKey() throws SQLException {
        assertNoSlug(database, TenantKey.of(77L), List.of("2", "007", "99999999999999999999"));
        String uuid = UUID.randomUUID().toString();
        try (TestDatabase uuids = RegistryDatabase.create(TenantKeyType.UUID)) {
            assertNoSlug(uuids, TenantKey.of(UUID.randomUUID()), List.of(uuid, uuid.replace("-", ""), "1-1-1-1-1"));
        }
    }

    private static void assertNoSlug(TestDatabase in, TenantKey key, List<String> refused) {
        JdbcTenantRegistry tenants = JdbcTenantRegistry.of(in.application(), in.admin());
        Tenant good = new Tenant(key, new Slug("shop-2"), "Shop");
        for (String slug : refused) {
            assertThatIllegalArgumentException()
                    .as(slug)
                    .isThrownBy(() -> tenants.create(new Tenant(key, new Slug(slug), "Shop"), CHANGE))
                    .withMessageContaining(
                            "looks like a tenant key of type " + key.type().sqlName());
        }
        tenants.create(good, CHANGE);
        for (String slug : refused) {
            assertThatIllegalArgumentException()
                    .as(slug)
                    .isThrownBy(() -> tenants.update(good, new Tenant(key, new Slug(slug), "Shop"), CHANGE));
        }
        assertThat(tenants.find(key)).contains(good);
    }
}
