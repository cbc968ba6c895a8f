package io.punchbridge.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * How much of the machine's processors somebody else took meanwhile: what was busy, less what this process and those of
 * its children that have ended took. Numbers beside a large share are not to be believed. Linux only.
 */
final class Others {
    private static final int IDLE = 3;
    private static final int WAITING_FOR_DISK = 4;
    private static final int FIRST_OF_OWN_TIMES = 11;

    private final long[] begin;

    private Others(long[] begin) {
        this.begin = begin;
    }

    static Others watch() throws IOException {
        return new Others(now());
    }

    /** Share of all processors' time since the begin. */
    double share() throws IOException {
        long[] end = now();
        long all = end[0] - begin[0];
        long busy = end[1] - begin[1];
        long own = end[2] - begin[2];
        return all == 0 ? Double.NaN : Math.max(0, (double) (busy - own) / all);
    }

    /** Ticks: of all, busy ones, own ones. */
    private static long[] now() throws IOException {
        Path machine = Path.of("/proc/stat");
        if (!Files.isReadable(machine)) {
            return new long[3];
        }
        long[] times = numbers(Files.readAllLines(machine).get(0).substring("cpu".length()));
        // The last two, of guests, are counted among the first as well.
        long all = Arrays.stream(times, 0, 8).sum();
        String own = Files.readString(Path.of("/proc/self/stat"));
        List<String> fields =
                Arrays.asList(own.substring(own.lastIndexOf(')') + 2).split(" ", -1));
        long ownTimes = fields.subList(FIRST_OF_OWN_TIMES, FIRST_OF_OWN_TIMES + 4).stream()
                .mapToLong(Long::parseLong)
                .sum();
        return new long[] {all, all - times[IDLE] - times[WAITING_FOR_DISK], ownTimes};
    }

    private static long[] numbers(String text) {
        return Arrays.stream(text.strip().split("\\s+", -1))
                .mapToLong(Long::parseLong)
                .toArray();
    }
}
