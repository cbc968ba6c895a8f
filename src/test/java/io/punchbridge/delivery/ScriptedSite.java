package io.punchbridge.delivery;

import io.punchbridge.frappe.Checkin;
import io.punchbridge.frappe.CheckinField;
import io.punchbridge.frappe.CheckinRow;
import io.punchbridge.frappe.CustomFields;
import io.punchbridge.frappe.Employee;
import io.punchbridge.frappe.EmployeeFilter;
import io.punchbridge.frappe.EmployeePage;
import io.punchbridge.frappe.FrappeAnswer;
import io.punchbridge.frappe.FrappeAnswer.Failure;
import io.punchbridge.frappe.FrappeAnswer.Success;
import io.punchbridge.frappe.FrappeFailure;
import io.punchbridge.frappe.FrappeFailure.Kind;
import io.punchbridge.frappe.FrappeSite;
import io.punchbridge.frappe.Neighbour;
import io.punchbridge.frappe.SiteTimeZone;
import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.UserId;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A site that keeps what it is sent, and answers as a test says; it remembers what it was asked. */
final class ScriptedSite implements FrappeSite, CustomFields {
    private final List<CheckinRow> rows = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private final List<String> removed = new ArrayList<>();
    private @Nullable FrappeFailure toWrites;
    private @Nullable FrappeFailure toReadsByName;
    private final Map<PunchKey, CheckinRow> keyed = new HashMap<>();
    private boolean showing = true;
    private boolean removes = true;
    private boolean losingTimes;
    private int employed;
    private Runnable beforeEachWrite = () -> {};

    static FrappeFailure failure(Kind kind) {
        return new FrappeFailure(kind, 0, null, "Frappe's words", null, null);
    }

    /** Every write fails so, and nothing of it is kept. */
    ScriptedSite failsWrites(Kind kind) {
        toWrites = failure(kind);
        return this;
    }

    ScriptedSite failsReadsByName() {
        toReadsByName = failure(Kind.RETRY_LATER);
        return this;
    }

    /** Look-ups find nothing, whatever stands there. */
    ScriptedSite hidesItsRows() {
        showing = false;
        return this;
    }

    /** Whoever asks to remove a row is told that Frappe can't now. */
    ScriptedSite removes(boolean nowRemoves) {
        removes = nowRemoves;
        return this;
    }

    /** Employees with the device ids 1 to {@code number}. */
    ScriptedSite employs(int number) {
        employed = number;
        return this;
    }

    ScriptedSite beforeEachWrite(Runnable deed) {
        beforeEachWrite = deed;
        return this;
    }

    List<CheckinRow> rows() {
        return List.copyOf(rows);
    }

    CheckinRow keep(Checkin checkin) {
        LocalDateTime inserted = checkin.time().plusHours(2);
        CheckinRow row = new CheckinRow(
                "CKIN-" + (rows.size() + 1),
                checkin.employee(),
                checkin.employee() + " Test",
                losingTimes ? inserted : checkin.time(),
                checkin.logType(),
                checkin.deviceId(),
                losingTimes ? inserted : null);
        rows.add(row);
        return row;
    }

    /** As Frappe keeps one for an employee whom there isn't. */
    ScriptedSite orphan(Checkin checkin) {
        rows.add(new CheckinRow(
                "ORPHAN", checkin.employee(), null, checkin.time(), checkin.logType(), checkin.deviceId(), null));
        return this;
    }

    /** As without the permission to write it: Frappe keeps the moment of the insert. */
    ScriptedSite losesTimes() {
        losingTimes = true;
        return this;
    }

    /** A row that bears a key and says what it will. */
    ScriptedSite keep(PunchKey key, CheckinRow row) {
        keyed.put(key, row);
        return this;
    }

    /** Rows that were removed. */
    List<String> removed() {
        return List.copyOf(removed);
    }

    /** Names of the calls, in their order. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    public FrappeAnswer<CheckinRow> insert(Checkin checkin) {
        asked.add("insert");
        beforeEachWrite.run();
        return toWrites == null ? new Success<>(keep(checkin)) : new Failure<>(toWrites);
    }

    @Override
    public FrappeAnswer<List<String>> insertMany(List<Checkin> checkins) {
        asked.add("insertMany");
        beforeEachWrite.run();
        return toWrites == null
                ? new Success<>(
                        checkins.stream().map(checkin -> keep(checkin).name()).toList())
                : new Failure<>(toWrites);
    }

    @Override
    public FrappeAnswer<List<CheckinRow>> rows(List<String> names) {
        asked.add("rows");
        return toReadsByName == null
                ? new Success<>(
                        rows.stream().filter(row -> names.contains(row.name())).toList())
                : new Failure<>(toReadsByName);
    }

    @Override
    public FrappeAnswer<List<CheckinRow>> lookUp(List<Checkin> checkins) {
        asked.add("lookUp");
        Set<Checkin.Identity> wanted = checkins.stream().map(Checkin::identity).collect(Collectors.toUnmodifiableSet());
        return new Success<>(rows.stream()
                .filter(row -> showing
                        && row.employee() != null
                        && row.time() != null
                        && wanted.contains(new Checkin.Identity(row.employee(), row.time(), row.logType())))
                .toList());
    }

    @Override
    public FrappeAnswer<SiteTimeZone> timeZone() {
        return new Success<>(new SiteTimeZone(ZoneOffset.UTC, "a test"));
    }

    @Override
    public FrappeAnswer<EmployeePage> employees(@Nullable LocalDateTime modifiedSince, int offset) {
        List<Employee> employees = IntStream.rangeClosed(1, employed)
                .mapToObj(number -> {
                    String name = "HR-EMP-%05d".formatted(number);
                    return new Employee(name, name + " Test", new UserId(Integer.toString(number)), "Active", null);
                })
                .toList();
        return new Success<>(new EmployeePage(employees, List.of(), employed, true, null));
    }

    @Override
    public FrappeAnswer<EmployeePage> employeesWhere(EmployeeFilter filter, int offset) {
        throw new AssertionError("nobody here is looked for by a filter");
    }

    @Override
    public FrappeAnswer<List<Neighbour>> between(
            Collection<String> employees, LocalDateTime from, LocalDateTime until) {
        throw new AssertionError("no history is looked up here");
    }

    @Override
    public FrappeAnswer<Boolean> remove(String checkin) {
        asked.add("remove");
        if (!removes) {
            return new Failure<>(failure(Kind.RETRY_LATER));
        }
        removed.add(checkin);
        return new Success<>(true);
    }

    @Override
    public FrappeAnswer<Set<CheckinField>> present() {
        return new Success<>(Set.of());
    }

    @Override
    public FrappeAnswer<Map<PunchKey, CheckinRow>> checkinsWith(Collection<PunchKey> keys) {
        asked.add("checkinsWith");
        return new Success<>(
                keys.stream().filter(keyed::containsKey).collect(Collectors.toMap(key -> key, keyed::get)));
    }

    @Override
    public FrappeAnswer<CheckinRow> correctTime(String checkin, LocalDateTime time) {
        throw new AssertionError("nothing here is to be corrected");
    }

    @Override
    public @Nullable Instant lastAnswerAt() {
        return null;
    }
}
