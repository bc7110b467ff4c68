package dev.boundary.examples.jobs;

import com.github.kagkarlsson.scheduler.serializer.Serializer;
import tools.jackson.databind.json.JsonMapper;

/** Jobs as JSON: they can be read in the table, and reading one runs no code of its writer. */
final class JobJson implements Serializer {

    private final JsonMapper mapper = new JsonMapper();

    @Override
    public byte[] serialize(Object data) {
        return mapper.writeValueAsBytes(data);
    }

    @Override
    public <T> T deserialize(Class<T> type, byte[] json) {
        return mapper.readValue(json, type);
    }
}
