package io.punchbridge.attendance;

import static io.punchbridge.attendance.PretendHrms.DAY;

import io.punchbridge.attendance.AttendanceSettings.LateMode;
import io.punchbridge.frappe.FrappeAnswer.Success;
import io.punchbridge.frappe.FrappeFailure;
import io.punchbridge.inbox.ClusterLock;
import io.punchbridge.inbox.LateEntry;
import io.punchbridge.inbox.LatePunches;
import io.punchbridge.inbox.LateStep;
import io.punchbridge.inbox.LateStore;
import io.punchbridge.punch.LogType;
import io.punchbridge.punch.Punch;
import io.punchbridge.punch.PunchDetails;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.UserId;
import io.punchbridge.testing.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Late punches on a real store beside a pretended HRMS, in UTC, on the evening after the recorded day. */
final class LateBench implements AutoCloseable {
    static final SerialNumber DEVICE = new SerialNumber("SN-1");
    private static final Duration LATE_AFTER = Duration.ofMinutes(10);

    final SettableClock clock = new SettableClock(DAY.plusDays(1).atTime(20, 0).toInstant(ZoneOffset.UTC));
    final PretendHrms hrms = new PretendHrms();
    private final Path file;
    LateMode mode = LateMode.REPAIR;
    Duration repairWithin = Duration.ofDays(31);
    String status = "Active";
    private LateStore store;
    private int named;

    LateBench(Path directory) {
        file = directory.resolve("punchbridge.db");
        store = LateStore.open(file, clock, LATE_AFTER);
    }

    /** The recorded morning: 101 both, 102 IN only, 103 none, 104 IN and OUT at noon; HRMS ran a day later. */
    void recordedDay() {
        inTime("101", "08:58", LogType.IN);
        inTime("101", "18:03", LogType.OUT);
        inTime("102", "08:59", LogType.IN);
        hrms.employees.add(employee("103"));
        inTime("104", "08:57", LogType.IN);
        inTime("104", "12:00", LogType.OUT);
        hrms.type(DAY.plusDays(1).atTime(19, 30));
        hrms.hourly();
    }

    /** The recorded latecomers. */
    void recordedLatePunches() {
        late("102", "18:01", LogType.OUT);
        late("103", "08:50", LogType.IN);
        late("103", "18:02", LogType.OUT);
        late("104", "13:00", LogType.IN);
        late("104", "18:00", LogType.OUT);
    }

    static String employee(String user) {
        return "HR-EMP-00" + user;
    }

    /** A check-in that wasn't ours or wasn't late. */
    String inTime(String user, String time, LogType logType) {
        String name = "CKIN-%03d".formatted(++named);
        hrms.add(PretendHrms.checkin(name, employee(user), DAY.atTime(LocalTime.parse(time)), logType));
        return name;
    }

    /** Delivered now. */
    String late(String user, String time, LogType logType) {
        String name = inTime(user, time, logType);
        store.deliver(punch(user, time), employee(user), name);
        return name;
    }

    /** An entry of a day that is to be looked at, without a punch. */
    void found(String user, LocalDate day) {
        LateEntry entry = LateEntry.found(employee(user), day, PretendHrms.DAY_SHIFT, null, null, clock.instant());
        latePunches().judge(List.of(), List.of(new LatePunches.Finding(entry, List.of())));
    }

    /** Came just now and waits. */
    void waiting(String user, String time) {
        store.receive(punch(user, time));
    }

    private static Punch punch(String user, String time) {
        return Punch.of(
                DEVICE,
                new UserId(user),
                DAY.atTime(LocalTime.parse(time)).toInstant(ZoneOffset.UTC),
                "CheckIn",
                PunchDetails.NONE);
    }

    LatePunches latePunches() {
        return store.latePunches();
    }

    ClusterLock clusterLock() {
        return store.clusterLock();
    }

    Optional<FrappeFailure> judge() {
        return new LateJudge(store.latePunches(), hrms, clock).judgeDue();
    }

    Optional<FrappeFailure> repair() {
        return new LateRepair(
                        store.latePunches(),
                        hrms,
                        new AttendanceSettings.LatePunches(mode, LATE_AFTER, repairWithin),
                        () -> new Success<>(ZoneOffset.UTC),
                        user -> Optional.of(status),
                        clock)
                .repairDue();
    }

    /** After the quiet time, judge and repair. */
    void round() {
        clock.forward(Duration.ofMinutes(16));
        judge();
        repair();
    }

    /** The process is gone; another opens the store. */
    void restart() {
        store.close();
        store = LateStore.open(file, clock, LATE_AFTER);
    }

    LateEntry entry(String user) {
        return latePunches().list(null, null, null, null, 100).stream()
                .filter(entry -> entry.employee().equals(employee(user)))
                .findFirst()
                .orElseThrow();
    }

    List<LateEntry> entries() {
        return latePunches().list(null, null, null, null, 100);
    }

    List<LateStep> steps(String user) {
        String id = entry(user).id();
        return latePunches().stepsOf(List.of(id)).getOrDefault(id, List.of());
    }

    @Override
    public void close() {
        store.close();
    }
}
