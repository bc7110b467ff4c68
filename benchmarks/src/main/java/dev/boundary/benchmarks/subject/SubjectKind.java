package dev.boundary.benchmarks.subject;

import com.zaxxer.hikari.HikariDataSource;
import dev.boundary.benchmarks.subject.Address.Database;
import dev.boundary.jooq.Boundary;
import dev.boundary.jooq.Layers;
import dev.boundary.jooq.schema.TenantSchema;
import java.util.Locale;
import javax.sql.DataSource;
import org.jooq.Configuration;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jooq.impl.DataSourceConnectionProvider;
import org.jooq.impl.DefaultConfiguration;
import org.jooq.impl.DefaultExecuteListenerProvider;

/** The subjects. The first is what the others are compared with. */
public enum SubjectKind {
    /** Each statement names the tenant; no row-level security. */
    JOOQ("hand-written jOOQ, no RLS") {
        @Override
        public Subject open(Address address) {
            HikariDataSource pool = address.pool(Database.PLAIN);
            return new JooqSubject.HandWritten(pool, plain(pool));
        }
    },

    /** Boundary as it comes. */
    BOUNDARY("Boundary, both layers") {
        @Override
        public Subject open(Address address) {
            return boundary(address.pool(Database.RLS), Layers.BOTH);
        }
    },

    /** Boundary without its query layer. */
    BOUNDARY_RLS_ONLY("Boundary, RLS only") {
        @Override
        public Subject open(Address address) {
            return boundary(address.pool(Database.RLS), Layers.RLS_ONLY);
        }
    },

    /** Boundary on a database without row-level security. */
    BOUNDARY_QUERY_ONLY("Boundary, query layer only") {
        @Override
        public Subject open(Address address) {
            return boundary(address.pool(Database.PLAIN), Layers.QUERY_ONLY);
        }
    },

    /** Row-level security fed the usual way, statement by statement. */
    SET_PER_STATEMENT("RLS, set_config per statement") {
        @Override
        public Subject open(Address address) {
            HikariDataSource pool = address.pool(Database.RLS);
            Configuration configuration = configuration(pool);
            configuration.set(new DefaultExecuteListenerProvider(new SetPerStatement()));
            return new JooqSubject(pool, DSL.using(configuration));
        }
    },

    /** Row-level security fed the usual way, checkout by checkout. */
    SET_ON_CHECKOUT("RLS, set_config on checkout") {
        @Override
        public Subject open(Address address) {
            HikariDataSource pool = address.pool(Database.RLS);
            return new JooqSubject(pool, plain(new SetOnCheckout(pool)));
        }
    },

    /** Hibernate's discriminator column. */
    HIBERNATE("Hibernate @TenantId") {
        @Override
        public Subject open(Address address) {
            HikariDataSource pool = address.pool(Database.PLAIN);
            return new HibernateSubject(pool, pool);
        }
    },

    /** Hibernate's discriminator column over row-level security. */
    HIBERNATE_RLS("Hibernate @TenantId + RLS") {
        @Override
        public Subject open(Address address) {
            HikariDataSource pool = address.pool(Database.RLS);
            return new HibernateSubject(pool, new SetOnCheckout(pool));
        }
    };

    private final String title;

    SubjectKind(String title) {
        this.title = title;
    }

    /** What a reader is told. */
    public String title() {
        return title;
    }

    /** The name in results and on the command line: {@code boundary-rls-only}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Opens it on a database; the caller closes it. */
    public abstract Subject open(Address address);

    private static Subject boundary(HikariDataSource pool, Layers layers) {
        Boundary boundary = Boundary.builder(TenantSchema.builder(Tables.PUBLIC).build())
                .layers(layers)
                .build();
        return new JooqSubject(pool, boundary.dsl(configuration(pool)));
    }

    private static DSLContext plain(DataSource source) {
        return DSL.using(configuration(source));
    }

    private static Configuration configuration(DataSource source) {
        return new DefaultConfiguration().set(SQLDialect.POSTGRES).set(new DataSourceConnectionProvider(source));
    }
}
