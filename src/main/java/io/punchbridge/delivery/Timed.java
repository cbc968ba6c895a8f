package io.punchbridge.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/** What a call answered, when it began, and how long that took. */
record Timed<T>(T answer, Instant at, Duration took) {

    static <T> Timed<T> call(Clock clock, Supplier<T> call) {
        Instant at = clock.instant();
        long begun = System.nanoTime();
        T answer = call.get();
        return new Timed<>(answer, at, Duration.ofNanos(System.nanoTime() - begun));
    }

    Exchange about(List<Parcel> parcels) {
        return new Exchange(
                at,
                took,
                parcels.stream().mapToInt(parcel -> parcel.punches().size()).sum());
    }

    /**
     * A request and its answer, as the record of a punch tells them.
     *
     * @param punches how many the request was about
     */
    record Exchange(Instant at, Duration took, int punches) {}
}
