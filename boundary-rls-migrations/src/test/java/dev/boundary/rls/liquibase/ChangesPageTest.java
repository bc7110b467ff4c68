package dev.boundary.rls.liquibase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boundary.rls.Catalog;
import dev.boundary.rls.Migrations;
import dev.boundary.rls.Scripts;
import dev.boundary.testing.postgresql.PostgresServer;
import dev.boundary.testing.postgresql.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import liquibase.Scope;
import liquibase.change.Change;
import liquibase.change.ChangeFactory;
import liquibase.change.ChangeMetaData;
import liquibase.change.ChangeParameterMetaData;
import liquibase.database.core.PostgresDatabase;
import liquibase.statement.SqlStatement;
import liquibase.statement.core.RawParameterizedSqlStatement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * The page that shows each change's attributes, what it makes of an example, and what its rollback runs there. It is
 * written by this test when the system property {@code boundary.test.write} is set, and compared otherwise.
 */
@ResourceLock(Migrations.LIQUIBASE)
class ChangesPageTest {

    private static final Path PAGE = Path.of("..", "docs", "reference", "changes.md");
    private static final PostgresDatabase POSTGRESQL = new PostgresDatabase();
    private static final ChangeFactory FACTORY = Scope.getCurrentScope().getSingleton(ChangeFactory.class);
    private static final String INTRODUCTION = """
            # Every change, with its effect and its rollback

            Made by `ChangesPageTest` from running each change on an example, so it is what the changes do. Lines with `+` are in
            the catalog after the change and lines with `-` were there before: a table with its row-level security and FORCE, a column
            with NOT NULL, number, type and default, grants with grantor, grantee and privilege. Below them is what the rollback runs
            on this example: it was written down before the change, from what was there, so on your database it is something else.
            `liquibase update-sql` and `boundary.jar script` print the SQL of the changes themselves. The
            [guide](../guides/rls-migrations.md) says when to use which.
            """;

    private final TestDatabase database;

    ChangesPageTest() throws SQLException {
        database = PostgresServer.shared().createDatabase();
    }

    /** An example: attributes by name, and what must have been done before. */
    private record Example(String name, Map<String, String> attributes, List<Example> before) {

        Change change() {
            Change change = FACTORY.create(name);
            Map<String, ChangeParameterMetaData> parameters =
                    FACTORY.getChangeMetaData(change).getParameters();
            attributes.forEach((attribute, value) ->
                    Objects.requireNonNull(parameters.get(attribute), attribute).setValue(change, value));
            return change;
        }

        String yaml() {
            String values = attributes.entrySet().stream()
                    .map(entry -> entry.getKey() + ": " + scalar(entry.getValue()))
                    .collect(Collectors.joining(", "));
            return "- " + name + ": " + (values.isEmpty() ? "{}" : "{ " + values + " }");
        }

        private static String scalar(String value) {
            return value.contains(",") ? "'" + value + "'" : value;
        }
    }

