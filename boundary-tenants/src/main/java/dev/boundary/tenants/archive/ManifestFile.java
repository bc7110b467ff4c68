package dev.boundary.tenants.archive;

import dev.boundary.tenants.TenantDataException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The manifest as JSON. */
final class ManifestFile {

    /** Ten thousand tables of a hundred columns have less. */
    private static final long LARGEST = 256L << 20;

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

    /** The format is looked at first: another version may have anything else in it. */
    static Manifest read(Path folder) throws IOException {
        Path file = folder.resolve(ArchiveFolder.MANIFEST);
        if (!Files.isDirectory(folder)) {
            throw new TenantDataException("There is no folder " + folder + ", so no archive.");
        }
        if (!ArchiveFolder.isPlainFile(file)) {
            throw new TenantDataException("The folder " + folder + " has no file " + ArchiveFolder.MANIFEST
                    + ": it is no archive, or its export did not finish. Export again.");
        }
        if (Files.size(file) > LARGEST) {
            throw new TenantDataException("The manifest " + file + " has " + Files.size(file) + " bytes, more than the "
                    + LARGEST + " that are read.");
        }
        try {
            JsonNode tree = MAPPER.readTree(Files.readAllBytes(file));
            String format = tree.path("format").asString("");
            if (!format.equals(Manifest.FORMAT)) {
                throw new TenantDataException(file + " is no manifest of an archive: its format is \"" + format
                        + "\", not \"" + Manifest.FORMAT + "\".");
            }
            int version = tree.path("formatVersion").asInt(0);
            if (version != Manifest.VERSION) {
                throw new TenantDataException("The archive " + folder + " has version " + version
                        + " of the format, and this version of Boundary reads version " + Manifest.VERSION
                        + ". Read it with the version of Boundary that wrote it.");
            }
            return MAPPER.treeToValue(tree, Manifest.class);
        } catch (JacksonException | IllegalArgumentException e) {
            throw new TenantDataException("The manifest " + file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
