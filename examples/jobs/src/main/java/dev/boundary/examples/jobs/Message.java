package dev.boundary.examples.jobs;

import java.util.List;

/**
 * A message with headers as Kafka has them: a list, in which a name may come more than once.
 *
 * @param key its key
 * @param value what it says
 * @param headers its headers
 */
public record Message(String key, String value, List<Header> headers) {

    /** Copies the headers. */
    public Message {
        headers = List.copyOf(headers);
    }

    /**
     * A header.
     *
     * @param name its name
     * @param value its value
     */
    public record Header(String name, String value) {}
}
