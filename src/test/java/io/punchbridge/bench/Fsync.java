package io.punchbridge.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The storage by itself: a page written over an old one, and fdatasync, one after the other. */
final class Fsync implements AutoCloseable {
    private static final int PAGE = 4096;
    private static final int PAGES = 4096;

    private final Path file;
    private final FileChannel channel;
    private int page;

    Fsync(Path directory) throws IOException {
        file = directory.resolve("fsync.bin");
        channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        for (int i = 0; i < PAGES; i++) {
            channel.write(ByteBuffer.allocate(PAGE), (long) i * PAGE);
        }
        channel.force(true);
    }

    /** Milliseconds of each. */
    Samples run(Duration duration) throws IOException {
        List<Double> millis = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.allocateDirect(PAGE);
        long end = System.nanoTime() + duration.toNanos();
        while (System.nanoTime() < end) {
            bytes.clear();
            long begin = System.nanoTime();
            channel.write(bytes, (long) page * PAGE);
            channel.force(false);
            millis.add((System.nanoTime() - begin) / 1e6);
            page = (page + 1) % PAGES;
        }
        return Samples.of(millis);
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(file);
    }
}
