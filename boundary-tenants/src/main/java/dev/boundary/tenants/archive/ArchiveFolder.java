package dev.boundary.tenants.archive;

import dev.boundary.tenants.TenantDataException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** The folder of an archive: made for its owner's eyes only, and not one until the manifest is in it. */
final class ArchiveFolder {

    static final String MANIFEST = "manifest.json";
    private static final String UNFINISHED_MANIFEST = "manifest.json.unfinished";

    private final Path folder;
    private final boolean made;
    private final List<Path> written = new ArrayList<>();

    private ArchiveFolder(Path folder, boolean made) {
        this.folder = folder;
        this.made = made;
    }

    /** A new folder, or one that is there and empty. */
    static ArchiveFolder create(Path folder) throws IOException {
        try {
            Path parent = folder.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.createDirectory(folder, ownersOnly("rwx------"));
            return new ArchiveFolder(folder, true);
        } catch (FileAlreadyExistsException e) {
            refuseUnlessEmpty(folder, e);
            return new ArchiveFolder(folder, false);
        }
    }

    private static void refuseUnlessEmpty(Path folder, FileAlreadyExistsException cause) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new TenantDataException("The archive cannot be written to " + folder + ": it is no folder.", cause);
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            if (entries.iterator().hasNext()) {
                throw new TenantDataException(
                        "The folder " + folder + " is not empty, and an archive replaces nothing. "
                                + (Files.exists(folder.resolve(MANIFEST))
                                        ? "It holds a finished archive: name another folder."
                                        : "If it holds an unfinished export (files and no " + MANIFEST
                                                + "), delete it; else name another folder."),
                        cause);
            }
        }
    }

    private static FileAttribute<?>[] ownersOnly(String permissions) {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    /** A new file in the folder, for the owner's eyes only. */
    Path newFile(String name) throws IOException {
        Path file = Files.createFile(folder.resolve(name), ownersOnly("rw-------"));
        written.add(file);
        return file;
    }

    /** From here on the folder is an archive, also after a power failure. */
    void finish(Manifest manifest) throws IOException {
        Path unfinished = newFile(UNFINISHED_MANIFEST);
        Files.write(unfinished, ManifestFile.write(manifest));
        sync(unfinished, StandardOpenOption.WRITE);
        syncFolder(folder);
        Files.move(unfinished, folder.resolve(MANIFEST), StandardCopyOption.ATOMIC_MOVE);
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
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            sync(folder, StandardOpenOption.READ);
        }
    }

    /** Takes away what was written of an export that failed: it is somebody's data, and of no use. */
    void discard(Throwable why) {
        try {
            for (Path file : written) {
                Files.deleteIfExists(file);
            }
            if (made) {
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            why.addSuppressed(e);
        }
    }

    static boolean isPlainFile(Path file) {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }
}
