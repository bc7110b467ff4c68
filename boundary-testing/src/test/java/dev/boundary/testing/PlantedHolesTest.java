package dev.boundary.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.boundary.testing.postgresql.TestDatabase;
import dev.boundary.testing.postgresql.TestRoles;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Each hole in a database makes the contract fail, with a message that names it. */
class PlantedHolesTest {

    @Test
    void aDroppedPolicyIsFound() {
        assertThat(failures(PolicyDropped.class))
                .anySatisfy(failure -> assertThat(failure).contains("booking"));
    }

    @Test
    void aWidenedPolicyIsFound() {
        assertThat(failures(PolicyWidened.class))
                .anySatisfy(failure -> assertThat(failure).contains("booking"));
    }

    @Test
    void forceOffIsFound() {
        assertThat(failures(ForceOff.class))
                .anySatisfy(failure -> assertThat(failure)
                        .contains("Row-level security of public.booking is not forced on the owner"));
    }

    @Test
    void aSuperuserConnectionIsFound() {
        assertThat(failures(Superuser.class))
                .anySatisfy(failure -> assertThat(failure)
                        .contains("The application role can bypass row-level security")
                        .contains("SUPERUSER"));
    }

    @Test
    void aViewWithoutInvokerRightsIsFound() {
        assertThat(failures(OwnersView.class))
                .anySatisfy(failure -> assertThat(failure)
                        .contains("View public.all_bookings shows a tenant another tenant's row of public.booking")
                        .contains("security_invoker"));
    }

    @Test
    void aForgottenChildTableIsFound() {
        assertThat(failures(ChildForgotten.class))
                .anySatisfy(failure -> assertThat(failure).contains("Row-level security of public.line is off"));
    }

    @Test
    void anUndeclaredTableIsFound() {
        assertThat(failures(Undeclared.class))
                .anySatisfy(failure ->
                        assertThat(failure).contains("Table public.forgotten is in the database and not declared"));
    }

    @Test
    void aSuiteThatWouldNotNoticeIsToldSo() {
        assertThat(failures(WeakSuite.class))
                .anySatisfy(failure ->
                        assertThat(failure).contains("Survived: the query layer leaves public.booking alone"));
    }

    @BoundaryTest(ShopSetup.class)
    static final class WeakSuite extends SuiteSelfTest {
        @Override
        protected List<org.junit.platform.engine.discovery.MethodSelector> suite() {
            return List.of(org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod(
                    ShopTest.class, "seesItsOwnBooking", "org.jooq.DSLContext"));
        }
    }

    private static List<String> failures(Class<?> contract) {
        return EngineTestKit.engine("junit-jupiter")
                .configurationParameter(Coverage.FILE_PARAMETER, "target/planted-holes-coverage.txt")
                .selectors(selectClass(contract))
                .execute()
                .allEvents()
                .failed()
                .stream()
                .map(Misuse::message)
                .toList();
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

    /** What the test kit saw. */
    static final class Misuse {

        private Misuse() {}

        static String message(Event event) {
            return event.getPayload(org.junit.platform.engine.TestExecutionResult.class)
                    .flatMap(org.junit.platform.engine.TestExecutionResult::getThrowable)
                    .map(Misuse::withCauses)
                    .orElse("");
        }

        private static String withCauses(Throwable error) {
            StringBuilder text = new StringBuilder();
            for (Throwable at = error; at != null; at = at.getCause()) {
                text.append(at.getMessage()).append('\n');
            }
            for (Throwable suppressed : error.getSuppressed()) {
                text.append(suppressed.getMessage()).append('\n');
            }
            return text.toString();
        }
    }
}
