package io.punchbridge.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/**
 * Address and token of the running service, in a file that its own user alone can read, at any moment from its creation
 * on. Whoever reads it meets the whole content of one start, never half of two.
 */
final class TokenFile {
    private static final Set<PosixFilePermission> OWNER_ALONE = PosixFilePermissions.fromString("rw-------");

    private final Path path;

    TokenFile(Path path) {
        this.path = path.toAbsolutePath();
    }

    /**
     * Puts the file in the place of whatever bears its name.
     *
     * @return whether the file system keeps others from reading it
     */
    boolean write(URI entry, AccessToken token) throws IOException {
        Path directory = path.getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        Path fresh = path.resolveSibling(path.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            boolean guarded = writeGuarded(fresh, content(entry, token));
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return guarded;
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /** Takes the file away, unless another service has written its own there since. */
    void removeIfOf(AccessToken token) throws IOException {
        try {
            if (Files.readString(path, UTF_8).contains(token.secret())) {
                Files.deleteIfExists(path);
            }
        } catch (NoSuchFileException gone) {
            // somebody has tidied up
        }
    }

    private static String content(URI entry, AccessToken token) {
        return """
                # How commands on this host reach the running Punchbridge. Written anew at each start. Keep it secret.
                url=%s
                token=%s
                """.formatted(entry, token.secret());
    }

    private static boolean writeGuarded(Path file, String content) throws IOException {
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        boolean posix =
                Files.getFileStore(file.resolveSibling(".")).supportsFileAttributeView(PosixFileAttributeView.class);
        FileAttribute<?>[] attributes = posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ALONE)}
                : new FileAttribute<?>[0];
        try (WritableByteChannel channel = Files.newByteChannel(file, options, attributes);
                var writer = Channels.newWriter(channel, UTF_8)) {
            boolean guarded = posix ? isGuarded(file) : guardOtherwise(file.toFile());
            writer.write(content);
            return guarded;
        }
    }

    /** Some mounts take a mode and keep another. */
    private static boolean isGuarded(Path file) throws IOException {
        return Files.getPosixFilePermissions(file).equals(OWNER_ALONE);
    }

    private static boolean guardOtherwise(File file) {
        return file.setReadable(false, false)
                && file.setWritable(false, false)
                && file.setReadable(true, true)
                && file.setWritable(true, true);
    }
}
