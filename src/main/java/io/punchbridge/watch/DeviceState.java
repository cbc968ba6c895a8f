package io.punchbridge.watch;

import io.punchbridge.inbox.DeviceStates.Answer;
import io.punchbridge.inbox.DeviceStates.Counted;
import io.punchbridge.inbox.DeviceStates.Drift;
import io.punchbridge.inbox.DeviceStates.Information;
import io.punchbridge.punch.Device;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a device, at one moment and as far as this process knows: what other replicas saw is up to a
 * minute old. Survives a restart, but for the last half minute before a crash.
 *
 * @param zone the device's, else the site's, else UTC; "today" is its
 * @param watchedSince when Punchbridge first saw it declared
 * @param lastCallback our clock at its last authenticated callback, of whatever kind
 * @param lastEvent the same of the last one that was no punch
 * @param lastAnswer the gateway's last answer to a request of ours about it
 * @param drift how its clock goes; null as long as nothing is known
 * @param information what it last said of itself
 * @param today how many punches that it made today are stored and delivered; null until first counted
 * @param warnings those that stand
 */
public record DeviceState(
        Device device,
        ZoneId zone,
        Instant watchedSince,
        @Nullable Instant lastCallback,
        @Nullable Instant lastEvent,
        @Nullable Answer lastAnswer,
        @Nullable Drift drift,
        @Nullable Information information,
        @Nullable Today today,
        Set<Warning> warnings) {

    public DeviceState {
        warnings = Set.copyOf(warnings);
    }

    /** Punches whose own time lies on this day of the device's zone. */
    public record Today(LocalDate day, Counted punches) {}

    /** How far its clock is behind the gateway's; negative if it is ahead; null if that isn't known. */
    public @Nullable Duration clockDrift() {
        Drift known = drift;
        return known == null ? null : known.behind();
    }

    /** Last day of the licence that ends first; null if it isn't known. */
    public @Nullable LocalDate licensedUntil() {
        Information known = information;
        return known == null ? null : known.licensedUntil();
    }
}
