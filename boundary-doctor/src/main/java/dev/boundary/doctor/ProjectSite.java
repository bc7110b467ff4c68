package dev.boundary.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** The project's public address, which the build writes into {@code site.properties}. */
final class ProjectSite {

    private static final String URL = read();

    private ProjectSite() {}

    static String page(Rule rule) {
        return URL + "/rules/" + rule.id();
    }

    private static String read() {
        try (InputStream file = ProjectSite.class.getResourceAsStream("site.properties")) {
            Properties properties = new Properties();
            properties.load(Objects.requireNonNull(file, "site.properties"));
            return Objects.requireNonNull(properties.getProperty("url"), "url");
        } catch (IOException e) {
            throw new UncheckedIOException("site.properties cannot be read", e);
        }
    }
}
