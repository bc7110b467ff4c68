package com.acme.migrations;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import liquibase.Scope;
import liquibase.change.Change;
import liquibase.changelog.ChangeLogParameters;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.command.CommandScope;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.parser.ChangeLogParserFactory;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.resource.CompositeResourceAccessor;
import liquibase.resource.DirectoryResourceAccessor;
import liquibase.resource.ResourceAccessor;
import liquibase.ui.LoggerUIService;

/**
 * Parses a change log and prints the attributes that its changes have then; runs others on a database. Arguments: the
 * folder of change logs, the one to parse, and those to run, one after the other, each rolled back. The database is
 * named in the environment.
 */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        Logger.getLogger("liquibase").setLevel(Level.OFF);
        print("module", Main.class.getModule().getName());
        print("module", Class.forName("dev.boundary.rls.liquibase.BoundaryChange").getModule().getName());
        ResourceAccessor resources = new CompositeResourceAccessor(
                new DirectoryResourceAccessor(Path.of(arguments[0])), new ClassLoaderResourceAccessor());
        Scope.child(
                Map.of(Scope.Attr.resourceAccessor.name(), resources, Scope.Attr.ui.name(), new LoggerUIService()),
                () -> {
                    parse(arguments[1], resources);
                    for (int i = 2; i < arguments.length; i++) {
                        run(arguments[i], "update", Map.of());
                        run(arguments[i], "rollbackCount", Map.of("count", 2));
                        print("ran", arguments[i]);
                    }
                });
    }

    private static void parse(String changeLog, ResourceAccessor resources) throws Exception {
        DatabaseChangeLog parsed = ChangeLogParserFactory.getInstance()
                .getParser(changeLog, resources)
                .parse(changeLog, new ChangeLogParameters(), resources);
        for (ChangeSet changeSet : parsed.getChangeSets()) {
            for (Change change : changeSet.getChanges()) {
                for (String attribute : change.getSerializableFields()) {
                    print(changeSet.getId() + "." + attribute, change.getSerializableFieldValue(attribute));
                }
                print(changeSet.getId(), change.generateCheckSum());
            }
        }
    }

    private static void run(String changeLog, String command, Map<String, Object> values) throws Exception {
        Map<String, String> environment = System.getenv();
        try (Connection connection = DriverManager.getConnection(
                environment.get("DB_URL"), environment.get("DB_USER"), environment.get("DB_PASSWORD"))) {
            Database database =
                    DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection));
            CommandScope scope = new CommandScope(command)
                    .addArgumentValue("database", database)
                    .addArgumentValue("changelogFile", changeLog)
                    .setOutput(System.err);
            values.forEach(scope::addArgumentValue);
            scope.execute();
        }
    }

    private static void print(String name, Object value) {
        System.out.println(name + "=" + value);
    }
}
