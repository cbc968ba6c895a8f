package io.punchbridge.longrun;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** When the service dies, of what, and for how long it is gone. */
final class Deaths {
    enum Moment {
        /** While a device's log is asked for, or what came is being stored. */
        AT_LOAD_LOG,
        /** At any moment, mostly with callbacks and deliveries under way. */
        AT_WORK,
        /** At any moment, and once more while it starts. */
        AT_START
    }

    /**
     * One death.
     *
     * @param request which of the next requests to the gateway it is
     * @param delay how long after that, or after time has moved on
     * @param gone how long nobody starts it again
     */
    record Death(Instant at, Moment moment, int request, Duration delay, Duration gone) {}

    private static final int DEATHS = Math.max(2, 16 * Plan.DAYS / 90);
    private static final List<Duration> GONE =
            List.of(Duration.ZERO, Duration.ZERO, Duration.ofMinutes(90), Duration.ofHours(5), Duration.ofHours(11));

    private final Deque<Death> planned;
    private final Random random;

    Deaths(long seed) {
        random = new Random(seed);
        long seconds = Duration.between(Plan.BEGIN, Plan.LAST_PUNCH).toSeconds();
        planned = new ArrayDeque<>(IntStream.range(0, DEATHS)
                .mapToObj(i -> death(i, seconds))
                .sorted(Comparator.comparing(Death::at))
                .toList());
    }

    private Death death(int i, long seconds) {
        Moment moment = i % 4 == 3 ? Moment.AT_START : i % 4 == 2 ? Moment.AT_WORK : Moment.AT_LOAD_LOG;
        Duration delay = moment == Moment.AT_LOAD_LOG ? millis(12) : millis(40);
        return new Death(
                Plan.BEGIN.plusSeconds((long) ((i + random.nextDouble()) * seconds / DEATHS)),
                moment,
                1 + random.nextInt(45),
                delay,
                GONE.get(random.nextInt(GONE.size())));
    }

    private Duration millis(int most) {
        return Duration.ofNanos((long) (random.nextDouble() * most * 1_000_000));
    }

    /** How long a life lasts that ends at its start. */
    Duration shortLife() {
        return millis(1_500).plusMillis(200);
    }

    /** The next one, if its time has come. */
    @Nullable Death due(Instant now) {
        Death next = planned.peek();
        return next != null && !next.at().isAfter(now) ? planned.remove() : null;
    }
}
