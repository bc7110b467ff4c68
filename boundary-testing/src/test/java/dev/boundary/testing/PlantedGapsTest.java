package dev.boundary.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.boundary.jooq.schema.TenantSchema;
import dev.boundary.rls.RoleNames;
import dev.boundary.rls.TableChanges;
import dev.boundary.rls.TableName;
import dev.boundary.rls.TablePrivilege;
import dev.boundary.rls.TableRows;
import dev.boundary.testing.postgresql.TestDatabase;
import dev.boundary.testing.postgresql.TestRoles;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each gap in a database makes the contract fail, with a message that names it. */
class PlantedGapsTest {

    @Test
    @Tag("long")
    void aDroppedPolicyIsFound() {
        assertThat(TestKit.failures(PolicyDropped.class))
                .anySatisfy(failure ->
                        assertThat(failure).contains("In table public.booking the tenant does not see its own row"));
    }

    @Test
    void aWidenedPolicyIsFound() {
        assertThat(TestKit.failures(PolicyWidened.class))
                .anySatisfy(failure ->
                        assertThat(failure).contains("The tenant sees another tenant's row of public.booking"));
    }

    @Test
    @Tag("long")
    void forceOffIsFound() {
        assertThat(TestKit.failures(ForceOff.class))
                .anySatisfy(failure -> assertThat(failure)
                        .contains("Row-level security of public.booking is not forced on the owner"));
    }

    @Test
    void aSuperuserConnectionIsFound() {
        assertThat(TestKit.failures(Superuser.class))
                .anySatisfy(failure -> assertThat(failure)
                        .contains("The application role can bypass row-level security")
                        .contains("SUPERUSER"));
    }

    @Test
    @Tag("long")
    void aViewWithoutInvokerRightsIsFound() {
        assertThat(TestKit.failures(OwnersView.class))
                .anySatisfy(failure -> assertThat(failure)
                        .contains("View public.all_bookings shows a tenant another tenant's row of public.booking")
                        .contains("security_invoker"));
    }

    @Test
    @Tag("long")
    void aForgottenChildTableIsFound() {
        assertThat(TestKit.failures(ChildForgotten.class))
                .anySatisfy(failure -> assertThat(failure).contains("Row-level security of public.line is off"));
    }

    @Test
    @Tag("long")
    void anUndeclaredTableIsFound() {
        assertThat(TestKit.failures(Undeclared.class))
                .anySatisfy(failure ->
                        assertThat(failure).contains("Table public.forgotten is in the database and not declared"));
    }

    @Test
    @Tag("long")
    void carelessGrantsAndSharedRowsThatCanBeChangedAreFound() {
        assertThat(TestKit.failures(Careless.class))
                .anySatisfy(failure -> assertThat(failure)
                        .contains("In table public.currency the tenant can update all tenants' rows"))
                .anySatisfy(failure -> assertThat(failure)
                        .contains("In table public.booking: expected the SQLSTATE of TRUNCATE to be 42501"))
                .anySatisfy(
                        failure -> assertThat(failure)
                                .contains(
                                        "By a delete without a condition the tenant reached the shared row of public.template"));
    }

    @Test
    @Tag("long")
    void aForeignKeyWithoutTheTenantIsFound() {
        assertThat(TestKit.failures(PlainForeignKey.class))
                .isNotEmpty()
                .allSatisfy(failure -> assertThat(failure)
                        .contains("A row of the tenant can refer to another tenant's row of public.booking")
                        .contains("invoice_booking_id_fkey"));
    }

    @Test
    @Tag("long")
    void aTableThatTheQueryLayerCannotWriteIsFound() {
        assertThat(TestKit.failures(NullableChild.class))
                .isNotEmpty()
                .allSatisfy(failure -> assertThat(failure).contains("public.line"))
                .anySatisfy(failure -> assertThat(failure)
                        .contains("In table public.line the tenant cannot insert a row of its own")
                        .contains("NOT NULL"));
    }

    @BoundaryTest(PolicyDropped.Setup.class)
    static final class PolicyDropped extends IsolationContract {
        static final class Setup extends Gap {
            Setup() {
                super("drop policy boundary_tenant on booking");
            }
        }
    }

