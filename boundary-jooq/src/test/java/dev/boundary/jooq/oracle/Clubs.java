package dev.boundary.jooq.oracle;

import static dev.boundary.jooq.clubs.Tables.COUNTER;
import static dev.boundary.jooq.clubs.Tables.CURRENCY;
import static dev.boundary.jooq.clubs.Tables.MAINTENANCE;
import static dev.boundary.jooq.clubs.Tables.PART;
import static dev.boundary.jooq.clubs.Tables.SETTING;
import static dev.boundary.jooq.clubs.Tables.TEMPLATE;

import dev.boundary.core.TenantContext;
import dev.boundary.core.TenantKey;
import dev.boundary.core.internal.EventPublisher;
import dev.boundary.jooq.clubs.App;
import dev.boundary.jooq.internal.query.QueryLayer;
import dev.boundary.jooq.internal.query.QueryLayerSettings;
import dev.boundary.jooq.schema.TenantSchema;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.VisitListenerProvider;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConfiguration;
import org.jooq.impl.SQLDataType;

/** Sports clubs: the tables that jOOQ's generator made from clubs.xml, and how they are declared. */
final class Clubs {

    static final TenantKey NORTH = TenantKey.of(new UUID(0, 1));
    static final TenantKey SOUTH = TenantKey.of(new UUID(0, 2));

    /** The schema of clubs.xml, and one table that nobody declared. */
    static final String DDL = """
            create schema app;
            create table app.court (
              id integer primary key, tenant_id uuid not null, name text not null, surface text, rate integer not null,
              constraint court_name_key unique (tenant_id, name));
            create table app.member (
              tenant_id uuid not null, id integer not null, name text not null, city text, referrer_id integer,
              primary key (tenant_id, id),
              foreign key (tenant_id, referrer_id) references app.member (tenant_id, id));
            create table app.booking (
              tenant_id uuid not null, id integer not null, court_id integer not null references app.court (id),
              member_id integer, status text not null default 'open', price integer not null default 10, note text,
              primary key (tenant_id, id),
              foreign key (tenant_id, member_id) references app.member (tenant_id, id));
            create table app.maintenance (
              id integer primary key, court_id integer not null references app.court (id), label text not null,
              cost integer not null);
            create table app.part (
              id integer primary key, maintenance_id integer not null references app.maintenance (id),
              name text not null);
            create table app.template (id integer primary key, tenant_id uuid, name text not null, body text);
            create table app.currency (code text primary key, name text not null);
            create table app.counter (name text primary key, value integer not null);
            create table app.setting (name text primary key, value text not null);
            create table app.stray (id integer primary key, tenant_id uuid not null, name text);
            create table app.visit (
              tenant_id uuid not null, id integer not null, day integer not null, guest text,
              primary key (tenant_id, id, day)) partition by range (day);
            create table app.visit_early partition of app.visit for values from (0) to (10);
            create table app.visit_late partition of app.visit default;
            create view app.open_booking as
              select tenant_id, id, court_id, price from app.booking where status = 'open';
            create sequence app.booking_number;
            create function app.doubled(n integer) returns integer language sql immutable as 'select n * 2';
            create function app.bookings_over(lowest integer)
              returns table (tenant_id uuid, id integer, price integer) language sql stable
              as 'select tenant_id, id, price from app.booking where price > lowest';
            create procedure app.tidy() language sql as 'delete from app.booking';
            create schema archive;
            create table archive.court (tenant_id uuid not null, id integer not null, name text,
              primary key (tenant_id, id));
            """;

    /** Tables without generated classes. */
    static final Table<?> VISIT = DSL.table(DSL.name("app", "visit"));

    static final Table<?> OPEN_BOOKING = DSL.table(DSL.name("app", "open_booking"));
    static final Table<?> ARCHIVED_COURT = DSL.table(DSL.name("archive", "court"));

    private static final Field<UUID> TENANT_ID = DSL.field(DSL.name("tenant_id"), SQLDataType.UUID.nullable(false));

    private Clubs() {}

    static TenantSchema.Builder declaration() {
        return TenantSchema.builder(App.APP)
                .child(MAINTENANCE.COURT_ID)
                .child(PART.MAINTENANCE_ID)
                .mixed(TEMPLATE)
                .global(CURRENCY)
                .globalWritable(COUNTER)
                .exempt(SETTING, "the same for all")
                .tenant(VISIT, TENANT_ID)
                .tenant(OPEN_BOOKING, TENANT_ID)
                .tenant(ARCHIVED_COURT, TENANT_ID)
                .tenant(new BookingsOver(0), TENANT_ID)
                .allowFunctions("app.doubled");
    }

    static VisitListenerProvider queryLayer() {
        return new QueryLayer(declaration().build(), QueryLayerSettings.DEFAULT, new EventPublisher(List.of()))
                .visitListenerProvider();
    }

    /** Renders with the query layer and never connects. */
    static DSLContext renderer() {
        return DSL.using(new DefaultConfiguration().set(SQLDialect.POSTGRES).set(queryLayer()));
    }

    static <R> R asNorth(Callable<R> action) throws Exception {
        return TenantContext.where(NORTH).call(action::call);
    }
}
