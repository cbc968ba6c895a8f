package io.punchbridge.frappe;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Shift types and attendance of a Frappe site. Each call blocks until its answer, at most for the configured time-out.
 * All times are wall times of the site.
 */
public interface AttendanceSite {

    /**
     * Every Shift Type, with or without auto attendance. Fails where it isn't about single ones.
     *
     * @param known names to be asked for even where the site doesn't list them, as a User Permission hides one from lists;
     *     such a one is read or unread. In neither is only what doesn't exist
     */
    FrappeAnswer<ShiftTypes> shiftTypes(Collection<String> known);

    /** {@code SET_UP} with Frappe's words if there is none of this name. */
    FrappeAnswer<ShiftType> shiftType(String name);

    /**
     * Writes {@code last_sync_of_checkin} if the Shift Type is still as it was read, and answers how it is then; otherwise
     * {@link FrappeFailure.Kind#CHANGED_MEANWHILE}, and nothing is written.
     */
    FrappeAnswer<ShiftType> moveLastSync(ShiftType asRead, LocalDateTime to);

    /** Runs HRMS' auto attendance of a Shift Type, within the request. Harmless if it ran already. */
    FrappeAnswer<Boolean> processAutoAttendance(String shiftType);

    /** Check-ins by name, at most {@link FrappeSite#MOST_IN_A_BATCH}; one that doesn't exist has no row. */
    FrappeAnswer<List<ShiftCheckin>> checkins(Collection<String> names);

    /** All check-ins of these employees in a span of time. Until is exclusive. */
    FrappeAnswer<List<ShiftCheckin>> checkinsOf(Collection<String> employees, LocalDateTime from, LocalDateTime until);

    /** Submitted attendance of these employees on these days, both inclusive. */
    FrappeAnswer<List<Attendance>> attendances(Collection<String> employees, LocalDate from, LocalDate to);

    /** Attendance by name, whatever its state; at most {@link FrappeSite#MOST_IN_A_BATCH}. */
    FrappeAnswer<List<Attendance>> attendances(Collection<String> names);

    /**
     * Cancels an attendance; success also when it is cancelled already. {@code UNCERTAIN} if nobody can tell, and
     * {@code REFUSED} if it doesn't exist.
     */
    FrappeAnswer<Boolean> cancelAttendance(String name);

    /** Takes back that auto attendance passes a check-in over. {@code REFUSED} if it doesn't exist. */
    FrappeAnswer<Boolean> countAgain(String checkin);

    /**
     * What else rests on an employee's day: salary slips, leave applications and attendance requests that aren't
     * cancelled, each as {@code "Salary Slip Sal Slip/0001"}. {@code SET_UP} if the API user may not see one of these kinds.
     */
    FrappeAnswer<List<String>> restingOn(String employee, LocalDate day);

    /** Which {@code device_id}s check-ins of a Shift Type have, as far back as a time. */
    FrappeAnswer<Set<String>> devicesOf(String shiftType, LocalDateTime since);

    /**
     * How far our clock was ahead of the site's at its last answer, at least; negative where it was behind. Empty where no
     * answer has told the time.
     */
    Optional<Duration> clockLead();

    /** The user whom the token stands for. */
    FrappeAnswer<String> loggedUser();
}
