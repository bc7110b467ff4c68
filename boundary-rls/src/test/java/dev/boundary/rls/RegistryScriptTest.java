package dev.boundary.rls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boundary.core.SessionVariable;
import dev.boundary.core.TenantKeyType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The tests of {@code boundary-core} need the registry's tables and cannot depend on this module, which depends on theirs. They
 * have the script, which is written by this test when the system property {@code boundary.test.write} is set, and compared
 * otherwise.
 */
class RegistryScriptTest {

    private static final Path SCRIPT =
            Path.of("..", "boundary-registry", "src", "test", "resources", "tenant-registry.sql");

    @Test
    void theScriptIsWhatTheChangesAre() throws Exception {
        String script = RlsScript.update(List.of(
                new InstallBoundary(
                        TenantKeyType.BIGINT,
                        SessionVariable.DEFAULT,
                        MissingTenant.ERROR,
                        PredicateForm.PINNED,
                        LeakproofMode.OFF),
                new CreateBoundaryRoles(RoleNames.DEFAULT, "public"),
                new CreateTenantRegistry(RoleNames.DEFAULT)));
        if (System.getProperty("boundary.test.write") != null) {
            Files.writeString(SCRIPT, script);
        }
        assertThat(script)
                .as("run with -Dboundary.test.write and look at the difference")
                .isEqualTo(Files.readString(SCRIPT));
    }
}
