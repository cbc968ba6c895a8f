package io.punchbridge.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/**
 * Simulated time, shared by two processes through a file in both their memories: the simulation writes what time it is,
 * the service reads it, and writes how far it has come. Outlives a service that is killed.
 */
public final class TimeFile {
    /** Names the file to the service. */
    public static final String VARIABLE = "SIMULATION_TIME_FILE";

    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final int NOW = 0;
    private static final int CAUGHT_UP = Long.BYTES;
    private static final int WAITING_UNTIL = 2 * Long.BYTES;
    private static final int SIZE = 3 * Long.BYTES;

    private final MappedByteBuffer memory;

    private TimeFile(MappedByteBuffer memory) {
        this.memory = memory;
    }

    /** Opens the file, or makes it. */
    public static TimeFile open(Path file) {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
            return new TimeFile(channel.map(FileChannel.MapMode.READ_WRITE, 0, SIZE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Instant now() {
        return read(NOW);
    }

    public void setNow(Instant instant) {
        write(NOW, instant);
    }

    /** Up to when the service's schedule has done what was due; the epoch if it hasn't begun. */
    public Instant caughtUpTo() {
        return read(CAUGHT_UP);
    }

    void setCaughtUpTo(Instant instant) {
        write(CAUGHT_UP, instant);
    }

    /** What the service's schedule waits for in the middle of its work; the epoch if it doesn't. */
    public Instant waitingUntil() {
        return read(WAITING_UNTIL);
    }

    void setWaitingUntil(Instant instant) {
        write(WAITING_UNTIL, instant);
    }

    /** Forgets what a service that is dead has written. */
    public void forgetService() {
        setCaughtUpTo(Instant.EPOCH);
        setWaitingUntil(Instant.EPOCH);
    }

    private Instant read(int index) {
        return Instant.ofEpochMilli((long) LONGS.getVolatile(memory, index));
    }

    private void write(int index, Instant instant) {
        LONGS.setVolatile(memory, index, instant.toEpochMilli());
    }
}
