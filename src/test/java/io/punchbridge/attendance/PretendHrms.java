package io.punchbridge.attendance;

import io.punchbridge.frappe.Attendance;
import io.punchbridge.frappe.Attendance.DocStatus;
import io.punchbridge.frappe.AttendanceSite;
import io.punchbridge.frappe.FrappeAnswer;
import io.punchbridge.frappe.FrappeAnswer.Failure;
import io.punchbridge.frappe.FrappeAnswer.Success;
import io.punchbridge.frappe.FrappeFailure;
import io.punchbridge.frappe.ShiftCheckin;
import io.punchbridge.frappe.ShiftType;
import io.punchbridge.frappe.ShiftTypes;
import io.punchbridge.inbox.LateEntry.Said;
import io.punchbridge.punch.LogType;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Auto attendance as a real site was seen to do it: Day Shift 09–18 with windows of an hour, absent below two hours, half
 * a day below four. Can fail, and die before or after any call.
 */
final class PretendHrms implements AttendanceSite {
    static final String DAY_SHIFT = "Day Shift";
    static final String API_USER = "punchbridge@example.com";
    static final LocalDate DAY = LocalDate.of(2026, 2, 2);

    /** The process died here. */
    static final class Died extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    final Map<String, ShiftType> types = new TreeMap<>();
    /** By name of a Shift Type, why it can't be read. */
    final Map<String, FrappeFailure> unread = new TreeMap<>();
    /** Names of Shift Types that a list leaves out. */
    final Set<String> unlisted = new HashSet<>();

    final Map<String, ShiftCheckin> checkins = new TreeMap<>();
    final Map<String, Attendance> attendances = new TreeMap<>();
    final Set<String> employees = new HashSet<>();
    final Set<LocalDate> holidays = new HashSet<>();
    final List<String> resting = new ArrayList<>();
    /** By the name of the call; it fails so before it does anything. */
    final Map<String, FrappeFailure> failures = new HashMap<>();
    /** By employee, what the question fails with what rests on a day of theirs. */
    final Map<String, FrappeFailure> restingFailures = new HashMap<>();
    /** By the name of the call; it does what it should, and then fails so. */
    final Map<String, FrappeFailure> lostAnswers = new HashMap<>();

    /** By the name of the call; what happens at the site just before it. */
    final Map<String, Runnable> meanwhile = new HashMap<>();

    final List<String> calls = new ArrayList<>();
    int diesAtCall = Integer.MAX_VALUE;
    boolean diesBefore;
    private int made;

    PretendHrms() {
        type(DAY.atTime(8, 0));
    }

    /** Sets {@code last_sync_of_checkin}. */
    void type(LocalDateTime lastSync) {
        types.put(DAY_SHIFT, dayShift(lastSync, false, false, 4, 2));
    }

    static ShiftType dayShift(
            LocalDateTime lastSync, boolean byLogType, boolean everyPair, double halfDayBelow, double absentBelow) {
        return new ShiftType(
                DAY_SHIFT,
                true,
                lastSync,
                DAY.minusDays(1),
                LocalTime.of(9, 0),
                LocalTime.of(18, 0),
                Duration.ofHours(1),
                Duration.ofHours(1),
                false,
                byLogType,
                everyPair,
                halfDayBelow,
                absentBelow,
                null,
                null,
                "1");
    }

    static ShiftCheckin checkin(String name, String employee, LocalDateTime time, LogType logType) {
        LocalDate day = time.toLocalDate();
        return new ShiftCheckin(
                name,
                employee,
                time,
                logType,
                "Device",
                DAY_SHIFT,
                day.atTime(9, 0),
                day.atTime(8, 0),
                day.atTime(19, 0),
                null,
                false);
    }

    void add(ShiftCheckin checkin) {
        employees.add(checkin.employee());
        checkins.put(checkin.name(), checkin);
    }

    /** HRMS' own hourly run. */
    void hourly() {
        run("Administrator");
    }

    /** Of the submitted attendance of an employee's day. */
    Attendance standing(String employee) {
        return attendances.values().stream()
                .filter(attendance -> attendance.employee().equals(employee)
                        && attendance.date().equals(DAY)
                        && attendance.docStatus() == DocStatus.SUBMITTED)
                .findFirst()
                .orElseThrow();
    }

