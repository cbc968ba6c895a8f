package io.punchbridge.inbox;

import io.punchbridge.punch.SerialNumber;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of devices from one start to the next, and from one replica to the other. Instants are kept to the
 * millisecond. Every method blocks, and throws {@link StorageException} when the storage fails.
 */
public interface DeviceStates {
    /** An instant of a record that lies further ahead of our clock was made by a clock that was wrong; anything replaces it. */
    Duration AHEAD_OF_CLOCK = Duration.ofHours(1);

    /**
     * How wrong a device's clock is.
     *
     * @param at gateway's clock at the punch that says so
     * @param behind how far the device's clock is behind the gateway's, in whole seconds; negative if it is ahead; null
     *     where nothing is known any more
     */
    record Drift(Instant at, @Nullable Duration behind) {}

    /**
     * A readable answer of the gateway to a request of ours about a device.
     *
     * @param statusCode the gateway's number
     * @param words ours for it, for a person
     */
    record Answer(Instant at, int statusCode, String words) {}

    /**
     * What a device last said of itself.
     *
     * @param licensedUntil last day of the licence that ends first
     */
    record Information(
            Instant readAt,
            @Nullable String model,
            @Nullable LocalDate licensedUntil,
            @Nullable Integer users) {}

    /**
     * All that is kept of one device. Any part may be missing: then nothing is known of it.
     *
     * @param watchedSince when a process first saw it declared
     * @param askedAt when its information was last asked for, with whatever outcome
     */
    record Kept(
            SerialNumber device,
            Instant watchedSince,
            @Nullable Instant lastCallback,
            @Nullable Instant lastEvent,
            @Nullable Drift drift,
            @Nullable Answer answer,
            @Nullable Information information,
            @Nullable Instant askedAt) {}

    /**
     * A warning that stands.
     *
     * @param warning its name
     * @param since when it was raised
     * @param toldAt when a person was last told of it
     */
    record Warned(SerialNumber device, String warning, Instant since, Instant toldAt) {}

    /** How many punches that were made in a span of time are stored, and how many of them are delivered. */
    record Counted(long stored, long delivered) {}

    /**
     * Keeps all of these in one transaction. Of each part that is kept already the later stays, whoever writes last: so
     * replicas may write in any order. {@code watchedSince} is the earliest.
     */
    void merge(Collection<Kept> devices);

    List<Kept> all();

    /** Raises a warning, or changes when it was told. */
    void warn(Warned warning);

    void clear(SerialNumber device, String warning);

    List<Warned> warnings();

    /**
     * Counts by device the readable punches that were made in a span; exact. Reads along the primary key, and only what
     * was made in the span.
     *
     * @param from inclusive
     * @param until exclusive
     */
    Map<SerialNumber, Counted> count(Instant from, Instant until);
}
