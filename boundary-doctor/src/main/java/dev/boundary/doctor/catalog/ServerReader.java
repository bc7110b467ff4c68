package dev.boundary.doctor.catalog;

import dev.boundary.core.SessionVariable;
import dev.boundary.doctor.catalog.SecurityCatalog.DefaultPrivilege;
import dev.boundary.doctor.catalog.SecurityCatalog.Grant;
import dev.boundary.doctor.catalog.SecurityCatalog.Membership;
import dev.boundary.doctor.catalog.SecurityCatalog.ParameterGrant;
import dev.boundary.doctor.catalog.SecurityCatalog.Role;
import dev.boundary.doctor.catalog.SecurityCatalog.Schema;
import dev.boundary.doctor.catalog.SecurityCatalog.Server;
import dev.boundary.doctor.catalog.SecurityCatalog.Setting;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Reads what a server and its database say about roles: who they are, what they may do, and what they start with. */
final class ServerReader {

    private final CatalogQueries queries;

    ServerReader(CatalogQueries queries) {
        this.queries = queries;
    }

    /** The server, and whether the connected role can read how Boundary was installed. */
    record Header(Server server, boolean installationReadable) {}

    Header header(SessionVariable variable) throws SQLException {
        return queries.list("server", row -> new Header(server(row), row.flag(8)), variable.name())
                .getFirst();
    }

    private static Server server(CatalogRow row) throws SQLException {
        return new Server(
                row.integer(1), row.text(2), row.text(3), row.text(4), row.nullableText(5), row.oid(6), row.oid(7));
    }

    Map<Long, Role> roles() throws SQLException {
        return queries.byOid(
                "roles", row -> new Role(row.oid(1), row.text(2), row.text(3), row.flag(4), row.flag(5)), Role::oid);
    }

    List<Membership> memberships() throws SQLException {
        return queries.list("memberships", row -> new Membership(row.oid(1), row.oid(2)));
    }

    List<Schema> schemas() throws SQLException {
        return queries.list("schemas", row -> new Schema(row.text(1), row.text(2), row.oid(3), row.grants(4)));
    }

    List<Grant> databaseGrants() throws SQLException {
        return queries.list("database-grants", row -> row.grant(1));
    }

    List<DefaultPrivilege> defaultPrivileges() throws SQLException {
        return queries.list(
                "default-privileges", row -> new DefaultPrivilege(row.oid(1), row.nullableText(2), row.grants(3)));
    }

    List<Setting> settings() throws SQLException {
        return queries.list("settings", row -> new Setting(row.oid(1), row.flag(2), row.text(3), row.text(4)));
    }

    List<ParameterGrant> parameterGrants() throws SQLException {
        return queries.list("parameter-grants", row -> new ParameterGrant(row.text(1), row.grant(2)));
    }
}
