package dev.boundary.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.boundary.core.TenantKeyType;
import dev.boundary.doctor.Rule.Severity;
import dev.boundary.rls.Catalog;
import dev.boundary.rls.CreateBoundaryRoles;
import dev.boundary.rls.InstallBoundary.PredicateForm;
import dev.boundary.rls.PostgresVersionTest;
import dev.boundary.rls.RlsChange;
import dev.boundary.rls.RoleNames;
import dev.boundary.rls.TableChanges;
import dev.boundary.rls.TableName;
import dev.boundary.rls.TablePrivilege;
import dev.boundary.rls.TableRows;
import dev.boundary.rls.internal.catalog.RoleBypass;
import dev.boundary.testing.postgresql.PostgresServer;
import dev.boundary.testing.postgresql.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PreferQueryMode;

/** For every rule a database with the hole and one without; what fixes it, does. */
@Tag("every-postgresql")
class DoctorRulesTest {

    private static TestDatabase shared;
    private static Connection superuser;
    private static Report sound;
    private static int major;

    @BeforeAll
    static void prepare() throws SQLException {
        shared = DoctorDatabase.create();
        superuser = shared.superuser().getConnection();
        sound = examine(shared.owner(), Expectations.derived());
        try (Connection connection = shared.owner().getConnection()) {
            major = connection.getMetaData().getDatabaseMajorVersion();
        }
    }

    @AfterAll
    static void drop() throws SQLException {
        superuser.close();
        shared.close();
    }

    private static final String SETTING = "nullif(current_setting('app.current_tenant_id', true), '')::uuid";
    private static final String INVOICE = "create table invoice (tenant_id uuid not null, id uuid, ";
    private static final String CASELESS =
            "create collation caseless (provider = icu, locale = 'und-u-ks-level2', deterministic = false)";
    private static final String DEFINER =
            "create function all_bookings() returns bigint language sql security definer as 'select count(*) from"
                    + " public.booking'";

    /** Rules that the catalog of this one server cannot show; ServerRulesTest changes the catalog. */
    private static final Set<String> OF_THE_SERVER = Set.of("BND-061", "BND-062", "BND-063");

    /** Holes, and ways to be safe, that came with a later major version than the oldest supported one. */
    private static final Map<String, Integer> SINCE = Map.of("BND-009", 15, "BND-040", 17);

    private static final Map<String, Integer> SAFE_SINCE = Map.of("BND-056", 15, "BND-059", 15);

    /**
     * A hole.
     *
     * @param sql makes it, run by a superuser in a transaction that is not committed
     * @param decided whether a statement can fix it
     */
    record Hole(String rule, List<String> sql, boolean decided, Expectations expectations) {

        @Override
        public String toString() {
            return rule + " " + String.join("; ", sql);
        }
    }

    private static Hole hole(String rule, String... sql) {
        return new Hole(rule, List.of(sql), true, Expectations.derived());
    }

    private static Hole open(String rule, String... sql) {
        return new Hole(rule, List.of(sql), false, Expectations.derived());
    }

    /** On an older PostgreSQL, where the catalog has the same columns or none, one for each rule. */
    static Stream<Hole> holes() {
        Set<String> rules = new HashSet<>();
        return Stream.of(roles(), tables(), policies(), grants(), keys(), routines(), views())
                .flatMap(List::stream)
                .filter(hole -> rules.add(hole.rule()) || !PostgresVersionTest.older());
    }

    private static List<Hole> roles() {
        return List.of(
                hole("BND-001", "alter role boundary_app bypassrls"),
                hole("BND-001", "alter role boundary_app superuser"),
                hole(
                        "BND-002",
                        "create role doctor_power bypassrls; create role doctor_middle; grant doctor_power to"
                                + " doctor_middle; grant doctor_middle to boundary_app"),
                hole("BND-003", "alter table booking owner to boundary_app"),
                hole("BND-003", "grant boundary_owner to boundary_app"),
                hole("BND-004", "grant pg_read_server_files to boundary_app"),
                hole("BND-005", "grant pg_read_all_data to boundary_app"),
                hole("BND-006", "grant pg_monitor to boundary_app"),
                hole("BND-007", "alter role boundary_app set row_security = off"),
                hole("BND-008", "alter role boundary_app set app.current_tenant_id = '1'"),
                hole("BND-008", inDatabase("alter database %I set app.current_tenant_id = ''1''")),
                hole("BND-009", "grant set on parameter session_replication_role to boundary_app"),
                hole("BND-010", "grant create on schema public to public"),
                hole("BND-011", inDatabase("grant create on database %I to boundary_app")),
                hole(
                        "BND-012",
                        "alter default privileges for role boundary_owner in schema public grant select on tables to"
                                + " boundary_app"));
    }

