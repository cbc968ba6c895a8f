package io.punchbridge.attendance;

import io.punchbridge.frappe.FrappeFailure;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why an attendance may not be made anew.
 *
 * @param reason what is so, and what a person can do
 * @param askAgainIn null where no time changes it: then daily while the day is young, as a person may mend it
 */
record Refusal(String reason, @Nullable Duration askAgainIn) {
    private static final Duration SOON = Duration.ofMinutes(5);
    private static final Duration PERSONS_TIME = Duration.ofHours(6);
    private static final Duration RIGHTS_TIME = Duration.ofHours(1);

    /** What was in the way is gone at the next look. */
    static Refusal soon(String reason) {
        return new Refusal(reason, SOON);
    }

    static Refusal forGood(String reason) {
        return new Refusal(reason, null);
    }

    /** Until a person changes something at the site. */
    static Refusal untilChanged(String reason) {
        return new Refusal(reason, PERSONS_TIME);
    }

    static Refusal untilGranted(String reason) {
        return new Refusal(reason, RIGHTS_TIME);
    }

    static Refusal resting(List<String> documents) {
        return untilChanged("The day is used elsewhere: " + String.join(", ", documents)
                + ". Cancel that first if the attendance is to change.");
    }

    static Refusal mayNotSee() {
        return untilGranted("The API user may not see whether a salary slip, leave application or attendance"
                + " request rests on the day. Give its role permission to read Salary Slip, Leave Application and"
                + " Attendance Request.");
    }

    static Refusal mayNotRun(FrappeFailure failure) {
        return untilGranted("Auto attendance of the Shift Type can't be run, so nothing was changed. "
                + LateVerdicts.said(failure) + " Give the API user's role permission to write Shift Type.");
    }

    static Refusal goneMeanwhile() {
        return soon("A late check-in or the attendance itself was deleted in Frappe meanwhile, so nothing was"
                + " cancelled. The day is looked at again without it.");
    }

    static Refusal mayNotCount(FrappeFailure failure) {
        return untilGranted("Frappe doesn't let \"Skip Auto Attendance\" be taken off the check-ins, so the"
                + " attendance stands. " + LateVerdicts.said(failure)
                + " Give the API user's role permission to write Employee"
                + " Checkin at the level of that field.");
    }

    /** Each try costs the site a run and its comments, so that it is long until the next one. */
    static Refusal mayNotCancel(FrappeFailure failure) {
        return untilChanged(
                "Frappe doesn't let the attendance be cancelled, so it stands. " + LateVerdicts.said(failure)
                        + " Give the API user's role permission to cancel Attendance, or look what is linked to it.");
    }
}
