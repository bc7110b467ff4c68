package dev.boundary.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boundary.testing.postgresql.TestDatabase;
import dev.boundary.testing.postgresql.TestRoles;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** Each hole in a database makes the contract fail, with a message that names it. */
class PlantedHolesTest {

    @Test
    void aDroppedPolicyIsFound() {
        assertThat(Kit.failures(PolicyDropped.class))
                .anySatisfy(failure ->
                        assertThat(failure).contains("In table public.booking the tenant does not see its own row"));
    }

    @Test
    void aWidenedPolicyIsFound() {
        assertThat(Kit.failures(PolicyWidened.class))
                .anySatisfy(failure ->
                        assertThat(failure).contains("The tenant sees another tenant's row of public.booking"));
    }

    @Test
    void forceOffIsFound() {
        assertThat(Kit.failures(ForceOff.class))
                .anySatisfy(failure -> assertThat(failure)
                        .contains("Row-level security of public.booking is not forced on the owner"));
    }

    @Test
    void aSuperuserConnectionIsFound() {
        assertThat(Kit.failures(Superuser.class))
                .anySatisfy(failure -> assertThat(failure)
                        .contains("The application role can bypass row-level security")
                        .contains("SUPERUSER"));
    }

    @Test
    void aViewWithoutInvokerRightsIsFound() {
        assertThat(Kit.failures(OwnersView.class))
                .anySatisfy(failure -> assertThat(failure)
                        .contains("View public.all_bookings shows a tenant another tenant's row of public.booking")
                        .contains("security_invoker"));
    }

    @Test
    void aForgottenChildTableIsFound() {
        assertThat(Kit.failures(ChildForgotten.class))
                .anySatisfy(failure -> assertThat(failure).contains("Row-level security of public.line is off"));
    }

    @Test
    void anUndeclaredTableIsFound() {
        assertThat(Kit.failures(Undeclared.class))
                .anySatisfy(failure ->
                        assertThat(failure).contains("Table public.forgotten is in the database and not declared"));
    }

    @BoundaryTest(PolicyDropped.Setup.class)
    static final class PolicyDropped extends IsolationContract {
        static final class Setup extends Hole {
            Setup() {
                super("drop policy boundary_tenant on booking");
            }
        }
    }

    @BoundaryTest(PolicyWidened.Setup.class)
    static final class PolicyWidened extends IsolationContract {
        static final class Setup extends Hole {
            Setup() {
                super("alter policy boundary_tenant on booking using (true) with check (true);"
                        + " alter policy boundary_floor on booking using (true) with check (true)");
            }
        }
    }

    @BoundaryTest(ForceOff.Setup.class)
    static final class ForceOff extends IsolationContract {
        static final class Setup extends Hole {
            Setup() {
                super("alter table booking no force row level security");
            }
        }
    }

    @BoundaryTest(OwnersView.Setup.class)
    static final class OwnersView extends IsolationContract {
        static final class Setup extends Hole {
            Setup() {
                super(
                        "create view all_bookings as select * from booking; grant select on all_bookings to boundary_app");
            }
        }
    }

    @BoundaryTest(ChildForgotten.Setup.class)
    static final class ChildForgotten extends IsolationContract {
        static final class Setup extends Hole {
            Setup() {
                super("alter table line disable row level security; alter table line no force row level security");
            }
        }
    }

    @BoundaryTest(Undeclared.Setup.class)
    static final class Undeclared extends IsolationContract {
        static final class Setup extends Hole {
            Setup() {
                super("create table forgotten (id int)");
            }
        }
    }

    @BoundaryTest(Superuser.Setup.class)
    static final class Superuser extends IsolationContract {
        static final class Setup extends Hole {
            Setup() {
                super("alter role " + TestRoles.DEFAULT.application() + " nosuperuser");
            }

            // Roles are the server's: not those that other tests use.
            @Override
            public TestRoles roles() {
                return new TestRoles("hole_owner", "hole_app", "hole_admin");
            }

            @Override
            public void migrate(TestDatabase database) throws SQLException {
                TestDatabase.execute(database.superuser(), "alter role hole_app superuser");
            }
        }
    }

    /** The shop with something done to it that nobody should do. */
    abstract static class Hole extends ShopSetup {

        private final String sql;

        Hole(String sql) {
            this.sql = sql;
        }

        @Override
        public void migrate(TestDatabase database) throws SQLException {
            super.migrate(database);
            TestDatabase.execute(database.superuser(), sql);
        }
    }
}