    private static String inDatabase(String sql) {
        return "do $$ begin execute format('" + sql + "', current_database()); end $$";
    }

    private static List<Hole> tables() {
        return List.of(
                hole("BND-013", INVOICE + "primary key (tenant_id, id))", "grant select on invoice to boundary_app"),
                hole("BND-014", "alter table booking disable row level security"),
                hole("BND-015", "alter table booking no force row level security"),
                hole("BND-016", "drop policy boundary_tenant on booking"),
                new Hole(
                        "BND-017",
                        List.of("create table extra (id int)"),
                        false,
                        Expectations.builder()
                                .tenant(TableName.of("extra"), "tenant_id")
                                .build()),
                new Hole(
                        "BND-017",
                        List.of("select 1"),
                        false,
                        Expectations.builder().global(TableName.of("nowhere")).build()),
                hole(
                        "BND-018",
                        "create table note (id uuid primary key, booking_id uuid references booking (id))",
                        "grant select on note to boundary_app"),
                new Hole(
                        "BND-019",
                        List.of("grant insert on currency to boundary_app"),
                        true,
                        Expectations.builder().global(TableName.of("currency")).build()),
                hole("BND-020", "create table invoice (tenant_id uuid, id uuid)"),
                hole("BND-021", "grant update on booking to boundary_app"),
                hole("BND-021", "grant update (tenant_id) on booking to public"),
                open("BND-022", "create table invoice (tenant_id numeric not null)"),
                hole("BND-023", "create table invoice (tenant_id uuid not null, id uuid)"),
                hole("BND-023", "create table invoice (tenant_id uuid not null) partition by list (tenant_id)"),
                open("BND-064", CASELESS, "create table invoice (tenant_id text collate caseless not null)"),
                open(
                        "BND-064",
                        CASELESS,
                        "create domain code as text collate caseless",
                        "create table invoice (tenant_id code not null)"),
                open("BND-024", "create index on booking (lower(title))"),
                open("BND-024", "create index on booking (tenant_id, title text_pattern_ops)"),
                open(
                        "BND-024",
                        "alter table booking add column data jsonb",
                        "create index on booking using gin (data)"));
    }

    private static List<Hole> policies() {
        String floorless = "drop policy boundary_floor on booking";
        String policy = "alter policy boundary_tenant on booking using ";
        return List.of(
                hole("BND-025", floorless, "create policy wide on booking to boundary_app using (true)"),
                hole("BND-025", floorless, "create policy steal on booking for update using (true) with check (true)"),
                hole("BND-025", floorless, "create policy wide on booking for select using (title is not null)"),
                hole("BND-026", "create policy wide on booking to boundary_app using (true)"),
                hole("BND-027", floorless),
                hole("BND-028", floorless, "alter policy boundary_tenant on booking with check (true)"),
                hole(
                        "BND-029",
                        policy + "(current_setting('app.current_tenant_id', true) is null or tenant_id = " + SETTING
                                + ")"),
                hole("BND-029", policy + "(" + SETTING + " is null or tenant_id = " + SETTING + ")"),
                hole(
                        "BND-029",
                        policy + "(current_setting('app.current_tenant_id', true) = '' or tenant_id = " + SETTING
                                + ")"),
                hole("BND-029", policy + "(tenant_id = coalesce(" + SETTING + ", tenant_id))"),
                hole(
                        "BND-030",
                        policy + "(tenant_id = boundary.current_tenant_id() or current_setting('app.admin', true) ="
                                + " 'true')"),
                hole("BND-031", policy + "(tenant_id = current_setting('app.current_tenant_id')::uuid)"),
                hole("BND-032", policy + "(tenant_id::text = current_user)"),
                hole(
                        "BND-033",
                        "create table allowed (tenant uuid)",
                        policy + "(tenant_id in (select tenant from allowed))"),
                hole("BND-034", "alter policy boundary_floor on booking using (tenant_id is not null)"),
                hole("BND-034", "drop policy boundary_floor_delete on template"),
                hole("BND-034", "alter policy boundary_tenant on line_note using (exists (select from booking_line))"),
                hole(
                        "BND-035",
                        "create or replace function boundary.current_tenant_id() returns uuid language sql stable"
                                + " parallel safe begin atomic select '00000000-0000-0000-0000-000000000001'::uuid; end"),
                hole("BND-035", "alter function boundary.current_tenant_id() set search_path = public"),
                hole("BND-036", "alter table template rename to template_old"));
    }

