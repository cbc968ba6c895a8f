package io.punchbridge.attendance;

import io.punchbridge.frappe.Attendance;
import io.punchbridge.frappe.AttendanceSite;
import io.punchbridge.frappe.FrappeAnswer;
import io.punchbridge.frappe.FrappeAnswer.Failure;
import io.punchbridge.frappe.FrappeAnswer.Success;
import io.punchbridge.frappe.FrappeFailure;
import io.punchbridge.frappe.FrappeFailure.Kind;
import io.punchbridge.frappe.ShiftCheckin;
import io.punchbridge.frappe.ShiftType;
import io.punchbridge.frappe.ShiftTypes;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The Shift Types of a site in memory, which can change, fail and lie as a real one does. */
final class FakeAttendanceSite implements AttendanceSite {
    /** What becomes of one write, instead of what should. */
    interface Fault {
        FrappeAnswer<ShiftType> answer(ShiftType asRead, LocalDateTime to);
    }

    private final Map<String, ShiftType> shiftTypes = new TreeMap<>();
    private final Map<String, FrappeFailure> unread = new TreeMap<>();
    private final Set<String> unlisted = new HashSet<>();
    private final Deque<Fault> faults = new ArrayDeque<>();
    private final List<LocalDateTime> written = new ArrayList<>();
    private Function<String, FrappeAnswer<Set<String>>> devicesOf = shift -> new Success<>(Set.of());
    private @Nullable FrappeFailure down;
    private @Nullable Duration clockLead;
    private int stamps;
    private int learnings;

    void has(ShiftType shift) {
        shiftTypes.put(shift.name(), shift);
    }

    /** As a person saves it. */
    void edited(ShiftType shift) {
        has(Given.moved(
                shift, Objects.requireNonNull(shift.lastSync(), "only edited after a first move"), nextStamp()));
    }

    private String nextStamp() {
        return "stamp-" + ++stamps;
    }

    ShiftType now(String name) {
        return Objects.requireNonNull(shiftTypes.get(name), name);
    }

    /** One of its Shift Types can't be read; whatever it holds meanwhile. */
    void canNotRead(String name, FrappeFailure failure) {
        unread.put(name, failure);
    }

    /** As a User Permission hides it: no list names it, and asked for by its name it is refused. */
    void hides(String name, FrappeFailure failure) {
        unlisted.add(name);
        unread.put(name, failure);
    }

    void removed(String name) {
        shiftTypes.remove(name);
    }

    void canReadAll() {
        unlisted.clear();
        unread.clear();
    }

    void failsWith(@Nullable FrappeFailure failure) {
        down = failure;
    }

    void nextWrite(Fault fault) {
        faults.add(fault);
    }

    void devicesOf(Function<String, FrappeAnswer<Set<String>>> answer) {
        devicesOf = answer;
    }

    /** Every value that reached a Shift Type by a write. */
    List<LocalDateTime> written() {
        return List.copyOf(written);
    }

    int learnings() {
        return learnings;
    }

    static FrappeFailure failure(Kind kind) {
        return new FrappeFailure(kind, 0, null, "What Frappe said", null, null);
    }

    /** The write itself, under its condition. */
    FrappeAnswer<ShiftType> write(ShiftType asRead, LocalDateTime to) {
        ShiftType now = now(asRead.name());
        if (!now.modified().equals(asRead.modified())) {
            return new Failure<>(failure(Kind.CHANGED_MEANWHILE));
        }
        ShiftType after = Given.moved(now, to, nextStamp());
        has(after);
        written.add(to);
        return new Success<>(after);
    }

    @Override
    public FrappeAnswer<ShiftTypes> shiftTypes(Collection<String> known) {
        Map<String, FrappeFailure> failing = new TreeMap<>(unread);
        failing.keySet().removeIf(name -> unlisted.contains(name) && !known.contains(name));
        return down != null
                ? new Failure<>(down)
                : new Success<>(new ShiftTypes(
                        shiftTypes.values().stream()
                                .filter(shift -> !unread.containsKey(shift.name()))
                                .toList(),
                        failing));
    }

    @Override
    public FrappeAnswer<ShiftType> shiftType(String name) {
        return down != null ? new Failure<>(down) : new Success<>(now(name));
    }

    @Override
    public FrappeAnswer<ShiftType> moveLastSync(ShiftType asRead, LocalDateTime to) {
        Fault fault = faults.poll();
        return fault == null ? write(asRead, to) : fault.answer(asRead, to);
    }

    @Override
    public FrappeAnswer<Set<String>> devicesOf(String shiftType, LocalDateTime since) {
        learnings++;
        return devicesOf.apply(shiftType);
    }

    @Override
    public Optional<Duration> clockLead() {
        return Optional.ofNullable(clockLead);
    }

    void clockIsBehindBy(Duration lead) {
        clockLead = lead;
    }

    @Override
    public FrappeAnswer<Boolean> processAutoAttendance(String shiftType) {
        throw notNeeded();
    }

    @Override
    public FrappeAnswer<List<ShiftCheckin>> checkins(Collection<String> names) {
        throw notNeeded();
    }

    @Override
    public FrappeAnswer<List<ShiftCheckin>> checkinsOf(
            Collection<String> employees, LocalDateTime from, LocalDateTime until) {
        throw notNeeded();
    }

    @Override
    public FrappeAnswer<List<Attendance>> attendances(Collection<String> employees, LocalDate from, LocalDate to) {
        throw notNeeded();
    }

    @Override
    public FrappeAnswer<List<Attendance>> attendances(Collection<String> names) {
        throw notNeeded();
    }

    @Override
    public FrappeAnswer<Boolean> cancelAttendance(String name) {
        throw notNeeded();
    }

    @Override
    public FrappeAnswer<Boolean> countAgain(String checkin) {
        throw notNeeded();
    }

    @Override
    public FrappeAnswer<List<String>> restingOn(String employee, LocalDate day) {
        throw notNeeded();
    }

    @Override
    public FrappeAnswer<String> loggedUser() {
        throw notNeeded();
    }

    private static UnsupportedOperationException notNeeded() {
        return new UnsupportedOperationException("a watermark needs none of this");
    }
}
