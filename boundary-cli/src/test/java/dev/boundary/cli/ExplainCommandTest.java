package dev.boundary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.boundary.cli.Cli.Outcome;
import dev.boundary.doctor.Doctor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person reads about a rule. */
class ExplainCommandTest {

    @ParameterizedTest
    @ValueSource(strings = {"BND-021", "bnd-021", "21", "021"})
    void printsThePageOfTheRule(String rule) {
        Outcome outcome = new Cli().run("explain", rule);
        assertThat(outcome.code()).isEqualTo(ExitCode.OK);
        assertThat(outcome.out())
                .startsWith("# BND-021 The application role may update the tenant column\n")
                .contains("## How to fix it", "## When to accept it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"BND-92", "BND-0021", "999", "", "../../secret"})
    void anUnknownRuleIsAUsageError(String rule) {
        Outcome outcome = new Cli().run("explain", rule);
        assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err())
                .contains(
                        "There is no rule",
                        "Did you mean BND-0",
                        "BND-001 to " + Doctor.rules().getLast().id());
    }

    @Test
    void aRuleIsRequired() {
        assertThat(new Cli().run("explain").code()).isEqualTo(ExitCode.USAGE);
    }
}
