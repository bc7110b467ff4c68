package dev.boundary.tenants.archive;

import dev.boundary.tenants.TenantDataException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The manifest as JSON, and its file in the folder of an archive. */
final class ManifestFile {

    /** The name of the file. */
    static final String NAME = "manifest.json";

    /** Ten thousand tables of a hundred columns have less. */
    private static final long MAX_BYTES = 256L << 20;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ManifestFile() {}

    static byte[] write(Manifest manifest) {
        return (MAPPER.writeValueAsString(manifest) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    static Manifest read(Path folder) throws IOException {
        Path file = existing(folder);
        try {
            JsonNode tree = MAPPER.readTree(Files.readAllBytes(file));
            requireFormat(tree, file);
            requireVersion(tree, folder);
            return MAPPER.treeToValue(tree, Manifest.class);
        } catch (JacksonException | IllegalArgumentException e) {
            throw new TenantDataException("The manifest " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Path existing(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        if (!Files.isDirectory(folder)) {
            throw new TenantDataException("There is no folder " + folder + ", so there is no archive.");
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw unfinished(folder);
        }
        requireReadable(file);
        return file;
    }

    private static TenantDataException unfinished(Path folder) {
        return new TenantDataException("The folder " + folder + " has no file " + NAME
                + ": it is no archive, or its export did not finish. Export again.");
    }

    private static void requireReadable(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new TenantDataException("The manifest " + file + " has " + Files.size(file)
                    + " bytes, more than the limit of " + MAX_BYTES + ".");
        }
    }

    /** Checked before the rest, because another format may have anything else in it. */
    private static void requireFormat(JsonNode tree, Path file) {
        String format = tree.path("format").asString("");
        if (!format.equals(Manifest.FORMAT)) {
            throw otherFormat(file, format);
        }
    }

    private static TenantDataException otherFormat(Path file, String format) {
        return new TenantDataException(file + " is not the manifest of an archive: its format is \"" + format
                + "\" instead of \"" + Manifest.FORMAT + "\".");
    }

    private static void requireVersion(JsonNode tree, Path folder) {
        int version = tree.path("formatVersion").asInt(0);
        if (version != Manifest.VERSION) {
            throw otherVersion(folder, version);
        }
    }

    private static TenantDataException otherVersion(Path folder, int version) {
        return new TenantDataException("The archive " + folder + " has version " + version
                + " of the format, and this version of Boundary reads version " + Manifest.VERSION
                + ". Read it with the version of Boundary that wrote it.");
    }
}
