package dev.boundary.cli.work;

import dev.boundary.core.registry.Tenant;
import dev.boundary.core.routing.Placement;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Runs a program for each tenant. It finds the tenant in its environment. */
public final class ProgramTask implements TenantTask {

    private final ChildProcess program;
    private final Duration limit;
    private final RunReport report;

    /**
     * Prepares to run a program.
     *
     * @param command the program and its arguments
     * @param path the directories to look for it in, as in PATH
     * @param limit how long it may take for one tenant; zero for no limit
     * @param report receives what it writes
     * @throws IllegalArgumentException if there is no such program
     */
    public ProgramTask(List<String> command, String path, Duration limit, RunReport report) {
        this.program = new ChildProcess(command, path);
        this.limit = limit;
        this.report = report;
    }

    @Override
    public void run(Tenant tenant) throws IOException, InterruptedException, TaskFailedException {
        try {
            int code = program.run(environment(tenant), limit, (isErr, line) -> report.line(tenant, isErr, line));
            if (code != 0) {
                throw new TaskFailedException("exit code " + code);
            }
        } catch (ChildProcess.TimeLimitException e) {
            throw new TaskFailedException(String.valueOf(e.getMessage()));
        }
    }

    /** Every variable, so that none is left over from the environment of this process. */
    private static Map<String, String> environment(Tenant tenant) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("BOUNDARY_TENANT_KEY", tenant.key().asText());
        environment.put("BOUNDARY_TENANT_SLUG", tenant.slug().value());
        environment.put("BOUNDARY_TENANT_NAME", tenant.name());
        environment.put("BOUNDARY_TENANT_REGION", tenant.region().orElse(""));
        environment.put("BOUNDARY_TENANT_STATE", tenant.state().name().toLowerCase(Locale.ROOT));
        environment.put("BOUNDARY_TENANT_PLACEMENT", tenant.attributes().getOrDefault(Placement.ATTRIBUTE, "shared"));
        return environment;
    }

    @Override
    public void cancel() {
        // The thread that waits for the program is interrupted, and ends it.
    }
}
