package dev.boundary.rls.liquibase;

import static org.assertj.core.api.Assertions.assertThat;

import liquibase.util.LiquibaseUtil;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each run for another major version of Liquibase is a run with that version. */
@Tag("every-liquibase")
class LiquibaseVersionTest {

    @Test
    void isTheOneAskedFor() {
        assertThat(LiquibaseUtil.getBuildVersion())
                .startsWith(System.getProperty("boundary.test.expected.liquibase", "4") + ".");
    }
}
