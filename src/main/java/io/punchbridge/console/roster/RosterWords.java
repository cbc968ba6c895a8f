package io.punchbridge.console.roster;

import io.punchbridge.console.Times;
import io.punchbridge.inbox.UserCommand;
import io.punchbridge.roster.Finding;
import io.punchbridge.roster.RosterSettings;

/** What the parts of a comparison mean for a person. */
final class RosterWords {
    private RosterWords() {}

    static String mode(RosterSettings settings) {
        String every = Times.inWords(settings.every());
        return switch (settings.mode()) {
            case OFF ->
                "The roster is off: nothing is compared by itself, and nothing is changed on any device. Set"
                        + " punchbridge.roster.mode to report to have it compared, or to apply to have it set right as"
                        + " well, and restart.";
            case REPORT ->
                "Every " + every
                        + " the devices' users are compared with the employees. Nothing is changed on any device;"
                        + " punchbridge.roster.mode: apply would set right what differs.";
            case APPLY ->
                "Every " + every
                        + " the devices' users are compared with the employees, and what differs is set right, "
                        + settings.sending().commandsPerMinute() + " changes a minute at most. More than "
                        + settings.deletions().mostPercent()
                        + " % of a device's users are not deleted without a person's consent.";
        };
    }

    static String title(Finding.Kind kind) {
        return switch (kind) {
            case MISSING -> "Missing on the device";
            case NAME_DIFFERS -> "Other name on the device";
            case LEAVING -> "Has left, still on the device";
            case LEAVING_LATER -> "Has left a short while ago";
            case ADMINISTRATOR_LEFT -> "Has left, and administers the device";
            case ID_PASSED_ON -> "Has left, but the id may be somebody else's by now";
            case OUT_OF_SCOPE -> "Works elsewhere";
            case SURPLUS -> "On the device, but unknown";
            case ID_DIFFERS -> "Id differs only by zeros or case";
            case UNCLEAR -> "Frappe doesn't say clearly";
        };
    }

    static String advice(Finding.Kind kind) {
        return switch (kind) {
            case MISSING -> "Active employees of this device. Mode apply adds them; they enrol at the device then.";
            case NAME_DIFFERS -> "Mode apply changes the name to the employee's.";
            case LEAVING -> "Mode apply deletes them.";
            case LEAVING_LATER -> "They stay until punchbridge.roster.delete-after is over. There is nothing to do.";
            case ADMINISTRATOR_LEFT ->
                "Never deleted by itself: name another administrator at the device, then delete this one there.";
            case ID_PASSED_ON ->
                "Not deleted: the device shows another name than the leaver's, or the user was enrolled or changed there after the last"
                        + " day. If somebody else has the id now, clear the leaver's Attendance Device ID in ERPNext and enter it"
                        + " with the new employee, or give the new employee another id. If it is the leaver after all, delete the"
                        + " user at the device.";
            case OUT_OF_SCOPE ->
                "Never deleted by itself. If they shouldn't punch here, delete them at the device; else widen this"
                        + " device's roster-filter.";
            case SURPLUS ->
                "Visitors, technicians, or an id that was never entered. Enter it as Attendance Device ID of the Employee, or"
                        + " delete the user at the device.";
            case ID_DIFFERS ->
                "Which one is meant, a person must say: make the Attendance Device ID of the Employee and the id on the"
                        + " device the same.";
            case UNCLEAR ->
                "Suspended, left or inactive without a relieving date, or active after it. Set the Employee right in Frappe.";
        };
    }

    static String meaning(UserCommand.State state) {
        return switch (state) {
            case QUEUED -> "wait for their turn";
            case SENT -> "are on their way, or their answer was lost";
            case DONE -> "were done by the device";
            case FAILED -> "failed so far, and are sent again";
            case GIVEN_UP -> "were given up: see the device for why";
        };
    }

    static String action(UserCommand.Order order) {
        return switch (order.action()) {
            case PUT -> "add, or change to " + (order.firstName() + " " + order.lastName()).strip();
            case DELETE -> "delete";
        };
    }
}
