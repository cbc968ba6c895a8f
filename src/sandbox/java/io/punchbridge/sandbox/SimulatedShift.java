package io.punchbridge.sandbox;

import io.punchbridge.sandbox.SimulatedCheckin.Stamp;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A Shift Type of the simulated site. It never changes: each method that takes a value answers another shift, which
 * {@link SimulatedFrappe#addShift} or {@link SimulatedFrappe#changeShift} puts in its place. All times are the site's.
 */
public final class SimulatedShift implements Columns {
    static final List<String> COLUMNS = List.of(
            "name",
            "owner",
            "creation",
            "modified",
            "modified_by",
            "docstatus",
            "idx",
            "start_time",
            "end_time",
            "holiday_list",
            "color",
            "enable_auto_attendance",
            "determine_check_in_and_check_out",
            "working_hours_calculation_based_on",
            "begin_check_in_before_shift_start_time",
            "allow_check_out_after_shift_end_time",
            "mark_auto_attendance_on_holidays",
            "working_hours_threshold_for_half_day",
            "working_hours_threshold_for_absent",
            "process_attendance_after",
            "last_sync_of_checkin",
            "auto_update_last_sync",
            "enable_late_entry_marking",
            "late_entry_grace_period",
            "enable_early_exit_marking",
            "early_exit_grace_period");

    private String name;
    private LocalTime start = LocalTime.of(9, 0);
    private LocalTime end = LocalTime.of(18, 0);
    private Duration before = Duration.ofHours(1);
    private Duration after = Duration.ofHours(1);
    private boolean byLogType;
    private boolean everyPair;
    private double halfDayBelow = 4;
    private double absentBelow = 2;
    private boolean autoAttendance = true;
    private @Nullable LocalDate processAfter = LocalDate.of(2026, 1, 1);
    private @Nullable LocalDateTime lastSync;
    private boolean autoUpdateLastSync;
    private @Nullable Integer lateGrace;
    private @Nullable Integer earlyGrace;
    private Set<LocalDate> holidays = Set.of();
    private Stamp stamp;

    private SimulatedShift(String name) {
        this.name = name;
        LocalDateTime never = LocalDateTime.of(2000, 1, 1, 0, 0);
        this.stamp = new Stamp("Administrator", never, "Administrator", never);
    }

    private SimulatedShift(SimulatedShift other) {
        name = other.name;
        start = other.start;
        end = other.end;
        before = other.before;
        after = other.after;
        byLogType = other.byLogType;
        everyPair = other.everyPair;
        halfDayBelow = other.halfDayBelow;
        absentBelow = other.absentBelow;
        autoAttendance = other.autoAttendance;
        processAfter = other.processAfter;
        lastSync = other.lastSync;
        autoUpdateLastSync = other.autoUpdateLastSync;
        lateGrace = other.lateGrace;
        earlyGrace = other.earlyGrace;
        holidays = other.holidays;
        stamp = other.stamp;
    }

    private SimulatedShift with(Consumer<SimulatedShift> change) {
        SimulatedShift copy = new SimulatedShift(this);
        change.accept(copy);
        return copy;
    }

    /**
     * As the Day Shift of the recordings: 9 to 18 o'clock with an hour before and after, alternating, first to last, half
     * day below 4 h, absent below 2 h; auto attendance on from 1 January 2026, {@code last_sync_of_checkin} empty.
     */
    public static SimulatedShift named(String name) {
        return new SimulatedShift(name);
    }

    public String name() {
        return name;
    }

    public LocalTime start() {
        return start;
    }

    public LocalTime end() {
        return end;
    }

    /** An end that is not after the start lies on the next day. */
    public SimulatedShift hours(LocalTime newStart, LocalTime newEnd) {
        return with(copy -> {
            copy.start = newStart;
            copy.end = newEnd;
        });
    }

    /** How long before its start and after its end a check-in still counts to the shift; whole minutes. */
    public SimulatedShift window(Duration beforeStart, Duration afterEnd) {
        return with(copy -> {
            copy.before = beforeStart;
            copy.after = afterEnd;
        });
    }

    public boolean byLogType() {
        return byLogType;
    }

    /** Whether IN and OUT are believed, not alternated. */
    public SimulatedShift byLogType(boolean strictly) {
        return with(copy -> copy.byLogType = strictly);
    }

    public boolean everyPair() {
        return everyPair;
    }

    /** Whether hours are summed over every valid pair, not first to last. */
    public SimulatedShift everyPair(boolean each) {
        return with(copy -> copy.everyPair = each);
    }

    public double halfDayBelow() {
        return halfDayBelow;
    }

    public double absentBelow() {
        return absentBelow;
    }

    /** Hours; 0 for no threshold. */
    public SimulatedShift thresholds(double halfDay, double absent) {
        return with(copy -> {
            copy.halfDayBelow = halfDay;
            copy.absentBelow = absent;
        });
    }

    public boolean autoAttendance() {
        return autoAttendance;
    }

    public SimulatedShift autoAttendance(boolean enabled) {
        return with(copy -> copy.autoAttendance = enabled);
    }

    public @Nullable LocalDate processAfter() {
        return processAfter;
    }

    /** {@code process_attendance_after}; with null nothing is ever processed. */
    public SimulatedShift processAfter(@Nullable LocalDate day) {
        return with(copy -> copy.processAfter = day);
    }

    public @Nullable LocalDateTime lastSync() {
        return lastSync;
    }

    /** {@code last_sync_of_checkin}; with null nothing is processed. */
    public SimulatedShift lastSync(@Nullable LocalDateTime time) {
        return with(copy -> copy.lastSync = time);
    }

    public boolean autoUpdateLastSync() {
        return autoUpdateLastSync;
    }

    /** HRMS' own "Auto Update Last Sync". */
    public SimulatedShift autoUpdateLastSync(boolean enabled) {
        return with(copy -> copy.autoUpdateLastSync = enabled);
    }

    public @Nullable Integer lateGrace() {
        return lateGrace;
    }

    public @Nullable Integer earlyGrace() {
        return earlyGrace;
    }

    /** Minutes; null where late entries, or early exits, are not marked. */
    public SimulatedShift grace(@Nullable Integer late, @Nullable Integer early) {
        return with(copy -> {
            copy.lateGrace = late;
            copy.earlyGrace = early;
        });
    }

    public Set<LocalDate> holidays() {
        return holidays;
    }

    /** Days on which auto attendance marks nobody. */
    public SimulatedShift holidays(Set<LocalDate> days) {
        return with(copy -> copy.holidays = Set.copyOf(days));
    }

    /** Who added the shift type and who changed it last. */
    public Stamp stamp() {
        return stamp;
    }

    SimulatedShift stamp(Stamp newStamp) {
        return with(copy -> copy.stamp = newStamp);
    }

    /** One day's shift. The window, both ends inclusive, is from {@code actualStart} to {@code actualEnd}. */
    public record Window(
            String shift, LocalDateTime start, LocalDateTime end, LocalDateTime actualStart, LocalDateTime actualEnd) {}

    /** The shift that starts on a day. */
    public Window on(LocalDate day) {
        LocalDateTime from = day.atTime(start);
        LocalDateTime until = (end.isAfter(start) ? day : day.plusDays(1)).atTime(end);
        return new Window(name, from, until, from.minus(before), until.plus(after));
    }

    /** The shift in whose window a time falls. */
    public Optional<Window> at(LocalDateTime time) {
        Window window = around(time);
        return time.isBefore(window.actualStart()) || time.isAfter(window.actualEnd())
                ? Optional.empty()
                : Optional.of(window);
    }

    /** The shift to which HRMS counts a time, whether it falls into its window or not. */
    Window around(LocalDateTime time) {
        LocalDate day = time.toLocalDate();
        LocalTime clock = time.toLocalTime();
        LocalTime opens = start.minus(before);
        LocalTime closes = end.plus(after);
        if (!end.isAfter(start)) {
            return on(clock.isBefore(opens) ? day.minusDays(1) : day);
        }
        if (opens.isAfter(closes) && clock.isBefore(opens) && end.isAfter(closes)) {
            return on(day.minusDays(1));
        }
        if (opens.isAfter(closes) && clock.isAfter(closes) && start.isBefore(opens)) {
            return on(day.plusDays(1));
        }
        return on(day);
    }

    @Override
    public @Nullable Object value(String column) {
        return switch (column) {
            case "name" -> name;
            case "owner" -> stamp.owner();
            case "creation" -> stamp.creation();
            case "modified" -> stamp.modified();
            case "modified_by" -> stamp.modifiedBy();
            case "start_time" -> text(start);
            case "end_time" -> text(end);
            case "holiday_list" -> "Kenya 2026";
            case "color" -> "Blue";
            case "enable_auto_attendance" -> check(autoAttendance);
            case "determine_check_in_and_check_out" ->
                byLogType
                        ? "Strictly based on Log Type in Employee Checkin"
                        : "Alternating entries as IN and OUT during the same shift";
            case "working_hours_calculation_based_on" ->
                everyPair ? "Every Valid Check-in and Check-out" : "First Check-in and Last Check-out";
            case "begin_check_in_before_shift_start_time" -> (int) before.toMinutes();
            case "allow_check_out_after_shift_end_time" -> (int) after.toMinutes();
            case "working_hours_threshold_for_half_day" -> halfDayBelow;
            case "working_hours_threshold_for_absent" -> absentBelow;
            case "process_attendance_after" -> processAfter;
            case "last_sync_of_checkin" -> lastSync;
            case "auto_update_last_sync" -> check(autoUpdateLastSync);
            case "enable_late_entry_marking" -> check(lateGrace != null);
            case "late_entry_grace_period" -> lateGrace == null ? 0 : lateGrace;
            case "enable_early_exit_marking" -> check(earlyGrace != null);
            case "early_exit_grace_period" -> earlyGrace == null ? 0 : earlyGrace;
            case "docstatus", "idx", "mark_auto_attendance_on_holidays" -> 0;
            default -> null;
        };
    }

    private static int check(boolean set) {
        return set ? 1 : 0;
    }

    /** As Python writes a timedelta: no zero before the hour. */
    private static String text(LocalTime time) {
        return String.format("%d:%02d:%02d", time.getHour(), time.getMinute(), time.getSecond());
    }

    @Override
    public String toString() {
        return name + " " + start + "-" + end;
    }
}