    @BoundaryTest(PolicyWidened.Setup.class)
    static final class PolicyWidened extends IsolationContract {
        static final class Setup extends Gap {
            Setup() {
                super("alter policy boundary_tenant on booking using (true) with check (true);"
                        + " alter policy boundary_floor on booking using (true) with check (true)");
            }
        }
    }

    @BoundaryTest(ForceOff.Setup.class)
    static final class ForceOff extends IsolationContract {
        static final class Setup extends Gap {
            Setup() {
                super("alter table booking no force row level security");
            }
        }
    }

    @BoundaryTest(OwnersView.Setup.class)
    static final class OwnersView extends IsolationContract {
        static final class Setup extends Gap {
            Setup() {
                super(
                        "create view all_bookings as select * from booking; grant select on all_bookings to boundary_app");
            }
        }
    }

    @BoundaryTest(ChildForgotten.Setup.class)
    static final class ChildForgotten extends IsolationContract {
        static final class Setup extends Gap {
            Setup() {
                super("alter table line disable row level security; alter table line no force row level security");
            }
        }
    }

    @BoundaryTest(Undeclared.Setup.class)
    static final class Undeclared extends IsolationContract {
        static final class Setup extends Gap {
            Setup() {
                super("create table forgotten (id int)");
            }
        }
    }

    @BoundaryTest(Superuser.Setup.class)
    static final class Superuser extends IsolationContract {
        static final class Setup extends Gap {
            Setup() {
                super("alter role " + TestRoles.DEFAULT.application() + " nosuperuser");
            }

            // Roles are the server's: not those that other tests use.
            @Override
            public TestRoles roles() {
                return new TestRoles("gap_owner", "gap_app", "gap_admin");
            }

            @Override
            public void migrate(TestDatabase database) throws SQLException {
                TestDatabase.execute(database.superuser(), "alter role gap_app superuser");
            }
        }
    }

    @BoundaryTest(Careless.Setup.class)
    static final class Careless extends IsolationContract {
        static final class Setup extends Gap {
            Setup() {
                super(
                        "grant insert, update, delete on currency to boundary_app;"
                                + " grant truncate on booking, line to boundary_app;"
                                + " drop policy boundary_floor_update on template; drop policy boundary_floor_delete on template");
            }
        }
    }

    @BoundaryTest(PlainForeignKey.Setup.class)
    static final class PlainForeignKey extends IsolationContract {
        static final class Setup extends ShopSetup {

            @Override
            public TenantSchema schema() {
                return tables().tenant(
                                table(name("public", "invoice")),
                                field(name("public", "invoice", "tenant_id"), UUID.class))
                        .build();
            }

            @Override
            public void migrate(TestDatabase database) throws SQLException {
                super.migrate(database);
                TestDatabase.execute(
                        database.owner(),
                        "create table invoice (id bigint generated always as identity, tenant_id uuid not null"
                                + " references tenant, booking_id bigint not null references booking (id),"
                                + " primary key (tenant_id, id))");
                TestDatabase.execute(
                        database.owner(),
                        TableChanges.protectTable(
                                        TableName.of("invoice"),
                                        TableRows.byTenantColumn("tenant_id"),
                                        RoleNames.DEFAULT,
                                        TablePrivilege.ALL)
                                .apply()
                                .toArray(String[]::new));
            }
        }
    }

    @BoundaryTest(NullableChild.Setup.class)
    static final class NullableChild extends IsolationContract {
        static final class Setup extends ShopSetup {
            // As declared, the foreign key might be null, and a line without a booking would have no tenant.
            @Override
            public TenantSchema schema() {
                return TenantSchema.builder(new org.jooq.Schema[0])
                        .tenant(BOOKING, BOOKING_TENANT)
                        .child(LINE, field(name("public", "line", "booking_id"), Long.class), BOOKING, BOOKING_ID)
                        .mixed(TEMPLATE, TEMPLATE_TENANT)
                        .global(CURRENCY, TENANT)
                        .build();
            }
        }
    }

    /** The shop with a gap in its protection. */
    abstract static class Gap extends ShopSetup {

        private final String sql;

        Gap(String sql) {
            this.sql = sql;
        }

        @Override
        public void migrate(TestDatabase database) throws SQLException {
            super.migrate(database);
            TestDatabase.execute(database.superuser(), sql);
        }
    }
}
