package dev.boundary.testing.postgresql;

import org.jspecify.annotations.Nullable;

/**
 * A setting of a test run.
 *
 * @param property the system property
 * @param variable the environment variable that counts if the system property is not set
 */
record Setting(String property, String variable) {

    static final String PROVIDER_PROPERTY = "boundary.test.provider";
    static final String PROVIDER_VARIABLE = "BOUNDARY_TEST_PROVIDER";
    static final String VERSION_PROPERTY = "boundary.test.postgresql.version";
    static final String VERSION_VARIABLE = "BOUNDARY_TEST_POSTGRESQL_VERSION";
    static final String URL_PROPERTY = "boundary.test.url";
    static final String URL_VARIABLE = "BOUNDARY_TEST_URL";
    static final String IMAGE_PROPERTY = "boundary.test.image";
    static final String IMAGE_VARIABLE = "BOUNDARY_TEST_IMAGE";
    static final String BINARIES_PROPERTY = "boundary.test.embedded.binaries";
    static final String BINARIES_VARIABLE = "BOUNDARY_TEST_EMBEDDED_BINARIES";

    static final Setting PROVIDER = new Setting(PROVIDER_PROPERTY, PROVIDER_VARIABLE);
    static final Setting VERSION = new Setting(VERSION_PROPERTY, VERSION_VARIABLE);
    static final Setting URL = new Setting(URL_PROPERTY, URL_VARIABLE);
    static final Setting IMAGE = new Setting(IMAGE_PROPERTY, IMAGE_VARIABLE);
    static final Setting BINARIES = new Setting(BINARIES_PROPERTY, BINARIES_VARIABLE);

    /** Its value, or null if it is not set or blank. */
    @Nullable
    String value() {
        String value = System.getProperty(property, System.getenv(variable));
        return value == null || value.isBlank() ? null : value;
    }

    /** Both names, for messages. */
    @Override
    public String toString() {
        return property + " or " + variable;
    }
}