    private static List<Hole> grants() {
        return List.of(
                hole("BND-037", "grant truncate on booking to public"),
                hole("BND-038", "grant references on booking to boundary_app"),
                hole("BND-038", "grant references (id) on booking to boundary_app"),
                hole("BND-039", "grant trigger on booking to boundary_app"),
                hole("BND-040", "grant maintain on booking to boundary_app"),
                hole("BND-041", "create sequence numbers", "grant select on sequence numbers to boundary_app"),
                hole(
                        "BND-042",
                        "create table event (tenant_id uuid not null, at date) partition by range (at)",
                        "create table event_2026 partition of event for values from ('2026-01-01') to ('2027-01-01')",
                        "grant select on event_2026 to boundary_app"),
                hole(
                        "BND-043",
                        "create table booking_old () inherits (booking)",
                        "grant select (title) on booking_old to public"),
                hole(
                        "BND-044",
                        "create foreign data wrapper w",
                        "create server s foreign data wrapper w",
                        "create foreign table remote (tenant_id uuid) server s",
                        "grant select on remote to boundary_app"));
    }

    private static List<Hole> keys() {
        return List.of(
                hole("BND-045", INVOICE + "booking_id uuid references booking (id))"),
                hole("BND-046", INVOICE + "booking_id uuid references booking (id) on delete cascade)"),
                hole("BND-046", INVOICE + "booking_id uuid references booking (id) on delete set null)"),
                hole("BND-047", "alter table booking add column code text unique"),
                hole("BND-047", "create unique index on booking (title)"),
                hole(
                        "BND-048",
                        "create table invoice (tenant_id uuid not null, id bigint generated always as identity primary"
                                + " key)"));
    }

    private static List<Hole> routines() {
        return List.of(
                hole(
                        "BND-049",
                        "create function tenant() returns uuid language sql stable as $$ select " + SETTING + " $$",
                        "create policy extra on booking using (tenant_id = tenant())"),
                hole("BND-050", DEFINER),
                hole("BND-051", DEFINER),
                hole("BND-051", DEFINER, "alter function all_bookings() set search_path = pg_catalog"),
                hole(
                        "BND-052",
                        "create function peek(text) returns boolean language plpgsql leakproof as $$ begin raise notice"
                                + " '%', $1; return true; end $$"),
                hole(
                        "BND-053",
                        "create function audit() returns trigger language plpgsql security definer as $$ begin return"
                                + " new; end $$",
                        "create trigger audit after insert on booking for each row execute function audit()"),
                hole(
                        "BND-054",
                        "create function audit() returns trigger language plpgsql as $$ begin return new; end $$",
                        "create trigger audit after insert on booking for each row execute function audit()",
                        "alter table booking disable trigger audit"),
                hole("BND-055", "create rule told as on insert to booking do also notify bookings"));
    }

    private static List<Hole> views() {
        return List.of(
                hole(
                        "BND-056",
                        "create view all_bookings as select * from booking",
                        "grant select on all_bookings to boundary_app"),
                hole(
                        "BND-056",
                        "create view inner_bookings as select * from booking",
                        "create view outer_bookings as select * from inner_bookings",
                        "grant select on outer_bookings to public"),
                hole(
                        "BND-057",
                        "set role boundary_owner",
                        "create view all_bookings as select * from booking",
                        "grant select on all_bookings to boundary_app"),
                hole(
                        "BND-058",
                        "create materialized view all_bookings as select * from booking",
                        "grant select on all_bookings to boundary_app"),
                hole("BND-059", "create publication everything_booked for table booking"),
                open("BND-059", "create publication everything for all tables"),
                open("BND-060", "select lo_create(0)"));
    }

    @Test
    void aDatabaseProtectedByBoundarysChangesHasNoFinding() throws Exception {
        try (TestDatabase database = DoctorDatabase.create()) {
            try (Connection connection = database.application().getConnection()) {
                assertThat(RoleBypass.find(connection)).isEmpty();
            }
            // An old server is told of, whatever is in it.
            assertThat(examine(database.application(), Expectations.derived()).findings())
                    .filteredOn(
                            finding -> !OF_THE_SERVER.contains(finding.rule().id()))
                    .isEmpty();
        }
    }

    @Test
    void everyRuleHasAHole() {
        Set<String> tested = new HashSet<>(OF_THE_SERVER);
        holes().forEach(hole -> tested.add(hole.rule()));
        assertThat(tested)
                .containsExactlyInAnyOrderElementsOf(
                        Doctor.rules().stream().map(Rule::id).toList());
    }