    void change(String attendance, UnaryOperator<Attendance> change) {
        attendances.computeIfPresent(attendance, (name, as) -> change.apply(as));
    }

    private void run(String user) {
        ShiftType type = Objects.requireNonNull(types.get(DAY_SHIFT));
        LocalDateTime lastSync = Objects.requireNonNull(type.lastSync());
        Map<String, List<ShiftCheckin>> groups = new TreeMap<>();
        checkins.values().stream()
                .filter(checkin -> checkin.attendance() == null
                        && !checkin.skipAutoAttendance()
                        && DAY_SHIFT.equals(checkin.shift())
                        && Objects.requireNonNull(checkin.actualEnd()).isBefore(lastSync))
                .forEach(checkin -> groups.computeIfAbsent(
                                checkin.employee() + checkin.shiftStart(), key -> new ArrayList<>())
                        .add(checkin));
        groups.values().forEach(group -> make(group, type, user));
        // A day later, whoever has no attendance is absent.
        for (String employee : employees) {
            if (!type.actualEnd(DAY).plusDays(1).isAfter(lastSync) && !holidays.contains(DAY) && !has(employee, DAY)) {
                submit(employee, DAY, new Said("Absent", 0, null, null), user);
            }
        }
    }

    private void make(List<ShiftCheckin> group, ShiftType type, String user) {
        ShiftCheckin first = group.get(0);
        LocalDate day = Objects.requireNonNull(first.shiftStart()).toLocalDate();
        if (holidays.contains(day)) {
            return;
        }
        if (has(first.employee(), day)) {
            group.forEach(checkin -> put(checkin, null, true));
            return;
        }
        String name = submit(first.employee(), day, ShiftRule.of(group, type), user);
        group.forEach(checkin -> put(checkin, name, false));
    }

    private boolean has(String employee, LocalDate day) {
        return attendances.values().stream()
                .anyMatch(attendance -> attendance.employee().equals(employee)
                        && attendance.date().equals(day)
                        && attendance.docStatus() == DocStatus.SUBMITTED);
    }

    private String submit(String employee, LocalDate day, Said says, String user) {
        String name = "HR-ATT-%05d".formatted(++made);
        attendances.put(name, attendance(name, employee, day, says, user));
        return name;
    }

    static Attendance attendance(String name, String employee, LocalDate day, Said says, String user) {
        return new Attendance(
                name,
                employee,
                day,
                DAY_SHIFT,
                says.status(),
                says.hours(),
                says.inTime(),
                says.outTime(),
                DocStatus.SUBMITTED,
                user,
                user,
                null,
                null,
                null,
                null);
    }

    /** As a run does it that finds an attendance. */
    void passOver(String checkin) {
        put(Objects.requireNonNull(checkins.get(checkin)), null, true);
    }

    private void put(ShiftCheckin of, @Nullable String attendance, boolean skip) {
        checkins.put(
                of.name(),
                new ShiftCheckin(
                        of.name(),
                        of.employee(),
                        of.time(),
                        of.logType(),
                        of.deviceId(),
                        of.shift(),
                        of.shiftStart(),
                        of.actualStart(),
                        of.actualEnd(),
                        attendance,
                        skip));
    }

    /** By day, what the question fails with for the attendance of that day alone. */
    final Map<LocalDate, FrappeFailure> dayFailures = new HashMap<>();
    /** One employee whose attendance Frappe fails on; empty for none. */
    String poison = "";
    /** Of each question for attendances, in days. */
    final List<Long> spans = new ArrayList<>();

    private <T> FrappeAnswer<T> call(String name, String subject, Supplier<T> work) {
        calls.add(subject.isEmpty() ? name : name + " " + subject);
        boolean dies = calls.size() == diesAtCall;
        if (dies && diesBefore) {
            throw new Died();
        }
        meanwhile.getOrDefault(name, () -> {}).run();
        FrappeFailure failure = failures.get(name);
        if (failure != null) {
            return new Failure<>(failure);
        }
        T answer = work.get();
        if (dies) {
            throw new Died();
        }
        FrappeFailure lost = lostAnswers.get(name);
        return lost == null ? new Success<>(answer) : new Failure<>(lost);
    }

    /** What changes the site, in order. */
    List<String> changes() {
        return calls.stream()
                .filter(call -> call.startsWith("cancel") || call.startsWith("count") || call.startsWith("process"))
                .toList();
    }

