package dev.boundary.tenants.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.boundary.core.TenantKeyType;
import dev.boundary.tenants.TenantDataException;
import dev.boundary.tenants.World;
import dev.boundary.tenants.erasure.TenantErasure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Manipulated archives with matching hashes. None of them changes anything in the database. */
class HostileArchiveTest {

    private static final String BOOKING = "public.booking";
    private static final String CUSTOMER = "public.customer";

    @TempDir
    private static Path temporary;

    private static World world;
    private static DataSource application;
    private static Path genuine;
    private static int copies;

    private Path archive = Path.of("unset");
    private Map<String, String> before = Map.of();

    @BeforeAll
    static void create() throws Exception {
        world = World.filled();
        application = world.application();
        genuine = temporary.resolve("genuine");
        TenantExport.of(world.application()).export(World.A, genuine);
        TenantErasure.of(world.application()).erase(World.A);
    }

    @AfterAll
    static void drop() throws SQLException {
        world.close();
    }

    @BeforeEach
    void copy() throws Exception {
        archive = Archives.copy(genuine, temporary.resolve("copy" + ++copies));
        before = world.digestWithout(World.C);
    }

    @AfterEach
    void nothingHasChanged() throws SQLException {
        assertThat(world.digestWithout(World.C)).isEqualTo(before);
    }

    private void assertRefused(String... reasons) {
        for (TenantImport attempt : List.of(
                TenantImport.of(application), TenantImport.of(application).withNewKeys())) {
            assertThatThrownBy(() -> attempt.importInto(World.A, archive))
                    .isInstanceOf(TenantDataException.class)
                    .satisfies(e -> assertThat(e.getMessage()).contains(reasons));
        }
    }

    private void assertRowsRefused(String table, String from, String to, String... reasons) throws IOException {
        Archives.forgeRows(archive, table, rows -> {
            assertThat(rows).contains(from);
            return rows.replaceFirst(Pattern.quote(from), Matcher.quoteReplacement(to));
        });
        assertRefused(reasons);
    }

    @Test
    void acceptsTheGenuineArchive() throws Exception {
        assertThat(TenantImport.of(application).dryRun(World.A, archive).total())
                .isEqualTo(36);
        assertThat(TenantImport.of(application)
                        .withNewKeys()
                        .dryRun(World.C, archive)
                        .total())
                .isEqualTo(36);
    }

    @Test
    void aModifiedFile() throws Exception {
        Path file = archive.resolve(Archives.table(archive, BOOKING).file());
        Files.writeString(file, Files.readString(file).replace("10.50", "99.50"));
        assertRefused("its SHA-256 is");
        Files.writeString(file, "x", StandardOpenOption.APPEND);
        assertRefused("bytes instead of");
        Files.delete(file);
        assertRefused("does not exist");
    }

    @Test
    void anUnexpectedFile() throws Exception {
        Files.writeString(archive.resolve("0099-more.ndjson"), "");
        assertRefused("\"0099-more.ndjson\" is not in the manifest");
    }

    @Test
    void aSymbolicLinkInsteadOfAFile() throws Exception {
        Path file = archive.resolve(Archives.table(archive, BOOKING).file());
        Path moved = temporary.resolve("moved" + copies);
        Files.move(file, moved);
        Files.createSymbolicLink(file, moved);
        assertRefused("is not a regular file");
    }

    @Test
    void aFileNameOutsideTheFolder() throws Exception {
        for (String name : List.of("../genuine/0003-booking.ndjson", "/etc/passwd", "0001-..", "manifest.json", "")) {
            Archives.forgeTable(archive, BOOKING, table -> named(table, table.schema(), table.name(), name));
            assertRefused("has a name that no export gives");
            archive = Archives.copy(genuine, temporary.resolve("copy" + ++copies));
        }
    }

    @Test
    void oneFileForTwoTables() throws Exception {
        String file = Archives.table(archive, CUSTOMER).file();
        Archives.forgeTable(archive, BOOKING, table -> named(table, table.schema(), table.name(), file));
        assertRefused("is named twice");
    }

    @Test
    void tableNamesThatContainSql() throws Exception {
        for (String name :
                List.of("booking\"; drop table booking; --", "installation", "pg_authid", "currency", "booking_seq")) {
            Archives.forgeTable(archive, BOOKING, table -> named(table, table.schema(), name, table.file()));
            assertRefused("this database has no protected table public." + name);
            archive = Archives.copy(genuine, temporary.resolve("copy" + ++copies));
        }
    }

