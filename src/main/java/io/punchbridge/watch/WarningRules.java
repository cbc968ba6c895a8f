package io.punchbridge.watch;

import io.punchbridge.inbox.DeviceStates.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Whether something is wrong with a device, and what to say of it: what happened, what it means, what to do. */
final class WarningRules {
    /** After a start the gateway first hands over what it kept meanwhile; who was silent through our fault isn't silent. */
    static final Duration GRACE = Duration.ofMinutes(10);

    private final WatchSettings settings;

    WarningRules(WatchSettings settings) {
        this.settings = settings;
    }

    /**
     * Words for a person if the warning stands, else empty.
     *
     * @param stood whether it stood before: a clock near the threshold shall not be warned of again and again
     * @param upSince when this process began to listen
     */
    Optional<String> judge(Warning warning, DeviceState device, boolean stood, Instant upSince, Instant now) {
        return switch (warning) {
            case CLOCK_DRIFT -> clockDrift(device, stood);
            case LICENCE_ENDS -> licence(device, now);
            case SILENT -> silence(device, stood, upSince, now);
        };
    }

    private Optional<String> clockDrift(DeviceState device, boolean stood) {
        Duration behind = device.clockDrift();
        if (behind == null) {
            return Optional.empty();
        }
        Duration threshold = settings.clockDrift();
        Duration limit = stood ? threshold.multipliedBy(3).dividedBy(4) : threshold;
        if (behind.abs().compareTo(limit) <= 0) {
            return Optional.empty();
        }
        return Optional.of(
                ("The clock of the device %s is about %s %s. Its punches carry a wrong time, and are delivered with"
                                + " it or quarantined. Set its clock, and have the device take its time from the network; if it is"
                                + " off by whole hours, look at its time zone and at punchbridge.devices.%s.time-zone. Then correct"
                                + " its check-ins since.")
                        .formatted(
                                device.device().name(),
                                inWords(behind.abs()),
                                behind.isNegative() ? "ahead" : "behind",
                                device.device().name()));
    }

    private Optional<String> licence(DeviceState device, Instant now) {
        LocalDate last = device.licensedUntil();
        LocalDate today = now.atZone(device.zone()).toLocalDate();
        if (last == null
                || last.isAfter(today.plusDays(settings.licenceEndsWithin().toDays()))) {
            return Optional.empty();
        }
        long days = ChronoUnit.DAYS.between(today, last);
        String when = days < 0
                ? "ended on %s".formatted(last)
                : "ends on %s, in %d %s".formatted(last, days, days == 1 ? "day" : "days");
        return Optional.of(
                "The licence of the device %s %s. After its end the gateway hands over no punches of it. Renew it with the vendor."
                        .formatted(device.device().name(), when));
    }

    private Optional<String> silence(DeviceState device, boolean stood, Instant upSince, Instant now) {
        Duration allowed = settings.silentFor(device.device());
        boolean justStarted = now.isBefore(upSince.plus(GRACE));
        Instant heard = device.lastCallback();
        Duration silent = Duration.between(heard != null ? heard : device.watchedSince(), now);
        if (allowed.isZero() || silent.compareTo(allowed) < 0 || (justStarted && !stood)) {
            return Optional.empty();
        }
        String since = heard == null
                ? "has never called back since it was declared, %s ago".formatted(inWords(silent))
                : "has not called back for %s".formatted(inWords(silent));
        return Optional.of(
                ("The device %s %s. Its punches don't arrive. Look whether it is switched on and online; then"
                                + " compare its callback URL and auth token in the CAMS API monitor, and look there for a queue that"
                                + " is stuck.%s")
                        .formatted(device.device().name(), since, answeredMeanwhile(device, silent, now)));
    }

    /** A device that answers and doesn't call back is online: then it is the callback's set-up. */
    private static String answeredMeanwhile(DeviceState device, Duration silent, Instant now) {
        Answer answer = device.lastAnswer();
        boolean meanwhile = answer != null
                && answer.statusCode() == 0
                && Duration.between(answer.at(), now).compareTo(silent) < 0;
        return meanwhile ? " It answered a request meanwhile, so it is online: look at the callback URL first." : "";
    }

    /** In the unit that a person would take. */
    static String inWords(Duration duration) {
        if (duration.compareTo(Duration.ofDays(3)) >= 0) {
            return duration.toDays() + " days";
        }
        if (duration.compareTo(Duration.ofHours(3)) >= 0) {
            return duration.toHours() + " hours";
        }
        if (duration.compareTo(Duration.ofMinutes(3)) >= 0) {
            return duration.toMinutes() + " minutes";
        }
        return duration.toSeconds() + " seconds";
    }
}
