package dev.boundary.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boundary.core.SessionVariable;
import dev.boundary.doctor.catalog.SecurityCatalog;
import dev.boundary.doctor.catalog.SecurityCatalog.Server;
import dev.boundary.doctor.catalog.SecurityCatalogReader;
import dev.boundary.testing.postgresql.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules about the server's version: a real catalog with another version written into it. */
class ServerRulesTest {

    private static TestDatabase database;
    private static SecurityCatalog catalog;

    @BeforeAll
    static void read() throws SQLException {
        database = DoctorDatabase.create();
        try (Connection connection = database.application().getConnection()) {
            catalog = SecurityCatalogReader.read(connection, SessionVariable.DEFAULT);
        }
    }

    @AfterAll
    static void drop() throws SQLException {
        database.close();
    }

    @ParameterizedTest
    @CsvSource({
        "180004, ''",
        "190000, ''",
        "180003, BND-062",
        "170010, ''",
        "170006, BND-062",
        "170005, BND-061 BND-062",
        "160014, ''",
        "160009, BND-061 BND-062",
        "150018, ''",
        "150003, BND-061 BND-062",
        "140023, BND-063",
        "140018, BND-061 BND-062 BND-063",
        "130022, BND-063",
    })
    void versions(int number, String rules) {
        assertThat(examine(number))
                .extracting(finding -> finding.rule().id())
                .containsExactly(rules.isEmpty() ? new String[0] : rules.split(" ", -1));
    }

    @Test
    void theFlawsOfAVersionAreNamedWithTheVersionThatFixesThem() {
        assertThat(examine(150003).getFirst().evidence())
                .contains("CVE-2023-39418", "fixed in 15.4", "CVE-2025-8713", "15.14")
                .doesNotContain("CVE-2023-2455", "CVE-2019-10130");
    }

    private static List<Finding> examine(int version) {
        Server real = catalog.server();
        Server server = new Server(
                version,
                Integer.toString(version),
                real.database(),
                real.currentUser(),
                real.variableValue(),
                real.largeObjects(),
                real.function());
        return Doctor.builder()
                .build()
                .examine(new SecurityCatalog(
                        server,
                        catalog.roles(),
                        catalog.memberships(),
                        catalog.relations(),
                        catalog.columns(),
                        catalog.policies(),
                        catalog.indexes(),
                        catalog.foreignKeys(),
                        catalog.inheritance(),
                        catalog.readers(),
                        catalog.routines(),
                        catalog.triggers(),
                        catalog.rewriteRules(),
                        catalog.schemas(),
                        catalog.databaseGrants(),
                        catalog.defaultPrivileges(),
                        catalog.settings(),
                        catalog.parameterGrants(),
                        catalog.publications(),
                        catalog.installation(),
                        catalog.protectedTables()))
                .findings();
    }
}
