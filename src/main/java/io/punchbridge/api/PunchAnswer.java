package io.punchbridge.api;

import io.punchbridge.inbox.StoredPunch;
import io.punchbridge.punch.Devices;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A stored punch, as a list shows it. Times are in UTC where nothing else is said.
 *
 * @param device its name in the configuration, or its serial number if it isn't declared
 * @param user id on the device; null where it could not be read, as {@code at} and {@code type} then may be
 * @param at when the device recorded it
 * @param localTime the same in the device's zone, or in the site's for a device that has none
 * @param type the gateway's word, e.g. {@code CheckIn}
 * @param source callback or load-log
 * @param receivedLocally {@code receivedAt} in the zone of {@code localTime}
 */
@RegisterForReflection
public record PunchAnswer(
        String key,
        String device,
        @Nullable String user,
        @Nullable String at,
        @Nullable String localTime,
        @Nullable String type,
        String source,
        String receivedAt,
        String receivedLocally,
        String state,
        @Nullable String reason,
        @Nullable String employee,
        @Nullable String checkin,
        @Nullable String settledAt) {

    static PunchAnswer of(StoredPunch punch, Devices devices, FilterReader filters) {
        return new PunchAnswer(
                punch.key().value(),
                devices.nameOf(punch.device()),
                punch.user() == null ? null : punch.user().value(),
                text(punch.at()),
                punch.at() == null ? null : local(punch.at(), punch, filters),
                punch.type() == null
                        ? null
                        : punch.sentType() == null ? punch.type().word() : punch.sentType(),
                FilterReader.word(punch.source()),
                punch.receivedAt().toString(),
                local(punch.receivedAt(), punch, filters),
                FilterReader.word(punch.state()),
                punch.reason(),
                punch.employee(),
                punch.checkin(),
                text(punch.settledAt()));
    }

    static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private static String local(Instant instant, StoredPunch punch, FilterReader filters) {
        return OffsetDateTime.ofInstant(instant.truncatedTo(ChronoUnit.SECONDS), filters.zone(punch.device()))
                .toString();
    }
}
