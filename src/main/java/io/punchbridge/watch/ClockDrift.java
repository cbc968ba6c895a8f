package io.punchbridge.watch;

import io.punchbridge.inbox.DeviceStates.Drift;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Tells how far a device's clock is behind the gateway's, from punches that came one by one. Not thread-safe; memory is
 * bounded. docs/adr/0010-device-state.md tells why it is done so.
 *
 * <p>The gateway's time of a punch minus the device's is the clock's error plus the delay of delivery, and a delay is
 * never negative. So each punch bounds the error from above, and the least of the recent ones is the error plus the
 * shortest delay: the <em>level</em>. What follows for a new punch:
 *
 * <ul>
 *   <li>Below the level: the clock moved ahead, or we learned better. Believed at once.
 *   <li>On the level, within {@link #JITTER}: the clock stands as it stood. Whatever looked late before was late.
 *   <li>Above it: late, or the clock was set back; one punch can't tell. A clock that was set back keeps pace with the
 *       gateway's from then on, so that its punches agree however far apart they come. Late ones agree only if they are
 *       delivered at the very pace at which they were made. So the level rises after {@link #WITNESSES} punches in a row
 *       that agree and lie apart by {@link #APART} at least: a few punches, and no batch.
 * </ul>
 *
 * <p>A first punch near zero counts as on the level, as does one of a clock that is ahead. A level that no punch has met
 * for a day, while many came, is given up: what delivers every punch late, each by another while, can't be told from a
 * clock that is wrong, and is called unknown.
 */
final class ClockDrift {
    /** How far apart live punches of a steady clock may lie: whole seconds, a busy device, a gateway that polls. */
    static final Duration JITTER = Duration.ofSeconds(30);

    static final int WITNESSES = 3;
    static final Duration APART = Duration.ofMinutes(5);

    /** Long, so that a queue that grows slowly does not carry the level along. */
    private static final Duration WINDOW = Duration.ofDays(1);

    private static final Duration SLICE = Duration.ofHours(1);
    private static final int UNMET_PUNCHES = 16;
    private static final Duration UNMET_FOR = Duration.ofDays(1);
    /** A punch that the gateway sent longer before another says nothing of now. */
    private static final Duration OUT_OF_ORDER = Duration.ofMinutes(5);

    private static final Duration GATEWAY_AHEAD = Duration.ofHours(1);

    private record Sample(Instant at, long behind) {}

    /** Punches above the level, one after the other, that agree. */
    private record Run(long least, long most, int witnesses, Instant lastWitness) {
        static Run of(Sample first) {
            return new Run(first.behind(), first.behind(), 1, first.at());
        }

        boolean agrees(Sample next) {
            return Math.max(most, next.behind()) - Math.min(least, next.behind()) <= JITTER.toSeconds();
        }

        Run with(Sample next) {
            boolean witness = !next.at().isBefore(lastWitness.plus(APART));
            return new Run(
                    Math.min(least, next.behind()),
                    Math.max(most, next.behind()),
                    witness ? witnesses + 1 : witnesses,
                    witness ? next.at() : lastWitness);
        }
    }

    /** The least punch on the level of each hour of a day, oldest first. */
    private final Deque<Sample> window = new ArrayDeque<>();

    private @Nullable Drift drift;
    private @Nullable Instant newest;
    private @Nullable Run run;
    private int unmet;
    private @Nullable Instant unmetSince;

    /** What is known, or null. */
    @Nullable Drift drift() {
        return drift;
    }

    /** Takes over what was known before a restart, or is known to another replica, if it is newer. */
    void adopt(Drift other) {
        Drift mine = drift;
        if (mine != null && !other.at().isAfter(mine.at())) {
            return;
        }
        window.clear();
        Duration behind = other.behind();
        if (behind != null) {
            window.add(new Sample(other.at(), behind.toSeconds()));
        }
        drift = other;
    }

    /**
     * A punch that a callback brought alone and for the first time.
     *
     * @param sentAt the gateway's clock when it sent it
     * @param punchedAt the device's clock when it was made
     * @param receivedAt our clock; a gateway's time far ahead of it is not believed
     */
    void observe(Instant sentAt, Instant punchedAt, Instant receivedAt) {
        Instant last = newest;
        if (sentAt.isAfter(receivedAt.plus(GATEWAY_AHEAD))
                || (last != null && sentAt.isBefore(last.minus(OUT_OF_ORDER)))) {
            return;
        }
        if (last == null || sentAt.isAfter(last)) {
            newest = sentAt;
        }
        Sample sample = new Sample(sentAt, Duration.between(punchedAt, sentAt).toSeconds());
        if (sample.behind() <= level() + JITTER.toSeconds()) {
            onTheLevel(sample);
        } else {
            above(sample);
        }
    }

    private long level() {
        return window.stream().mapToLong(Sample::behind).min().orElse(0);
    }

    private void onTheLevel(Sample sample) {
        if (sample.behind() < level() - JITTER.toSeconds()) {
            window.clear();
        }
        Sample slice = window.peekLast();
        if (slice != null && sample.at().isBefore(slice.at().plus(SLICE))) {
            window.removeLast();
            window.add(new Sample(slice.at(), Math.min(slice.behind(), sample.behind())));
        } else {
            window.add(sample);
        }
        Instant oldest = sample.at().minus(WINDOW);
        window.removeIf(old -> old.at().isBefore(oldest));
        settle(sample.at());
    }

    private void settle(Instant at) {
        drift = new Drift(at, Duration.ofSeconds(level()));
        run = null;
        unmet = 0;
        unmetSince = null;
    }

    private void above(Sample sample) {
        Run before = run;
        Run now = before != null && before.agrees(sample) ? before.with(sample) : Run.of(sample);
        run = now;
        if (now.witnesses() == WITNESSES) {
            window.clear();
            window.add(new Sample(sample.at(), now.least()));
            settle(sample.at());
            return;
        }
        Instant since = unmetSince == null ? sample.at() : unmetSince;
        unmetSince = since;
        unmet++;
        Drift known = drift;
        if (known != null
                && known.behind() != null
                && unmet >= UNMET_PUNCHES
                && !sample.at().isBefore(since.plus(UNMET_FOR))) {
            window.clear();
            drift = new Drift(sample.at(), null);
        }
    }
}
