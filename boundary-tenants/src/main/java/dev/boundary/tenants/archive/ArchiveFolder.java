package dev.boundary.tenants.archive;

import dev.boundary.tenants.TenantDataException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * The folder of an archive that is being written: readable by its owner alone, and no archive until it has a manifest.
 */
final class ArchiveFolder {

    private static final String UNFINISHED_MANIFEST = ManifestFile.NAME + ".unfinished";
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private final Path folder;
    private final boolean created;
    private final List<Path> written = new ArrayList<>();

    private ArchiveFolder(Path folder, boolean created) {
        this.folder = folder;
        this.created = created;
    }

    /** A new folder, or an existing one that is empty. */
    static ArchiveFolder create(Path folder) throws IOException {
        try {
            createParent(folder);
            Files.createDirectory(folder, ownerOnly("rwx------"));
            return new ArchiveFolder(folder, true);
        } catch (FileAlreadyExistsException e) {
            requireEmpty(folder, e);
            return new ArchiveFolder(folder, false);
        }
    }

    private static void createParent(Path folder) throws IOException {
        Path parent = folder.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
    }

    private static void requireEmpty(Path folder, FileAlreadyExistsException cause) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new TenantDataException("The archive cannot be written to " + folder + ": it is no folder.", cause);
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            if (entries.iterator().hasNext()) {
                throw notEmpty(folder, cause);
            }
        }
    }

    private static TenantDataException notEmpty(Path folder, FileAlreadyExistsException cause) {
        return new TenantDataException(
                "The folder " + folder + " is not empty, and an export replaces no files. " + remedy(folder), cause);
    }

    private static String remedy(Path folder) {
        return Files.exists(folder.resolve(ManifestFile.NAME))
                ? "It holds a finished archive: choose another folder."
                : "If it holds an unfinished export (files and no " + ManifestFile.NAME
                        + "), delete it; otherwise choose another folder.";
    }

    private static FileAttribute<?>[] ownerOnly(String permissions) {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    /** A new file in the folder that only its owner can read. */
    Path newFile(String name) throws IOException {
        Path file = Files.createFile(folder.resolve(name), ownerOnly("rw-------"));
        written.add(file);
        return file;
    }

    /** From here on the folder is an archive, also after a power failure. */
    void finish(Manifest manifest) throws IOException {
        Path unfinished = newFile(UNFINISHED_MANIFEST);
        Files.write(unfinished, ManifestFile.write(manifest));
        sync(unfinished, StandardOpenOption.WRITE);
        syncFolder(folder);
        Files.move(unfinished, folder.resolve(ManifestFile.NAME), StandardCopyOption.ATOMIC_MOVE);
        syncFolder(folder);
        Path parent = folder.toAbsolutePath().getParent();
        if (parent != null) {
            syncFolder(parent);
        }
    }

    static void sync(Path file, StandardOpenOption option) throws IOException {
        try (FileChannel channel = FileChannel.open(file, option)) {
            channel.force(true);
        }
    }

    /** Windows cannot open a folder for that, and keeps names without it. */
    private static void syncFolder(Path folder) throws IOException {
        if (POSIX) {
            sync(folder, StandardOpenOption.READ);
        }
    }

    /** Deletes what a failed export has written: it is the tenant's data, and of no use. */
    void discard(Throwable why) {
        try {
            for (Path file : written) {
                Files.deleteIfExists(file);
            }
            if (created) {
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            why.addSuppressed(e);
        }
    }
}
