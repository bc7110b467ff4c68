package dev.boundary.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What others read in {@code docs/benchmarks/results.json}. */
class ResultsJsonTest {

    @Test
    void eachObjectSaysWhatWasMeasuredWithWhat(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("results.json");
        Result result = new Result(
                "read-row",
                "boundary",
                "loopback",
                "jooq",
                1.1,
                1.05,
                1.2,
                1.0,
                40.5,
                18_000,
                600,
                Circumstances.here("full", "18.6"));
        ResultsJson.write(List.of(result), file);
        JsonNode json = new JsonMapper().readTree(Files.readString(file)).get(0);
        assertThat(json.propertyNames())
                .contains(
                        "scenario",
                        "subject",
                        "network",
                        "ratio_median",
                        "ratio_low",
                        "ratio_high",
                        "flushes_per_statement",
                        "versions",
                        "machine");
        assertThat(json.get("base").asString()).isEqualTo("jooq");
        assertThat(json.get("versions").get("postgresql").asString()).isEqualTo("18.6");
        assertThat(json.get("machine").get("processors").asInt()).isPositive();
    }
}
