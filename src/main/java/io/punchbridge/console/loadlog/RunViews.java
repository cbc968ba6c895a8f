package io.punchbridge.console.loadlog;

import io.punchbridge.access.WhoAsks;
import io.punchbridge.console.Times;
import io.punchbridge.console.devices.DeviceLinks;
import io.punchbridge.inbox.FoundNear;
import io.punchbridge.inbox.Run;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.Devices;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts a run into a person's words. */
@Singleton
public class RunViews {
    private final Devices devices;
    private final FoundNear foundNear;
    private final Times times;
    private final WhoAsks whoAsks;
    private final Clock clock;

    RunViews(Devices devices, FoundNear foundNear, Times times, WhoAsks whoAsks, Clock clock) {
        this.devices = devices;
        this.foundNear = foundNear;
        this.times = times;
        this.whoAsks = whoAsks;
        this.clock = clock;
    }

    /** Without what has to be counted for it: for lists. */
    public RunView inList(Run run) {
        return of(run, 0);
    }

    public RunView whole(Run run) {
        boolean ended = run.state() != Run.State.RUNNING;
        return of(run, ended ? foundNear.count(run.device(), run.from(), run.until()) : 0);
    }

    private RunView of(Run run, long near) {
        Optional<Device> device = devices.bySerialNumber(run.device());
        boolean running = run.state() == Run.State.RUNNING;
        return new RunView(
                run.id(),
                devices.nameOf(run.device()),
                device.map(DeviceLinks::to).orElse(null),
                by(run),
                run.stateWord().shown(),
                tone(run.state()),
                range(run, device),
                (int) (run.share() * 100),
                run.windowsDone() + " of " + run.windows(),
                number(run.pages()),
                number(run.rows()),
                number(run.newPunches()),
                number(run.lostPunches()),
                number(run.errors()),
                times.moment(run.startedAt(), run.device()),
                times.momentOrNull(run.endedAt()),
                times.momentOrNull(run.estimatedEnd(clock.instant()).orElse(null)),
                words(run, near),
                run.reason(),
                running,
                running && whoAsks.mayAct());
    }

    private static String by(Run run) {
        Run.Trigger trigger = run.trigger();
        if (trigger == null) {
            return run.triggerWord().shown();
        }
        return trigger == Run.Trigger.SCHEDULE ? "by the schedule" : "by a person";
    }

    private static String tone(Run.@Nullable State state) {
        if (state == null) {
            return "warn";
        }
        return switch (state) {
            case DONE -> "ok";
            case FAILED -> "bad";
            case RUNNING -> "";
            case CANCELLED, INTERRUPTED -> "warn";
        };
    }

    private String range(Run run, Optional<Device> device) {
        ZoneId own = device.map(Device::timeZone).orElse(null);
        ZoneId zone = own == null ? times.zone() : own;
        LocalDate first = LocalDate.ofInstant(run.from(), zone);
        LocalDate last = LocalDate.ofInstant(run.until().minusMillis(1), zone);
        return first.equals(last) ? first.toString() : first + " to " + last;
    }

    private static String words(Run run, long near) {
        Run.State state = run.state();
        if (state == null) {
            return "Another version of Punchbridge left it so; this one does not know more of it.";
        }
        return switch (state) {
            case RUNNING ->
                run.pages() == 0
                        ? "Waits for the first answer. The gateway takes one request at a time, and about 15 seconds for each."
                        : "Pages are asked for one after the other, about 15 seconds each. What has come is stored.";
            case DONE -> done(run) + unreadable(run) + foundNear(near);
            case FAILED ->
                "It ended before all of the range had come. What came is stored. Load the same days again when the"
                        + " cause is gone: nothing is stored twice.";
            case CANCELLED ->
                "It was cancelled. What had come by then is stored; the rest of the range was not loaded.";
            case INTERRUPTED ->
                "The process that loaded it ended. What had come by then is stored. Load the same days again: nothing"
                        + " is stored twice.";
        };
    }

    private static String done(Run run) {
        if (run.rows() == 0) {
            return "All of the range was loaded: the device recorded nothing in these days.";
        }
        if (run.newPunches() == 0) {
            return "All of the range was loaded, %s, and nothing was missing here."
                    .formatted(counted(run.rows(), "row", "rows"));
        }
        String lost = run.lostPunches() == 0
                ? "None of them counts as lost: they are older than the watch over this device, or were still on their way."
                : "Callbacks had lost " + number(run.lostPunches()) + " of them.";
        return "All of the range was loaded. %s missing here, and will be delivered after live ones. %s"
                .formatted(counted(run.newPunches(), "punch was", "punches were"), lost);
    }

    private static String unreadable(Run run) {
        return run.unreadable() == 0
                ? ""
                : " %s readable time or user: look at them among the quarantined punches."
                        .formatted(counted(run.unreadable(), "row has no", "rows have no"));
    }

    private static String foundNear(long near) {
        return near == 0
                ? ""
                : " %s sent, since another program's check-in stood near in Frappe."
                        .formatted(counted(near, "punch was not", "punches were not"));
    }

    private static String counted(long number, String one, String many) {
        return number(number) + " " + (number == 1 ? one : many);
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
