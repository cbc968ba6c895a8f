package io.punchbridge.attendance;

import io.punchbridge.frappe.FrappeFailure;
import io.punchbridge.frappe.ShiftType;
import io.punchbridge.inbox.OpenPunches.Open;
import io.punchbridge.inbox.Watermarks.Holding;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.PunchState;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * What keeps auto attendance back, for a person: what it is, what it means, what to do. Times are the site's. Tells no
 * user and no employee.
 */
record HolderWords(ShiftType shift, SiteTime time, AttendanceSettings settings) {
    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    /** How a wall time is written to people, which is how Frappe writes it. */
    static String told(LocalDateTime wallTime) {
        return SECOND.format(wallTime);
    }

    private String told(Instant instant) {
        return told(time.of(instant));
    }

    Holding autoAttendanceIsOff() {
        return new Holding(
                "setting enable_auto_attendance",
                "Auto attendance is off in Shift Type %s, so nothing is processed.".formatted(shift.name()),
                "Turn \"Enable Auto Attendance\" on, if HRMS shall make attendance of check-ins.");
    }

    Holding autoUpdateIsOn() {
        return new Holding(
                "setting auto_update_last_sync",
                ("HRMS itself moves \"Last Sync of Checkin\" of Shift Type %s at the end of each shift, whether or not the"
                                + " punches have come: who is present becomes Absent when a device was offline.")
                        .formatted(shift.name()),
                "Turn \"Auto Update Last Sync\" off in Shift Type %s; Punchbridge then moves it."
                        .formatted(shift.name()));
    }

    /** Of one that is led, as it was when it was read last. */
    static Holding unread(String shiftType, FrappeFailure failure) {
        return new Holding(
                "shift type " + shiftType,
                ("Shift Type %s can't be read, so it isn't decided how far its auto attendance may go, and Punchbridge leaves"
                                + " it where it is: %s")
                        .formatted(shiftType, Outcomes.sentence(failure.words())),
                toLetRead(failure));
    }

    /** Of one that nobody has read yet, so that it may be none that auto attendance is on for. */
    static String neverRead(String shiftType, FrappeFailure failure) {
        return "Shift Type %s can't be read, so it isn't known whether its auto attendance is on, and Punchbridge leaves it alone: %s %s"
                .formatted(shiftType, Outcomes.sentence(failure.words()), toLetRead(failure));
    }

    private static String toLetRead(FrappeFailure failure) {
        return failure.kind() == FrappeFailure.Kind.SET_UP
                ? "Let a role of the API user read this Shift Type, its User Permissions included, with every field that is"
                        + " named."
                : "Nothing, if that is over soon: it is read again in every round. Else open it in ERPNext and save it; if"
                        + " that fails, too, the site's Error Log says more.";
    }

    Holding noFirstDay() {
        return new Holding(
                "setting process_attendance_after",
                "Shift Type %s has no \"Process Attendance After\", and HRMS processes nothing without it."
                        .formatted(shift.name()),
                "Set it to the first day whose punches are all on devices that Punchbridge knows.");
    }

    Holding noDevice() {
        return new Holding(
                "devices",
                "No device counts for Shift Type %s, so nothing can be proven.".formatted(shift.name()),
                "Name it in punchbridge.devices.<name>.shift-types of the devices that its employees punch on, or leave"
                        + " that empty.");
    }

    Holding clockIsAhead(Duration lead) {
        return new Holding(
                "setting clock",
                ("Our clock is %d s ahead of Frappe's, so all that is proven is taken for proven so much less far: punches"
                                + " of that time may not have been made yet.")
                        .formatted(lead.toSeconds()),
                "Let this host and Frappe's keep their time by NTP. doctor shows the difference. Until then attendance"
                        + " comes later by so much.");
    }