    @Test
    void unknownColumnsAndColumnsOfAnotherType() throws Exception {
        String sql = "total\") select 1; --";
        Archives.forgeRows(archive, BOOKING, rows -> rows.replace("\"total\":", "\"total\\\") select 1; --\":"));
        Archives.forgeTable(archive, BOOKING, table -> with(table, "total", sql, "numeric(12,2)"));
        assertRefused(
                "Table public.booking has no column \"" + sql + "\"",
                "Column \"total\" of table public.booking must have a value");
        archive = Archives.copy(genuine, temporary.resolve("copy" + ++copies));
        Archives.forgeRows(archive, "public.project", rows -> rows.replace("\"name\":", "\"loud_name\":"));
        Archives.forgeTable(archive, "public.project", table -> with(table, "name", "loud_name", "text"));
        assertRefused("Column \"loud_name\" of table public.project is generated in this database");
        archive = Archives.copy(genuine, temporary.resolve("copy" + ++copies));
        Archives.forgeTable(archive, BOOKING, table -> with(table, "total", "total", "text; drop table booking"));
        assertRefused("is of type numeric(12,2), and was of type text; drop table booking");
        archive = Archives.copy(genuine, temporary.resolve("copy" + ++copies));
        Archives.forgeTable(archive, BOOKING, table -> with(table, "total", "currency", "text"));
        assertRefused("names column \"currency\" twice");
    }

    @Test
    void aTableWithoutItsTenantColumn() throws Exception {
        Archives.forgeRows(
                archive, "public.log", rows -> rows.replace("\"tenant_id\":\"" + World.A.tenant() + "\",", ""));
        Archives.forgeTable(archive, "public.log", table -> with(table, "tenant_id", null, ""));
        assertRefused("The tenant column \"tenant_id\" of table public.log is not in the archive");
    }

    @Test
    void rowsOfAnotherTenant() throws Exception {
        String a = World.A.tenant().asText();
        String b = World.B.tenant().asText();
        assertRowsRefused(BOOKING, a, b, "line 1 belongs to tenant \"" + b + "\" by column \"tenant_id\"");
        archive = Archives.copy(genuine, temporary.resolve("copy" + ++copies));
        assertRowsRefused("public.subtask", a, b, "by column \"tenant\"");
        archive = Archives.copy(genuine, temporary.resolve("copy" + ++copies));
        assertRowsRefused("public.template", "\"" + a + "\"", "null", "line 1 has no tenant");
        archive = Archives.copy(genuine, temporary.resolve("copy" + ++copies));
        // The whole archive says it is B's; its rows say they are A's.
        Archives.forge(archive, manifest -> owned(manifest, TenantKeyType.UUID, b));
        assertRefused("belongs to tenant \"" + a + "\"");
        Archives.forge(archive, manifest -> owned(manifest, TenantKeyType.TEXT, a));
        assertRefused("has a key of type text");
    }

    @Test
    void rowsThatReferToAnotherTenantsRows() throws Exception {
        String customer = world.ask("select min(id) from customer where tenant_id = '" + World.B.tenant() + "'");
        String template = world.ask("select min(id) from template where tenant_id = '" + World.B.tenant() + "'");
        String booking = world.ask("select min(id) from booking where tenant_id = '" + World.B.tenant() + "'");
        Archives.forgeRows(
                archive, BOOKING, rows -> rows.replace("\"customer_id\":1,", "\"customer_id\":" + customer + ","));
        assertThatThrownBy(() -> TenantImport.of(application).importInto(World.A, archive))
                .isInstanceOf(TenantDataException.class)
                .hasMessageContaining("1 rows of table public.booking refer by foreign key booking_customer_id_fkey");
        assertThatThrownBy(() -> TenantImport.of(application).withNewKeys().importInto(World.A, archive))
                .isInstanceOf(TenantDataException.class)
                .hasMessageContaining("table public.customer, which is not in the archive");
        archive = Archives.copy(genuine, temporary.resolve("copy" + ++copies));
        assertRowsRefused(
                BOOKING,
                "\"template_id\":3",
                "\"template_id\":" + template,
                "refer by foreign key booking_template_id_fkey to rows of public.template that the tenant does not see");
        archive = Archives.copy(genuine, temporary.resolve("copy" + ++copies));
        assertRowsRefused(BOOKING, "\"parent_id\":3", "\"parent_id\":" + booking, "public.booking");
        archive = Archives.copy(genuine, temporary.resolve("copy" + ++copies));
        assertRowsRefused("public.booking_line", "\"booking_id\":1", "\"booking_id\":" + booking, "public.booking");
        archive = Archives.copy(genuine, temporary.resolve("copy" + ++copies));
        assertRowsRefused(BOOKING, "\"EUR\"", "\"XXX\"", "PostgreSQL rejects the rows", "booking_currency_fkey");
    }