    @ParameterizedTest
    @MethodSource("holes")
    void theFindingIsFoundAndFixed(Hole hole) throws Exception {
        assumeThat(major).isGreaterThanOrEqualTo(SINCE.getOrDefault(hole.rule(), 0));
        assertThat(of(hole.rule(), sound)).isEmpty();
        try (Uncommitted uncommitted = new Uncommitted(superuser)) {
            uncommitted.execute(hole.sql());
            List<Finding> found = of(hole.rule(), examine(uncommitted, hole.expectations()));
            assertThat(found).isNotEmpty();
            List<String> fix =
                    found.stream().flatMap(finding -> finding.fix().stream()).toList();
            assertThat(fix.isEmpty()).as("fix of %s", found).isNotEqualTo(hole.decided());
            if (hole.decided()) {
                uncommitted.execute(fix);
                assertThat(of(hole.rule(), examine(uncommitted, hole.expectations())))
                        .isEmpty();
            }
        }
    }

    /** Looks alike, and is none. */
    @Test
    void whatIsSafeIsNotReported() throws Exception {
        Map<String, String> safe = Map.of(
                "BND-056",
                "create view v with (security_invoker = true) as select * from booking && grant select on v to"
                        + " boundary_app",
                "BND-051",
                "create function f() returns int language sql security definer set search_path = pg_catalog, pg_temp as"
                        + " 'select 1'",
                "BND-049",
                "create function g() returns uuid language sql stable begin atomic select " + SETTING
                        + "; end && create policy extra on booking as restrictive using (tenant_id = g())",
                "BND-042",
                "create table event (tenant_id uuid not null) partition by list (tenant_id) && create table event_rest"
                        + " partition of event default",
                "BND-059",
                "create publication p for table booking where (tenant_id ="
                        + " '00000000-0000-0000-0000-000000000001')",
                "BND-047",
                "alter table booking add column number int, add unique (tenant_id, number)",
                "BND-029",
                "create policy shared on template as restrictive using (tenant_id = " + SETTING
                        + " or tenant_id is null)",
                "BND-037",
                "grant truncate on currency to boundary_app && grant truncate on booking to boundary_admin");
        for (Map.Entry<String, String> entry : safe.entrySet()) {
            if (major < SAFE_SINCE.getOrDefault(entry.getKey(), 0)) {
                continue;
            }
            try (Uncommitted uncommitted = new Uncommitted(superuser)) {
                uncommitted.execute(List.of(entry.getValue().split(" && ", -1)));
                assertThat(of(entry.getKey(), examine(uncommitted, Expectations.derived())))
                        .as(entry.toString())
                        .isEmpty();
            }
        }
    }

    @Test
    void theWholeScriptFixesWhatStatementsCan() throws Exception {
        try (TestDatabase database = DoctorDatabase.create()) {
            List<String> sql = new ArrayList<>();
            Stream.of(tables(), grants(), routines())
                    .flatMap(List::stream)
                    .filter(hole -> Set.of("BND-014", "BND-018", "BND-021", "BND-037", "BND-039", "BND-049", "BND-050")
                            .contains(hole.rule()))
                    .forEach(hole -> sql.addAll(hole.sql()));
            sql.addAll(List.of(
                    INVOICE + "booking_id uuid references booking (id) on delete cascade)",
                    "grant select on invoice to boundary_app",
                    "create policy wide on customer using (true)",
                    "drop policy boundary_floor on customer",
                    "create view all_customers as select * from customer",
                    "grant select on all_customers to boundary_app"));
            TestDatabase.execute(database.superuser(), sql.toArray(String[]::new));
            Report before = examine(database.application(), Expectations.derived());
            assertThat(before.atLeast(Severity.HIGH)).hasSizeGreaterThan(8);
            String script = FixScript.of(before);
            run(database, script);
            Report after = examine(database.application(), Expectations.derived());
            assertThat(after.findings())
                    .as(script)
                    .filteredOn(finding -> !finding.fix().isEmpty())
                    .isEmpty();
        }
    }

