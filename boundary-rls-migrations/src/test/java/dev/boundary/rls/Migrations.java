package dev.boundary.rls;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import liquibase.Scope;
import liquibase.command.CommandScope;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.resource.ResourceAccessor;
import liquibase.ui.LoggerUIService;

/** Runs change logs. */
public final class Migrations {

    /** Liquibase keeps its services in singletons: one class at a time. */
    public static final String LIQUIBASE = "liquibase";

    /** Held, so that its level stays. */
    private static final Logger LOG = Logger.getLogger("liquibase");

    static {
        LOG.setLevel(Level.OFF);
    }

    private Migrations() {}

    public static void update(DataSource dataSource, String changeLog) throws Exception {
        run(dataSource, changeLog, new ClassLoaderResourceAccessor(), "update", Map.of());
    }

    public static void rollback(DataSource dataSource, String changeLog, int changeSets) throws Exception {
        run(dataSource, changeLog, new ClassLoaderResourceAccessor(), "rollbackCount", Map.of("count", changeSets));
    }

    public static String print(DataSource dataSource, String changeLog, String command, Map<String, Object> arguments)
            throws Exception {
        return run(dataSource, changeLog, new ClassLoaderResourceAccessor(), command, arguments);
    }

    /** Updates from a change log given as text. */
    public static void updateText(DataSource dataSource, String name, String text) throws Exception {
        try (InMemoryResources resources = new InMemoryResources(name, text)) {
            run(dataSource, name, resources, "update", Map.of());
        }
    }

    /** Runs a Liquibase command and returns what it printed. */
    public static String run(
            DataSource dataSource,
            String changeLog,
            ResourceAccessor resources,
            String command,
            Map<String, Object> arguments)
            throws Exception {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try (Connection connection = dataSource.getConnection()) {
            Database database =
                    DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection));
            Scope.child(
                    Map.of(Scope.Attr.resourceAccessor.name(), resources, Scope.Attr.ui.name(), new LoggerUIService()),
                    () -> {
                        CommandScope scope = new CommandScope(command)
                                .addArgumentValue("database", database)
                                .addArgumentValue("changelogFile", changeLog)
                                .setOutput(output);
                        arguments.forEach(scope::addArgumentValue);
                        scope.execute();
                    });
        }
        return output.toString(StandardCharsets.UTF_8);
    }
}
