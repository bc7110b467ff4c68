package dev.boundary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boundary.cli.Cli.Outcome;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which tenants there are. */
class ListCommandTest {

    private static Shop shop;

    @BeforeAll
    static void open() throws SQLException {
        shop = Shop.open();
    }

    @AfterAll
    static void close() throws SQLException {
        shop.close();
    }

    @Test
    void everyFormatListsThem() {
        assertThat(run().out()).isEqualTo("""
                        slug    key  name                 region  state      attributes
                        ------  ---  -------------------  ------  ---------  ---------------
                        acme    1    Acme                 eu      active     {"plan":"gold"}
                        globex  2    Globex \\x1b[31m=1+1  us      active     {}
                        hooli   3    =Hooli                       suspended  {}
                        """);
        assertThat(run("--format", "csv").out()).isEqualTo("""
                        slug,key,name,region,state,attributes
                        acme,1,Acme,eu,active,"{""plan"":""gold""}"
                        globex,2,"Globex \\x1b[31m=1+1",us,active,{}
                        hooli,3,'=Hooli,,suspended,{}
                        """);
        assertThat(run("--format", "json").out())
                .contains("{\"slug\":\"acme\",\"key\":1,\"name\":\"Acme\",\"region\":\"eu\",\"state\":\"active\","
                        + "\"attributes\":{\"plan\":\"gold\"}}\n")
                .contains("\"name\":\"Globex \\u001b[31m=1+1\"", "\"region\":null");
    }

    @Test
    void filtersFilter() {
        assertThat(run("--state", "suspended", "--format", "json").out().lines())
                .singleElement()
                .asString()
                .contains("hooli");
        assertThat(run("--region", "eu", "--format", "json").out().lines())
                .singleElement()
                .asString()
                .contains("acme");
        assertThat(run("--exclude", "acme,hooli", "--format", "json").out().lines())
                .hasSize(1);
        assertThat(run("--region", "mars").code()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void withoutARegistryItSaysWhatToDo() throws SQLException {
        try (Shop other = Shop.open()) {
            other.execute("revoke select on boundary.tenant from boundary_admin");
            assertThat(other.cli().run("list").err()).contains("Role boundary_admin may not read boundary.tenant");
            other.execute("drop table boundary.tenant cascade");
            for (String[] command :
                    new String[][] {{"list"}, {"run-all", "-c", "select 1"}, {"sql", "acme", "-c", "select 1"}}) {
                Outcome outcome = other.cli().run(command);
                assertThat(outcome.code()).isEqualTo(ExitCode.DATABASE);
                assertThat(outcome.err()).contains("There is no registry of tenants", "createTenantRegistry");
            }
            assertThat(other.cli()
                            .run("sql", "--key", "1", "--format", "csv", "-c", "select 1 as one")
                            .out())
                    .isEqualTo("one\n1\n");
            assertThat(other.cli().run("tables").code()).isEqualTo(ExitCode.OK);
            assertThat(other.cli().run("doctor").code()).isLessThan(ExitCode.USAGE);
        }
    }

    private static Outcome run(String... options) {
        String[] arguments = new String[options.length + 1];
        arguments[0] = "list";
        System.arraycopy(options, 0, arguments, 1, options.length);
        return shop.cli().run(arguments);
    }
}