    /** The script of a database without anything of Boundary does what its changes do. */
    @Test
    void unprotectedTablesAreProtectedByTheChanges() throws Exception {
        String[] tables = {
            "create table club (tenant_id bigint, id bigint primary key)",
            "create table court (id bigint primary key, club_id bigint references club)",
            "create table court_note (id bigint primary key, court_id bigint references court)",
            "create table event (tenant_id bigint, day int) partition by range (day)",
            "create table event_1 partition of event for values from (0) to (100)",
            "create table hint (tenant_id bigint, text text)",
            "create table other (tenant_id uuid, text text)",
            "grant select, insert, update on club, court, event, event_1, hint to boundary_app",
            "grant select, truncate on court_note to public",
        };
        Expectations expectations = Expectations.builder()
                .child(TableName.of("court"), List.of("club_id"))
                .child(TableName.of("court_note"), List.of("court_id"))
                .mixed(TableName.of("hint"), "tenant_id")
                .build();
        Set<TablePrivilege> written = Set.of(TablePrivilege.SELECT, TablePrivilege.INSERT, TablePrivilege.UPDATE);
        RoleNames roles = RoleNames.DEFAULT;
        try (TestDatabase scripted = PostgresServer.shared().createDatabase();
                TestDatabase changed = PostgresServer.shared().createDatabase();
                Connection connection = scripted.owner().getConnection()) {
            TestDatabase.execute(scripted.owner(), tables);
            TestDatabase.execute(changed.owner(), tables);
            String script = doctor(expectations).protect(connection, roles.owner(), roles.admin());
            run(scripted, scripted.owner(), script);
            DoctorDatabase.apply(changed, DoctorDatabase.install(TenantKeyType.BIGINT, PredicateForm.PINNED));
            DoctorDatabase.apply(changed, new CreateBoundaryRoles(roles, "public"));
            for (RlsChange change : List.of(
                    TableChanges.protectTable(
                            TableName.of("club"), TableRows.byTenantColumn("tenant_id"), roles, written),
                    TableChanges.protectTable(
                            TableName.of("event"),
                            TableRows.byTenantColumn("tenant_id").inPartitions(),
                            roles,
                            written),
                    TableChanges.protectTable(TableName.of("hint"), TableRows.mixed("tenant_id"), roles, written),
                    TableChanges.protectTable(TableName.of("court"), TableRows.byForeignKey("club_id"), roles, written),
                    TableChanges.protectTable(
                            TableName.of("court_note"),
                            TableRows.byForeignKey("court_id"),
                            roles,
                            Set.of(TablePrivilege.SELECT)))) {
                DoctorDatabase.apply(changed, change);
            }
            String others = "(?s).*\\bother(_|\\b).*";
            assertThat(Catalog.of(scripted.superuser()).stream()
                            .filter(line -> !line.matches(others))
                            .toList())
                    .as(script)
                    .isEqualTo(Catalog.of(changed.superuser()).stream()
                            .filter(line -> !line.matches(others))
                            .toList());
            // Of another type than the installation, so its findings' own statements fix it.
            assertThat(script).contains("create policy boundary_tenant on public.other");
        }
    }

    private static void run(TestDatabase database, String script) throws SQLException {
        run(database, database.superuser(), script);
    }

    /** As psql would: what comes after the transaction, statement by statement. */
    private static void run(TestDatabase database, PGSimpleDataSource dataSource, String script) throws SQLException {
        String[] parts = script.replaceAll("(?m)^\\\\set .*$", "").split("\ncommit;\n", 2);
        dataSource.setPreferQueryMode(PreferQueryMode.SIMPLE);
        TestDatabase.execute(dataSource, parts[0] + "\ncommit;\n");
        for (String statement : parts.length == 1 ? new String[0] : parts[1].split(";\n", -1)) {
            TestDatabase.execute(database.superuser(), statement);
        }
    }

    @Test
    void theExampleRuns() throws Exception {
        try (TestDatabase database = DoctorDatabase.create()) {
            TestDatabase.execute(database.superuser(), "grant truncate on booking to boundary_app");
            assertThat(DoctorSnippets.examine(database.application()))
                    .singleElement()
                    .extracting(finding -> finding.rule().id())
                    .isEqualTo("BND-037");
        }
    }

    private static List<Finding> of(String rule, Report report) {
        return report.findings().stream()
                .filter(finding -> finding.rule().id().equals(rule))
                .toList();
    }

    private static Report examine(Uncommitted uncommitted, Expectations expectations) throws SQLException {
        return uncommitted.examine(doctor(expectations), "boundary_owner");
    }

    private static Report examine(DataSource dataSource, Expectations expectations) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return doctor(expectations).examine(connection);
        }
    }

    private static Doctor doctor(Expectations expectations) {
        return Doctor.builder()
                .applicationRole("boundary_app")
                .expectations(expectations)
                .build();
    }
}
