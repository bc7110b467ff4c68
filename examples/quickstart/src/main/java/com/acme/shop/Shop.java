// @start region="shop"
package com.acme.shop;

import static com.acme.shop.db.Tables.BOOKING;

import com.acme.shop.db.Public;
import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantKey;
import dev.boundary.core.TenantNotSetException;
import dev.boundary.jooq.Boundary;
import dev.boundary.jooq.schema.TenantSchema;
import java.util.UUID;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.postgresql.ds.PGSimpleDataSource;

public final class Shop {

    public static void main(String[] args) {
        TenantSchema schema = TenantSchema.builder(Public.PUBLIC) // the schema that jOOQ generated
                .tenantColumn("tenant_id") // every table with this column belongs to tenants
                .build(); // a table left unclassified is an error
        Boundary boundary = Boundary.builder(schema)
                .admin(connectAs("boundary_admin", "SHOP_ADMIN_PASSWORD"))
                .build();
        DSLContext db = boundary.dsl(connectAs("boundary_app", "SHOP_APP_PASSWORD")); // checks role and policies

        TenantKey acme = TenantKey.of(UUID.fromString("00000000-0000-0000-0000-000000000001"));
        TenantKey globex = TenantKey.of(UUID.fromString("00000000-0000-0000-0000-000000000002"));

        TenantContext.where(acme).run(() -> db.insertInto(BOOKING, BOOKING.GUEST).values("Ada").execute());
        TenantContext.where(globex).run(() -> db.insertInto(BOOKING, BOOKING.GUEST).values("Grace").execute());

        TenantContext.where(acme).run(() -> System.out.println(db.selectFrom(BOOKING).fetch())); // Ada alone
        TenantContext.unscoped("monthly report").run(() -> System.out.println(db.fetchCount(BOOKING))); // 2, audited
        try {
            db.selectFrom(BOOKING).fetch(); // no tenant, no statement
        } catch (TenantNotSetException e) {
            System.out.println(e.getMessage());
        }
    }

    private static DataSource connectAs(String role, String passwordVariable) {
        PGSimpleDataSource source = new PGSimpleDataSource(); // in a service: a pool for each role
        source.setUrl("jdbc:postgresql://localhost:5432/shop");
        source.setUser(role);
        source.setPassword(System.getenv(passwordVariable));
        return source;
    }
}
// @end
