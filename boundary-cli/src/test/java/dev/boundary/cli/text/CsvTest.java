package dev.boundary.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a spreadsheet reads. */
class CsvTest {

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n@x", "\uff1d1", "\uff0bx"})
    void aTextIsNeverAFormula(String text) {
        assertThat(Csv.row(List.of(text)).replace("\"", "")).startsWith("'");
    }

    @Test
    void otherValuesAreThemselves() {
        assertThat(Csv.row(
                        Arrays.asList("a", -1, true, null, "", "a,b", "say \"x\"", "a\u001b\u0085\u202e\u2028\ud800")))
                .isEqualTo("a,-1,true,,\"\",\"a,b\",\"say \"\"x\"\"\",a\\x1b\\x85\\u202e\\u2028\\ud800");
    }
}
