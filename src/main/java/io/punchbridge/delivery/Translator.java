package io.punchbridge.delivery;

import io.punchbridge.frappe.Checkin;
import io.punchbridge.frappe.Employee;
import io.punchbridge.frappe.WallClock;
import io.punchbridge.inbox.WaitingPunch;
import io.punchbridge.punch.Coordinates;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.Devices;
import io.punchbridge.punch.Direction;
import io.punchbridge.punch.LogType;
import io.punchbridge.punch.Punch;
import io.punchbridge.punch.PunchDetails;
import io.punchbridge.punch.PunchState;
import io.punchbridge.punch.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Decides what a punch becomes in Frappe. Pure: the same punch, directory, zone and policy give the same result. */
final class Translator {
    /** A wrong clock change is an hour; what goes far beyond is no fault of our clock, but a wrong {@code Time}. */
    private static final Duration OUR_CLOCK_MAY_BE_BEHIND = Duration.ofMinutes(90);

    private final Devices devices;
    private final CheckInPolicy policy;
    private final Function<UserId, Optional<Employee>> directory;

    Translator(Devices devices, CheckInPolicy policy, Function<UserId, Optional<Employee>> directory) {
        this.devices = devices;
        this.policy = policy;
        this.directory = directory;
    }

    sealed interface Translation {
        /** Becomes this check-in of this employee. */
        record Send(Checkin checkin, Employee employee) implements Translation {}

        /** Is not sent, for a reason that a person can read. */
        record Keep(PunchState state, String reason) implements Translation {}

        /** No employee has this id: held, unless a fresh look at the directory shows one. */
        record UnknownUser() implements Translation {}
    }

    Translation translate(WaitingPunch waiting, WallClock site) {
        Punch punch = waiting.punch();
        String doubt = doubtfulTime(waiting);
        if (doubt != null) {
            return new Translation.Keep(PunchState.QUARANTINED, doubt);
        }
        if (punch.type().isMeal() && policy.meals() == CheckInPolicy.Meals.IGNORE) {
            return new Translation.Keep(PunchState.IGNORED, "Meal punches are left out (punchbridge.check-in.meals).");
        }
        Optional<Employee> found = directory.apply(punch.user());
        if (found.isEmpty()) {
            return new Translation.UnknownUser();
        }
        Employee employee = found.get();
        LocalDateTime time = site.at(punch.at());
        String objection = objection(employee, time);
        if (objection != null) {
            return new Translation.Keep(PunchState.HELD, objection);
        }
        Optional<Device> device = devices.bySerialNumber(punch.device());
        LogType logType =
                device.map(Device::direction).orElse(Direction.AS_SENT).logTypeOf(punch.type());
        Checkin checkin = new Checkin(
                employee.name(),
                time,
                logType,
                devices.nameOf(punch.device()),
                punch.type().isMeal(),
                extras(punch, device.map(Device::coordinates).orElse(null)));
        return new Translation.Send(checkin, employee);
    }

    /** All that is known; the site may have no field for some of it. */
    private static Checkin.Extras extras(Punch punch, @Nullable Coordinates coordinates) {
        PunchDetails details = punch.details();
        String sentType = punch.sentType();
        return new Checkin.Extras(
                punch.key(),
                coordinates,
                details.logTime(),
                details.inputType(),
                details.temperature(),
                details.faceMask(),
                sentType != null ? sentType : punch.type().word());
    }

    static String heldAsUnknown() {
        return "No employee has this attendance device id. It is released by itself when one does.";
    }

    /**
     * Measured against the clocks at its arrival, not of now: a punch that waits doesn't grow implausible. The gateway's
     * clock counts beside ours, so that ours being behind doesn't hold honest punches back.
     */
    private @Nullable String doubtfulTime(WaitingPunch waiting) {
        Instant at = waiting.punch().at();
        Instant gatewayTime = waiting.punch().details().gatewayTime();
        Instant received = waiting.receivedAt();
        Instant latest = received;
        if (gatewayTime != null && gatewayTime.isAfter(received)) {
            Instant credible = received.plus(OUR_CLOCK_MAY_BE_BEHIND);
            latest = gatewayTime.isBefore(credible) ? gatewayTime : credible;
        }
        if (at.isAfter(latest.plus(policy.futureTolerance()))) {
            return "Its time lies in the future, so the device's clock is ahead. Correct the device's clock and zone.";
        }
        if (at.isBefore(received.minus(policy.oldest()))) {
            return "It was already older than punchbridge.check-in.oldest (%d days) when it came: an old record, or a device clock that was reset."
                    .formatted(policy.oldest().toDays());
        }
        return null;
    }

    private static @Nullable String objection(Employee employee, LocalDateTime time) {
        if (employee.status().equals("Active")) {
            return null;
        }
        if (!employee.status().equals("Left")) {
            return "The employee's status is %s. It is released by itself when the employee is Active."
                    .formatted(employee.status());
        }
        if (employee.relievingDate() == null) {
            return "The employee has left, and has no relieving date. It is released by itself when one is set.";
        }
        return time.toLocalDate().isAfter(employee.relievingDate())
                ? "The employee had left before: the relieving date lies earlier."
                : null;
    }
}
