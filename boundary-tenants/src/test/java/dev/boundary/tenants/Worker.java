package dev.boundary.tenants;

import dev.boundary.core.Scope.TenantScope;
import dev.boundary.tenants.archive.TenantExport;
import dev.boundary.tenants.archive.TenantImport;
import dev.boundary.tenants.erasure.TenantErasure;
import dev.boundary.testing.postgresql.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.postgresql.ds.PGSimpleDataSource;

/** Works on a tenant in a separate process, which can have little memory and be killed. */
public final class Worker {

    private static final String REACHED = "reached";
    private static final String DONE = "done ";

    private Worker() {}

    /** Database, user, password, operation, tenant, folder, and the number of progress reports after which to wait. */
    public static void main(String[] args) throws Exception {
        PGSimpleDataSource application = new PGSimpleDataSource();
        application.setUrl(args[0]);
        application.setUser(args[1]);
        application.setPassword(args[2]);
        TenantScope tenant = World.scope(args[4]);
        Path folder = Path.of(args[5]);
        int stop = Integer.parseInt(args[6]);
        List<RowProgress> heard = new ArrayList<>();
        RowProgress.Listener listener = progress -> {
            heard.add(progress);
            if (stop > 0
                    && heard.stream()
                                    .filter(step -> step.step().equals(args[3]))
                                    .count()
                            == stop) {
                waitToBeKilled();
            }
        };
        long rows = switch (args[3]) {
            case "export" ->
                TenantExport.of(application)
                        .withProgress(listener)
                        .export(tenant, folder)
                        .rows()
                        .total();
            case "import" ->
                TenantImport.of(application)
                        .withProgress(listener)
                        .importInto(tenant, folder)
                        .total();
            case "erase" ->
                TenantErasure.of(application)
                        .withBatchSize(2)
                        .withProgress(listener)
                        .erase(tenant)
                        .total();
            default -> throw new IllegalArgumentException(args[3]);
        };
        System.out.println(DONE + rows);
    }

    private static void waitToBeKilled() {
        System.out.println(REACHED);
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs it to its end and returns the number of rows it worked on. */
    public static long run(TestDatabase database, String what, TenantScope tenant, Path folder, String... options)
            throws IOException, InterruptedException {
        Process process = start(database, what, tenant, folder, 0, options);
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            List<String> lines = out.lines().toList();
            int exit = process.waitFor();
            if (exit != 0) {
                throw new IllegalStateException("exit " + exit + ": " + String.join("\n", lines));
            }
            return Long.parseLong(lines.getLast().substring(DONE.length()));
        }
    }

    /** Starts it and kills it after that many progress reports. */
    public static void kill(TestDatabase database, String what, TenantScope tenant, Path folder, int reports)
            throws IOException, InterruptedException {
        Process process = start(database, what, tenant, folder, reports);
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            List<String> lines = new ArrayList<>();
            for (String line = out.readLine(); !REACHED.equals(line); line = out.readLine()) {
                if (line == null) {
                    throw new IllegalStateException("It ended before: " + String.join("\n", lines));
                }
                lines.add(line);
            }
            process.destroyForcibly().waitFor();
        }
    }

    private static Process start(
            TestDatabase database, String what, TenantScope tenant, Path folder, int reports, String... options)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.add("-XX:TieredStopAtLevel=1"); // it starts sooner
        command.addAll(List.of(options));
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                Worker.class.getName(),
                database.jdbcUrl(),
                database.roles().application(),
                database.password(),
                what,
                tenant.tenant().asText(),
                folder.toString(),
                Integer.toString(reports)));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }
}
