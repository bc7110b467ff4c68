package dev.boundary.tenants.archive;

import dev.boundary.tenants.internal.tables.Findings;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Compares the files in a folder with those that a manifest names. */
final class ArchiveInspection {

    /** What the export writes: no separators, and no dots that lead elsewhere. */
    private static final Pattern FILE_NAME = Pattern.compile("[0-9]{4,9}-[a-z0-9_-]{0,40}\\.ndjson");

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private final Path folder;
    private final Set<String> names = new HashSet<>();
    private final Set<List<String>> tables = new HashSet<>();
    private final Findings findings = new Findings();

    private ArchiveInspection(Path folder) {
        this.folder = folder;
    }

    static Findings find(Path folder, Manifest manifest) throws IOException {
        ArchiveInspection inspection = new ArchiveInspection(folder);
        for (Manifest.TableFile table : manifest.tables()) {
            inspection.checkFile(table);
            inspection.checkEntry(table);
        }
        for (String name : inspection.unnamedFiles()) {
            inspection.findings.add("The file \"" + name + "\" is not in the manifest.");
        }
        return inspection.findings;
    }

    private void checkFile(Manifest.TableFile table) throws IOException {
        if (!FILE_NAME.matcher(table.file()).matches()) {
            add(table, "has a name that no export gives.");
        } else if (!names.add(table.file())) {
            add(table, "is named twice.");
        } else {
            checkContent(table, folder.resolve(table.file()));
        }
    }

    private void checkContent(Manifest.TableFile table, Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            add(table, "does not exist, or is not a regular file.");
        } else if (Files.size(file) != table.bytes()) {
            add(table, "has " + Files.size(file) + " bytes instead of " + table.bytes() + ".");
        }
    }

    private void checkEntry(Manifest.TableFile table) {
        if (!SHA256.matcher(table.sha256()).matches()) {
            add(table, "has no SHA-256 of 64 lower-case hexadecimal digits in the manifest.");
        }
        if (!tables.add(List.of(table.schema(), table.name()))) {
            findings.add("Table " + table.qualifiedName() + " is in the manifest twice.");
        }
    }

    private void add(Manifest.TableFile table, String finding) {
        findings.add("The file of table " + table.qualifiedName() + ", \"" + table.file() + "\", " + finding);
    }

    private Set<String> unnamedFiles() throws IOException {
        Set<String> unnamed = new TreeSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String name = Objects.requireNonNull(entry.getFileName()).toString();
                if (!names.contains(name) && !name.equals(ManifestFile.NAME)) {
                    unnamed.add(name);
                }
            }
        }
        return unnamed;
    }
}