    Holding nothingVerified(Device device) {
        String name = device.name();
        if (!device.connection().answersRequests()) {
            return holding(
                    device,
                    "Nothing proves that all punches of %s are here: the gateway can't ask a device that is connected so."
                            .formatted(name),
                    ("State in punchbridge.devices.%s.assume-complete-after after what silence it is taken for"
                                    + " complete.")
                            .formatted(name));
        }
        if (!settings.gatewayKnown()) {
            return holding(
                    device,
                    "Nothing proves that all punches of %s are here: its log can't be asked for.".formatted(name),
                    ("Set punchbridge.gateway.endpoint to the RESTful API of your CAMS account, or state in"
                                    + " punchbridge.devices.%s.assume-complete-after after what silence it is taken for"
                                    + " complete.")
                            .formatted(name));
        }
        return holding(
                device,
                "Nothing proves yet that all punches of %s are here: its log has not come whole.".formatted(name),
                "See why: the service's log and GET /api/v1/reconciliation/runs tell. Is the device on, and on line?");
    }

    Holding provenTooLate(Device device, LocalDateTime needed, Instant since) {
        LocalDate loadFrom = needed.toLocalDate();
        LocalDate provenDay = new ShiftDays(shift).firstFrom(time.of(since).plusSeconds(1));
        String skip = "set \"Process Attendance After\" of %s to %s, and make the attendance of the days before by hand"
                .formatted(shift.name(), provenDay);
        String toDo = settings.gatewayKnown() && device.connection().answersRequests()
                ? "Load its log: java -jar quarkus-run.jar load-log --device %s --from %s. Or %s."
                        .formatted(device.name(), loadFrom, skip)
                : "Its log can't be loaded, so " + skip + ".";
        return holding(
                device,
                "The proof of %s begins only at %s; %s needs it from %s on."
                        .formatted(device.name(), told(since), shift.name(), told(needed)),
                toDo);
    }

    Holding verifiedUntil(Device device, Instant until) {
        String toDo = settings.gatewayKnown() && device.connection().answersRequests()
                ? "Nothing, if that is within the last half hour. Else see why its log can't be loaded: the service's log and"
                        + " GET /api/v1/reconciliation/runs tell."
                : "Nothing, if its assume-complete-after is not over; it counts from the device's last callback.";
        return holding(device, "%s is proven complete only until %s.".formatted(device.name(), told(until)), toDo);
    }

    private static Holding holding(Device device, String words, String toDo) {
        return new Holding("device " + device.name(), words, toDo);
    }

    /** @param letGo when it holds back no longer; null if never */
    Holding open(Open open, Instant holdsFrom, @Nullable Instant letGo) {
        Instant at = open.at();
        String when = at == null || open.state() == PunchState.QUARANTINED
                ? "that came at " + told(open.receivedAt())
                : "of " + told(at);
        String which = "Punch %s, %s,".formatted(open.key(), when);
        String since = holdsFrom.equals(open.provenBefore())
                ? " It may have been made at any time since its device was last proven complete before it came, until %s."
                        .formatted(told(holdsFrom))
                : "";
        String until = letGo == null ? "" : " Without that it is passed over from %s on.".formatted(told(letGo));
        return new Holding("punch " + open.key(), which + " " + state(open) + since, toDo(open) + until);
    }

    private static String state(Open open) {
        return switch (open.state()) {
            case PENDING -> "is not delivered yet.";
            case REJECTED -> "was refused by Frappe.";
            case HELD -> "is held: nobody is found whose it is.";
            case QUARANTINED -> "is quarantined: its time or user can't be believed or read.";
            case DELIVERED, IGNORED -> "is settled.";
        };
    }

    private static String toDo(Open open) {
        return switch (open.state()) {
            case PENDING ->
                "Nothing, if it goes on soon. Else see why delivery stands still: the service's log tells, and the metric"
                        + " punchbridge_frappe_condition.";
            case REJECTED -> "Correct the cause in ERPNext and replay it, or dismiss it.";
            case HELD ->
                "Set this attendance device id at the employee in ERPNext, and it is delivered by itself; or dismiss it.";
            case QUARANTINED ->
                "Look at it and at the device's clock. If somebody punched, enter the check-in in ERPNext by hand; then dismiss it. A"
                        + " replay alone is quarantined again.";
            case DELIVERED, IGNORED -> "Nothing.";
        };
    }
}
