package dev.boundary.tenants.archive;

import dev.boundary.tenants.internal.files.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Reads archives, and forges them with matching hashes. */
final class Archives {

    private Archives() {}

    /** The rows of each table. */
    static Map<String, String> rows(Path folder) throws IOException {
        Map<String, String> rows = new TreeMap<>();
        for (Manifest.TableFile table : ManifestFile.read(folder).tables()) {
            rows.put(table.qualifiedName(), Files.readString(folder.resolve(table.file())));
        }
        return rows;
    }

    static Path copy(Path folder, Path to) throws IOException {
        Files.createDirectory(to);
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                Files.copy(entry, to.resolve(entry.getFileName()));
            }
        }
        return to;
    }

    static Manifest.TableFile table(Path folder, String name) throws IOException {
        return ManifestFile.read(folder).tables().stream()
                .filter(table -> table.qualifiedName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Changes the lines of a table, and the manifest with them. */
    static void forgeRows(Path folder, String name, UnaryOperator<String> change) throws IOException {
        Manifest.TableFile old = table(folder, name);
        byte[] now = change.apply(Files.readString(folder.resolve(old.file()))).getBytes(StandardCharsets.UTF_8);
        Files.write(folder.resolve(old.file()), now);
        long lines = new String(now, StandardCharsets.UTF_8)
                .chars()
                .filter(c -> c == '\n')
                .count();
        forgeTable(
                folder,
                name,
                table -> new Manifest.TableFile(
                        table.schema(),
                        table.name(),
                        table.file(),
                        lines,
                        now.length,
                        sha256(now),
                        table.columns(),
                        table.primaryKey()));
    }

    static void forgeTable(Path folder, String name, UnaryOperator<Manifest.TableFile> change) throws IOException {
        forge(folder, manifest -> {
            List<Manifest.TableFile> tables = new ArrayList<>();
            manifest.tables()
                    .forEach(table -> tables.add(table.qualifiedName().equals(name) ? change.apply(table) : table));
            return new Manifest(
                    manifest.format(),
                    manifest.formatVersion(),
                    manifest.createdAt(),
                    manifest.tenant(),
                    manifest.boundaryLayout(),
                    manifest.postgresql(),
                    tables);
        });
    }

    static void forge(Path folder, UnaryOperator<Manifest> change) throws IOException {
        Files.write(folder.resolve(ManifestFile.NAME), ManifestFile.write(change.apply(ManifestFile.read(folder))));
    }

    private static String sha256(byte[] bytes) {
        return Sha256.of(bytes);
    }
}
