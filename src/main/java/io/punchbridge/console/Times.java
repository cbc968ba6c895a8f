package io.punchbridge.console;

import io.punchbridge.gateway.CallbackDoor;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.Devices;
import io.punchbridge.punch.SerialNumber;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells instants as the site's clock shows them; in UTC as long as the site's zone isn't known. */
@Singleton
public class Times {
    private static final DateTimeFormatter WALL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter WALL_AND_OFFSET =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss xxx", Locale.ROOT);

    private final CallbackDoor.FallbackZone siteZone;
    private final Devices devices;
    private final Clock clock;

    Times(CallbackDoor.FallbackZone siteZone, Devices devices, Clock clock) {
        this.siteZone = siteZone;
        this.devices = devices;
        this.clock = clock;
    }

    public ZoneId zone() {
        ZoneId known = siteZone.get();
        return known == null ? ZoneOffset.UTC : known;
    }

    public LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), zone());
    }

    public Moment moment(Instant instant) {
        return moment(instant, null);
    }

    /** For templates: null stays null. */
    public @Nullable Moment momentOrNull(@Nullable Instant instant) {
        return instant == null ? null : moment(instant);
    }

    /** With the device's own time beside it, where its zone tells another. */
    public Moment moment(Instant instant, @Nullable SerialNumber device) {
        ZoneId site = zone();
        ZoneId own = device == null
                ? null
                : devices.bySerialNumber(device).map(Device::timeZone).orElse(null);
        boolean same = own == null
                || own.getRules().getOffset(instant).equals(site.getRules().getOffset(instant));
        return new Moment(
                instant.toString(),
                WALL.format(instant.atZone(site)),
                ago(instant),
                same ? null : WALL_AND_OFFSET.format(instant.atZone(own)));
    }

    /** E.g. {@code 3 min ago}, or {@code in 2 h}. */
    public String ago(Instant instant) {
        Duration since = Duration.between(instant, clock.instant());
        return since.isNegative() ? "in " + inWords(since.negated()) : inWords(since) + " ago";
    }

    /** Roughly, in one unit. */
    public static String inWords(Duration duration) {
        if (duration.toMinutes() < 1) {
            return duration.toSeconds() + " s";
        }
        if (duration.toHours() < 1) {
            return duration.toMinutes() + " min";
        }
        return duration.toDays() < 2 ? duration.toHours() + " h" : duration.toDays() + " days";
    }

    String zoneInWords() {
        return siteZone.get() == null ? "UTC, since Frappe has not told the site's zone yet" : zone().getId();
    }
}