    @Override
    public FrappeAnswer<ShiftTypes> shiftTypes(Collection<String> known) {
        return call("shiftTypes", "", () -> {
            Map<String, FrappeFailure> failing = new TreeMap<>(unread);
            failing.keySet().removeIf(name -> unlisted.contains(name) && !known.contains(name));
            return new ShiftTypes(
                    types.values().stream()
                            .filter(type -> !unread.containsKey(type.name()))
                            .filter(type -> !unlisted.contains(type.name()) || known.contains(type.name()))
                            .toList(),
                    failing);
        });
    }

    @Override
    public FrappeAnswer<ShiftType> shiftType(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FrappeAnswer<ShiftType> moveLastSync(ShiftType asRead, LocalDateTime to) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FrappeAnswer<Boolean> processAutoAttendance(String shiftType) {
        return call("process", "", () -> {
            run(API_USER);
            return true;
        });
    }

    @Override
    public FrappeAnswer<List<ShiftCheckin>> checkins(Collection<String> names) {
        return call(
                "checkins",
                "",
                () -> checkins.values().stream()
                        .filter(checkin -> names.contains(checkin.name()))
                        .toList());
    }

    @Override
    public FrappeAnswer<List<ShiftCheckin>> checkinsOf(Collection<String> of, LocalDateTime from, LocalDateTime until) {
        return call(
                "checkinsOf",
                "",
                () -> checkins.values().stream()
                        .filter(checkin -> of.contains(checkin.employee())
                                && !checkin.time().isBefore(from)
                                && checkin.time().isBefore(until))
                        .toList());
    }

    @Override
    public FrappeAnswer<List<Attendance>> attendances(Collection<String> of, LocalDate from, LocalDate to) {
        spans.add(ChronoUnit.DAYS.between(from, to));
        if (of.contains(poison)) {
            return new Failure<>(new FrappeFailure(FrappeFailure.Kind.SET_UP, 200, null, "unreadable", null, null));
        }
        FrappeFailure ofThisDay = from.equals(to) ? dayFailures.get(from) : null;
        if (ofThisDay != null) {
            return new Failure<>(ofThisDay);
        }
        return call(
                "attendances",
                "",
                () -> attendances.values().stream()
                        .filter(attendance -> of.contains(attendance.employee())
                                && attendance.docStatus() == DocStatus.SUBMITTED
                                && !attendance.date().isBefore(from)
                                && !attendance.date().isAfter(to))
                        .toList());
    }

    @Override
    public FrappeAnswer<List<Attendance>> attendances(Collection<String> names) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FrappeAnswer<Boolean> cancelAttendance(String name) {
        return call("cancel", name, () -> {
            change(
                    name,
                    as -> new Attendance(
                            as.name(),
                            as.employee(),
                            as.date(),
                            as.shift(),
                            as.status(),
                            as.workingHours(),
                            as.inTime(),
                            as.outTime(),
                            DocStatus.CANCELLED,
                            as.owner(),
                            API_USER,
                            as.leaveType(),
                            as.leaveApplication(),
                            as.attendanceRequest(),
                            as.amendedFrom()));
            List.copyOf(checkins.values()).stream()
                    .filter(checkin -> name.equals(checkin.attendance()))
                    .forEach(checkin -> put(checkin, null, checkin.skipAutoAttendance()));
            return true;
        });
    }

    @Override
    public FrappeAnswer<Boolean> countAgain(String checkin) {
        return call("countAgain", checkin, () -> {
            ShiftCheckin of = Objects.requireNonNull(checkins.get(checkin));
            put(of, of.attendance(), false);
            return true;
        });
    }

    @Override
    public FrappeAnswer<List<String>> restingOn(String employee, LocalDate day) {
        FrappeFailure ofThisOne = restingFailures.get(employee);
        return ofThisOne != null ? new Failure<>(ofThisOne) : call("restingOn", "", () -> List.copyOf(resting));
    }

    @Override
    public FrappeAnswer<Set<String>> devicesOf(String shiftType, LocalDateTime since) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Duration> clockLead() {
        return Optional.empty();
    }

    @Override
    public FrappeAnswer<String> loggedUser() {
        return call("loggedUser", "", () -> API_USER);
    }
}
