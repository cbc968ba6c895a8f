package io.punchbridge.alerts;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The metrics of this process at one moment, and how its counters rose. Counters begin at zero with the process, so the
 * first look counts all that came before it. Not thread-safe.
 */
final class Readings {
    private static final Duration LONGEST_WINDOW = Duration.ofDays(1);

    /** Which meters of a name are meant: those with one of these values of a tag. */
    record Which(String tag, Set<String> values) {
        static final Which ALL = new Which("", Set.of());

        static Which having(String tag, String... values) {
            return new Which(tag, Set.of(values));
        }

        private boolean means(Meter meter) {
            String value = meter.getId().getTag(tag);
            return tag.isEmpty() || (value != null && values.contains(value));
        }
    }

    /** A counter's value from an instant on. */
    private record Sample(Instant at, double value) {}

    private final MeterRegistry metrics;
    private final Instant upSince;
    private final Map<Meter.Id, Deque<Sample>> samples = new HashMap<>();
    private Instant now;
    private boolean storageFails;

    Readings(MeterRegistry metrics, Instant upSince) {
        this.metrics = metrics;
        this.upSince = upSince;
        this.now = upSince;
    }

    /** Begins a look. After a clock that was ahead, what rose by it rose just now: else it would stay within its window for long. */
    void at(Instant instant, boolean storageRefusesOurOwnWrite) {
        if (instant.isBefore(now)) {
            samples.replaceAll((counter, known) -> known.stream()
                    .map(sample -> sample.at().isAfter(instant) ? new Sample(instant, sample.value()) : sample)
                    .collect(Collectors.toCollection(ArrayDeque::new)));
        }
        now = instant;
        storageFails = storageRefusesOurOwnWrite;
    }

    Instant now() {
        return now;
    }

    boolean storageFails() {
        return storageFails;
    }

    /** Of each value of a label the greatest gauge; NaN only where there is no other. With an empty label one of all. */
    Map<String, Double> gauges(String name, String label, Which which) {
        Map<String, Double> values = new HashMap<>();
        for (Gauge gauge : metrics.find(name).gauges()) {
            if (which.means(gauge)) {
                values.merge(subject(gauge, label), gauge.value(), Readings::greater);
            }
        }
        return values;
    }

    /** By how much counters rose within a window before now, of each value of a label; 0 for such as didn't rise. */
    Map<String, Double> increase(String name, String label, Which which, Duration window) {
        Map<String, Double> rises = new HashMap<>();
        for (Counter counter : metrics.find(name).counters()) {
            if (which.means(counter)) {
                rises.merge(subject(counter, label), rise(counter, window), Double::sum);
            }
        }
        return rises;
    }

    private double rise(Counter counter, Duration window) {
        Deque<Sample> known = samples.computeIfAbsent(counter.getId(), id -> new ArrayDeque<>());
        double value = counter.count();
        if (known.isEmpty()) {
            known.add(new Sample(upSince, 0));
        }
        if (known.getLast().value() != value) {
            known.add(new Sample(now, value));
        }
        forgetOld(known);
        Instant from = now.minus(window);
        double before = 0;
        for (Sample sample : known) {
            if (!sample.at().isAfter(from)) {
                before = sample.value();
            }
        }
        return value - before;
    }

    /** The newest of the old ones stays: the longest window begins with its value. */
    private void forgetOld(Deque<Sample> known) {
        Instant from = now.minus(LONGEST_WINDOW);
        Sample oldest = known.removeFirst();
        while (!known.isEmpty() && !known.getFirst().at().isAfter(from)) {
            oldest = known.removeFirst();
        }
        known.addFirst(oldest);
    }

    private static String subject(Meter meter, String label) {
        String subject = label.isEmpty() ? "" : meter.getId().getTag(label);
        return subject == null ? "" : subject;
    }

    private static double greater(double one, double other) {
        if (Double.isNaN(one)) {
            return other;
        }
        return Double.isNaN(other) ? one : Math.max(one, other);
    }
}
