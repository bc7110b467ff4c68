package dev.boundary.tenants.archive;

import dev.boundary.core.Scope.TenantScope;
import dev.boundary.rls.internal.sql.Jdbc;
import dev.boundary.rls.internal.sql.SqlFile;
import dev.boundary.tenants.RowProgress;
import dev.boundary.tenants.internal.tables.OwnSchemas;
import dev.boundary.tenants.internal.tables.PinnedSettings;
import dev.boundary.tenants.internal.tables.RoleRequirements;
import dev.boundary.tenants.internal.tables.TenantDataModel;
import dev.boundary.tenants.internal.tables.TenantDataModelReader;
import dev.boundary.tenants.internal.tables.TenantDataTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** One export, in one snapshot. */
final class ExportRun {

    private static final SqlFile SQL = SqlFile.of(ExportRun.class);

    private final Connection connection;
    private final TenantScope scope;
    private final TenantDataModel model;
    private final TableWriter writer;

    ExportRun(Connection connection, TenantScope scope, ArchiveFolder target, RowProgress.Listener listener)
            throws SQLException {
        this.connection = connection;
        this.scope = scope;
        this.model = new TenantDataModelReader(connection).read();
        this.writer = new TableWriter(connection, target, listener);
    }

    Manifest write(Manifest.Owner owner, @Nullable DataSource admin) throws SQLException {
        RoleRequirements.requireApplication(connection, model, RoleRequirements.Purpose.READ);
        model.bind(connection, scope.tenant());
        PinnedSettings.apply(connection);
        PinnedSettings.qualifyNames(connection);
        Manifest manifest = manifest(owner, writeTables());
        if (admin != null) {
            new CompletenessCheck(model, scope).requireSame(connection, admin, manifest);
        }
        return manifest;
    }

    private List<Manifest.TableFile> writeTables() throws SQLException {
        List<Manifest.TableFile> files = new ArrayList<>();
        Set<String> others = OwnSchemas.ofOthers(connection, scope.tenant());
        for (TenantDataTable table : model.inOrder()) {
            if (others.contains(table.name().schema()) && model.count(connection, table, scope.tenant()) == 0) {
                continue;
            }
            files.add(writer.write(table, ExportQuery.of(model, table, scope.tenant()), files.size() + 1));
        }
        return files;
    }

    private Manifest manifest(Manifest.Owner owner, List<Manifest.TableFile> files) throws SQLException {
        List<@Nullable String> server =
                Jdbc.rows(connection, SQL.text("server")).getFirst();
        return new Manifest(
                Manifest.FORMAT,
                Manifest.VERSION,
                Instant.ofEpochSecond(Long.parseLong(Objects.requireNonNull(server.get(1)))),
                owner,
                model.installation().layout(),
                Objects.requireNonNull(server.get(0)),
                files);
    }
}