    private static Example example(String name, String... attributes) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < attributes.length; i += 2) {
            map.put(attributes[i], attributes[i + 1]);
        }
        return new Example(name, map, List.of());
    }

    private static Example after(List<Example> before, String name, String... attributes) {
        return new Example(name, example(name, attributes).attributes(), before);
    }

    private static List<Example> examples() {
        Example booking = example("protectTenantTable", "tableName", "booking");
        Example member = example("protectTenantTable", "tableName", "member");
        Example event = example("protectPartitionedTable", "tableName", "event");
        Example memberKey = example("addTenantUnique", "tableName", "member", "columnNames", "id");
        Example retrofit = example("retrofitTenantColumn", "tableName", "old", "expression", "club");
        return List.of(
                example("upgradeBoundary"),
                example("createTenantRegistry"),
                booking,
                after(List.of(booking), "protectChildTable", "tableName", "line", "foreignKeyColumns", "booking_id"),
                example("protectMixedTable", "tableName", "template"),
                event,
                after(List.of(event), "protectPartitions", "tableName", "event"),
                example("protectFuturePartitions"),
                after(List.of(booking), "protectView", "viewName", "titles"),
                example("grantGlobalTable", "tableName", "currency"),
                after(List.of(booking), "grantTenantTable", "tableName", "booking", "privileges", "select, insert"),
                example("enableRls", "tableName", "booking"),
                after(List.of(booking), "disableRls", "tableName", "booking"),
                example("createTenantPolicy", "tableName", "booking"),
                example("createMixedPolicy", "tableName", "template"),
                after(List.of(booking), "createChildPolicy", "tableName", "line", "foreignKeyColumns", "booking_id"),
                after(List.of(booking), "dropTenantPolicy", "tableName", "booking"),
                example("createAdminPolicy", "tableName", "booking"),
                after(List.of(booking), "dropAdminPolicy", "tableName", "booking"),
                example("setTenantDefault", "tableName", "booking"),
                example("setTenantNotNull", "tableName", "booking"),
                example("createTenantIndex", "tableName", "booking"),
                after(List.of(member), "addTenantUnique", "tableName", "member", "columnNames", "email"),
                after(
                        List.of(member, booking, memberKey),
                        "addTenantForeignKey",
                        "tableName",
                        "booking",
                        "columnNames",
                        "member_id"),
                after(List.of(), "addTenantPrimaryKey", "tableName", "template"),
                retrofit,
                after(List.of(retrofit), "finishRetrofit", "tableName", "old"));
    }

    @Test
    void thePageShowsWhatTheChangesDo() throws Exception {
        StringBuilder page = new StringBuilder(INTRODUCTION);
        List<String> shown = new ArrayList<>();
        try (database) {
            TestDatabase.execute(
                    database.owner(),
                    "create table member (id bigint primary key, tenant_id bigint not null, email text unique)",
                    "create table booking (id bigint primary key, tenant_id bigint, title text,"
                            + " member_id bigint references member)",
                    "create table line (id bigint primary key, booking_id bigint references booking)",
                    "create table template (id bigint primary key, tenant_id bigint)",
                    "create table event (tenant_id bigint, day int) partition by range (day)",
                    "create table event_1 partition of event for values from (0) to (100)",
                    "create table currency (code text primary key)",
                    "create table old (club bigint not null)",
                    "create view titles as select title from booking");
            for (Example example :
                    List.of(example("installBoundary", "tenantKeyType", "bigint"), example("createBoundaryRoles"))) {
                page.append(section(example));
                run(example);
                shown.add(example.name());
            }
            for (Example example : examples()) {
                example.before().forEach(this::run);
                page.append(section(example));
                for (Example done : example.before().reversed()) {
                    back(done);
                }
                shown.add(example.name());
            }
        }
        assertThat(shown)
                .containsExactlyInAnyOrderElementsOf(ServiceLoader.load(Change.class).stream()
                        .filter(provider -> BoundaryChange.class.isAssignableFrom(provider.type()))
                        .map(provider ->
                                FACTORY.getChangeMetaData(provider.get()).getName())
                        .toList());
        if (System.getProperty("boundary.test.write") != null) {
            Files.writeString(PAGE, page);
        }
        assertThat(page.toString())
                .as("run with -Dboundary.test.write and look at the difference")
                .isEqualTo(Files.readString(PAGE));
    }

    private String section(Example example) throws SQLException {
        ChangeMetaData data = FACTORY.getChangeMetaData(example.change());
        String attributes = data.getParameters().values().stream()
                .sorted(Comparator.comparing(
                                (ChangeParameterMetaData parameter) -> !parameter.isRequiredFor(POSTGRESQL))
                        .thenComparing(ChangeParameterMetaData::getParameterName))
                .map(parameter -> "| `" + parameter.getParameterName() + "` | " + parameter.getDescription()
                        + (parameter.isRequiredFor(POSTGRESQL) ? "; required" : "") + " |\n")
                .collect(Collectors.joining());
        List<String> before = Catalog.of(database.superuser());
        run(example);
        List<String> after = Catalog.of(database.superuser());
        List<String> undo = List.of();
        if (!example.name().equals("installBoundary")) {
            undo = Catalog.rows(
                    database.superuser(),
                    "select statement || ';' from boundary.undo_step where change_id = (select max(id) from"
                            + " boundary.applied_change) order by id desc");
        }
        back(example);
        assertThat(Catalog.of(database.superuser())).as(example.name()).isEqualTo(before);
        return "\n## " + example.name() + "\n\n" + data.getDescription() + ".\n\n"
                + (attributes.isEmpty() ? "" : "| attribute | |\n|---|---|\n" + attributes + "\n")
                + "```yaml\n" + example.yaml() + "\n```\n\n" + effect(example, before, after) + rollback(undo);
    }

    private static String effect(Example example, List<String> before, List<String> after) {
        if (example.name().equals("installBoundary")) {
            return "It makes the schema:\n\n```sql\n"
                    + sql(example.change().generateStatements(POSTGRESQL)).stream()
                            .filter(statement -> statement.startsWith("create "))
                            .map(statement -> statement + ";\n")
                            .collect(Collectors.joining())
                    + "```\n\nRollback drops it.\n";
        }
        List<String> lines = Stream.concat(
                        before.stream().filter(line -> !after.contains(line)).map(line -> "- " + line),
                        after.stream().filter(line -> !before.contains(line)).map(line -> "+ " + line))
                .sorted(Comparator.comparing((String line) -> line.substring(2)))
                .map(line -> line.replaceAll("\\s*\\R\\s*", " "))
                .toList();
        return lines.isEmpty()
                ? "Nothing is left to do where it is so already.\n"
                : "```diff\n" + String.join("\n", lines) + "\n```\n";
    }

    private static String rollback(List<String> statements) {
        return statements.isEmpty() ? "" : "\nRollback:\n\n```sql\n" + String.join("\n", statements) + "\n```\n";
    }

    private void run(Example example) {
        execute(example, example.change().generateStatements(POSTGRESQL));
    }

    private void back(Example example) {
        try {
            Scripts.run(role(example), sql(example.change().generateRollbackStatements(POSTGRESQL)));
        } catch (Exception e) {
            throw new IllegalStateException("Rollback of " + example, e);
        }
    }

    private void execute(Example example, SqlStatement[] statements) {
        try {
            if (example.name().equals("retrofitTenantColumn")) {
                TestDatabase.execute(role(example), sql(statements).toArray(String[]::new));
            } else {
                Scripts.run(role(example), sql(statements));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(example.toString(), e);
        }
    }

    private DataSource role(Example example) {
        return example.name().equals("protectFuturePartitions") ? database.superuser() : database.owner();
    }

    private static List<String> sql(SqlStatement[] statements) {
        return Arrays.stream(statements)
                .map(statement -> ((RawParameterizedSqlStatement) statement).getSql())
                .toList();
    }
}
