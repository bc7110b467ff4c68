package dev.boundary.examples.jobs;

import java.util.List;

/**
 * A message with headers as in Kafka: a list, in which a name may occur more than once.
 *
 * @param key its key
 * @param value its text
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
