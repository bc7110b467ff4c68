package dev.boundary.rls;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** A short name for what is too long to be one, or is two; the same for the same text on every machine. */
record Digest(UUID hash) {

    static String of(String text) {
        return new Digest(UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8))).toString();
    }

    /** 32 hexadecimal digits. */
    @Override
    public String toString() {
        return hash.toString().replace("-", "");
    }
}
