package dev.boundary.rls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import liquibase.resource.AbstractResource;
import liquibase.resource.AbstractResourceAccessor;
import liquibase.resource.OpenOptions;
import liquibase.resource.Resource;

/** One change log that a test holds as a text. */
final class InMemoryResources extends AbstractResourceAccessor {

    private final String name;
    private final String text;

    InMemoryResources(String name, String text) {
        this.name = name;
        this.text = text;
    }

    @Override
    public List<Resource> search(String path, boolean recursive) {
        return getAll(path);
    }

    @Override
    public List<Resource> getAll(String path) {
        return path.equals(name) ? List.of(new Text(name, text)) : List.of();
    }

    @Override
    public List<String> describeLocations() {
        return List.of("in memory");
    }

    @Override
    public void close() {}

    private static final class Text extends AbstractResource {

        private final String text;

        Text(String path, String text) {
            super(path, URI.create("memory:" + path));
            this.text = text;
        }

        @Override
        public InputStream openInputStream() {
            return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public boolean isWritable() {
            return false;
        }

        @Override
        public boolean exists() {
            return true;
        }

        @Override
        public Resource resolve(String other) {
            throw new UnsupportedOperationException(other);
        }

        @Override
        public Resource resolveSibling(String other) {
            throw new UnsupportedOperationException(other);
        }

        @Override
        public OutputStream openOutputStream(OpenOptions openOptions) throws IOException {
            throw new IOException("read-only");
        }
    }
}
