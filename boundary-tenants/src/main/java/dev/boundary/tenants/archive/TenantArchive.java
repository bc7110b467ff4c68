package dev.boundary.tenants.archive;

import dev.boundary.tenants.Progress;
import dev.boundary.tenants.TenantDataException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A finished archive in a folder. Whoever can write to the folder can also write a manifest that fits: hashes find damage
 * and mix-ups, not forgery. What a forged archive can do is limited by the import.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class TenantArchive {

    /** What the export makes: no separators, no dots that lead elsewhere. */
    private static final Pattern FILE_NAME = Pattern.compile("[0-9]{4,9}-[a-z0-9_-]{0,40}\\.ndjson");

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private final Path folder;
    private final Manifest manifest;

    private TenantArchive(Path folder, Manifest manifest) {
        this.folder = folder;
        this.manifest = manifest;
    }

    /**
     * Opens an archive and compares the files that are there with those that the manifest names.
     *
     * @param folder the folder that was exported to
     * @return the archive
     * @throws TenantDataException if there is no manifest (the export did not finish), it cannot be read, it is of
     *     another version, or other files are there than it names
     * @throws IOException if the folder cannot be read
     */
    public static TenantArchive open(Path folder) throws IOException {
        Manifest manifest = ManifestFile.read(folder);
        List<String> findings = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Set<List<String>> tables = new HashSet<>();
        for (Manifest.TableFile table : manifest.tables()) {
            String which = "The file of table " + table.qualifiedName() + ", \"" + table.file() + "\", ";
            if (!FILE_NAME.matcher(table.file()).matches()) {
                findings.add(which + "has a name that no export makes.");
            } else if (!names.add(table.file())) {
                findings.add(which + "is named twice.");
            } else if (!ArchiveFolder.isPlainFile(folder.resolve(table.file()))) {
                findings.add(which + "is not there, or is no plain file.");
            } else if (Files.size(folder.resolve(table.file())) != table.bytes()) {
                findings.add(which + "has " + Files.size(folder.resolve(table.file())) + " bytes instead of "
                        + table.bytes() + ".");
            }
            if (!SHA256.matcher(table.sha256()).matches()) {
                findings.add(which + "has no SHA-256 of 64 lower-case hexadecimal digits in the manifest.");
            }
            if (!tables.add(List.of(table.schema(), table.name()))) {
                findings.add("Table " + table.qualifiedName() + " is there twice.");
            }
        }
        for (String stranger : strangers(folder, names)) {
            findings.add("The file \"" + stranger + "\" is not in the manifest.");
        }
        if (!findings.isEmpty()) {
            throw new TenantDataException(
                    "The folder " + folder + " is not the archive that its manifest describes", findings);
        }
        return new TenantArchive(folder, manifest);
    }

    private static Set<String> strangers(Path folder, Set<String> names) throws IOException {
        Set<String> strangers = new TreeSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String name = Objects.requireNonNull(entry.getFileName()).toString();
                if (!names.contains(name) && !name.equals(ArchiveFolder.MANIFEST)) {
                    strangers.add(name);
                }
            }
        }
        return strangers;
    }

    /**
     * What is in the archive, as the manifest says.
     *
     * @return the manifest
     */
    public Manifest manifest() {
        return manifest;
    }

    /**
     * Where it is.
     *
     * @return the folder
     */
    public Path folder() {
        return folder;
    }

    /**
     * Reads every file and compares length, number of rows and SHA-256 with the manifest, and each line with the columns.
     *
     * @throws TenantDataException if something is not what was exported
     * @throws IOException if a file cannot be read
     */
    public void verify() throws IOException {
        verify(Progress.Listener.NONE);
    }

    /**
     * Does what {@link #verify()} does, and tells how far it is.
     *
     * @param listener who hears
     * @throws TenantDataException if something is not what was exported
     * @throws IOException if a file cannot be read
     */
    public void verify(Progress.Listener listener) throws IOException {
        ArchiveReader reader = new ArchiveReader(folder, listener);
        for (Manifest.TableFile table : manifest.tables()) {
            RowParser parser = new RowParser(table);
            try {
                reader.read("verify", table, parser::parse);
            } catch (SQLException e) {
                throw new IllegalStateException("No database is asked here", e);
            }
        }
    }
}
