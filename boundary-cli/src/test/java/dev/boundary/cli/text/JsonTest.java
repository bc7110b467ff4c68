package dev.boundary.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a JSON parser reads. */
class JsonTest {

    @Test
    void aReaderGetsBackWhatWasWritten() {
        StringBuilder every = new StringBuilder("\"\\/");
        for (char c = 0; c < 0x3000; c++) {
            every.append(c);
        }
        every.append("\ud83d\ude00\udb40\udc01");
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(every.toString(), Arrays.asList(1, -2.5, true, every.toString()));
        map.put("nan", Double.NaN);
        map.put("nothing", Collections.singletonList(null));
        String json = Json.of(map);
        assertThat(json.codePoints().noneMatch(SafeText::isHostile)).isTrue();
        JsonNode read = JsonMapper.shared().readTree(json);
        assertThat(read.get(every.toString()).get(3).asString()).isEqualTo(every.toString());
        assertThat(read.get(every.toString()).get(1).asDouble()).isEqualTo(-2.5);
        assertThat(read.get("nan").asString()).isEqualTo("NaN");
        assertThat(read.get("nothing").get(0).isNull()).isTrue();
    }
}