    @Test
    void keysThatWouldExhaustASequence() throws Exception {
        Archives.forgeRows(archive, "public.node", rows -> rows.replace("{\"id\":3,", "{\"id\":9223372036854775807,"));
        assertThatThrownBy(() -> TenantImport.of(application).importInto(World.A, archive))
                .isInstanceOf(TenantDataException.class)
                .hasMessageContaining("Sequence public.node_id_seq is at ")
                .hasMessageContaining("this role cannot set the sequence");
        assertThat(TenantImport.of(application)
                        .withNewKeys()
                        .dryRun(World.A, archive)
                        .total())
                .isEqualTo(36);
    }

    @Test
    void malformedLines() throws Exception {
        for (String[] line : new String[][] {
            {"{\"id\":1,", "{\"id\":1,\"id\":1,", "twice"},
            {"{\"id\":1,", "{", "has 6 of the 7 columns"},
            {"{\"id\":1,", "{\"id\":1,\"more\":1,", "which is not in the manifest"},
            {"{\"id\":1,", "{\"id\":[1],", "nesting"},
            {"{\"id\":1,", "{\"id\":{\"a\":{\"b\":{}}},", "nesting"},
            {"{\"id\":1,", "[{\"id\":1,", "is no JSON object"},
            {"{\"id\":1,", "{\"id\":1} {\"id\":1,", "continues after"},
            {"{\"id\":1,", "\n{\"id\":1,", "is no JSON object"},
            {"{\"id\":1,", "{\"id\":1e999999,", ""},
            {"{\"id\":1,", "{\"id\":\"1; drop table booking\",", ""},
            {"\"EUR\"", "\"E\\u0000\"", "PostgreSQL rejects the rows"},
            {"10.50", "12345678901.00", "PostgreSQL rejects the rows"},
        }) {
            assertRowsRefused(BOOKING, line[0], line[1], line[2]);
            archive = Archives.copy(genuine, temporary.resolve("copy" + ++copies));
        }
    }

    @Test
    void anUnterminatedLine() throws Exception {
        Archives.forgeRows(archive, "public.log", rows -> rows.stripTrailing());
        assertRefused("its last line has no end");
    }

    @Test
    void unreadableManifests() throws Exception {
        Path manifest = archive.resolve("manifest.json");
        String text = Files.readString(manifest);
        for (String[] change : new String[][] {
            {"\"formatVersion\" : 1", "\"formatVersion\" : 2", "version 2 of the format"},
            {"boundary-tenant-archive", "zip", "its format is \"zip\""},
            {"\"formatVersion\" : 1,", "\"formatVersion\" : 1, \"more\" : 1,", "cannot be read"},
            {"\"tables\" :", "\"table\" :", "cannot be read"},
            {World.A.tenant().asText(), "1", "cannot be read"},
            {"\"rows\" : 3", "\"rows\" : -3", "cannot be read"},
            {"{", "", "cannot be read"},
            {"\"rows\" : 3", "\"rows\" : 9223372036854775807", ""},
            {"\"bytes\" : ", "\"bytes\" : 1", "bytes instead of"},
        }) {
            assertThat(text).contains(change[0]);
            Files.writeString(
                    manifest, text.replaceFirst(Pattern.quote(change[0]), Matcher.quoteReplacement(change[1])));
            assertRefused(change[2]);
        }
        Files.delete(manifest);
        assertRefused("did not finish");
    }

    private static Manifest owned(Manifest manifest, TenantKeyType type, String key) {
        return new Manifest(
                manifest.format(),
                manifest.formatVersion(),
                manifest.createdAt(),
                new Manifest.Owner(key, type, Optional.empty(), Optional.empty(), Optional.empty(), Map.of()),
                manifest.boundaryLayout(),
                manifest.postgresql(),
                manifest.tables());
    }

    private static Manifest.TableFile named(Manifest.TableFile table, String schema, String name, String file) {
        return new Manifest.TableFile(
                schema, name, file, table.rows(), table.bytes(), table.sha256(), table.columns(), table.primaryKey());
    }

    /** The table with another column in place of one, or without it. */
    private static Manifest.TableFile with(
            Manifest.TableFile table, String column, @Nullable String other, String type) {
        List<Manifest.Column> columns = new ArrayList<>();
        for (Manifest.Column known : table.columns()) {
            if (!known.name().equals(column)) {
                columns.add(known);
            } else if (other != null) {
                columns.add(new Manifest.Column(other, type));
            }
        }
        return new Manifest.TableFile(
                table.schema(),
                table.name(),
                table.file(),
                table.rows(),
                table.bytes(),
                table.sha256(),
                columns,
                table.primaryKey());
    }
}
