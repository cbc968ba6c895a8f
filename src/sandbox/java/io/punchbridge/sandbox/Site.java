package io.punchbridge.sandbox;

import io.punchbridge.sandbox.SimulatedCheckin.Stamp;
import io.punchbridge.sandbox.SimulatedShift.Window;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** All that the simulated site knows: its tables, its users and its settings. */
final class Site {
    static final String HOST = "hr.localhost";

    private final Clock clock;
    private final EmployeeTable employees = new EmployeeTable();
    private final List<CheckinField> checkinFields = new CopyOnWriteArrayList<>();
    private final CheckinTable checkins = new CheckinTable(this::isUnique);
    private final ShiftTable shifts = new ShiftTable();
    private final AttendanceTable attendances = new AttendanceTable();
    private final DocumentTables documents = new DocumentTables();
    private final Map<String, List<String>> comments = new ConcurrentHashMap<>();
    private final Map<String, SimulatedUser> users = new ConcurrentHashMap<>();
    private final AutoAttendance autoAttendance = new AutoAttendance(this);

    final Map<String, String> versions =
            new ConcurrentHashMap<>(Map.of("frappe", "15.72.0", "erpnext", "15.71.0", "hrms", "15.47.0"));
    volatile ZoneId timeZone = ZoneId.of("Africa/Nairobi");
    volatile Duration clockOffset = Duration.ZERO;
    volatile String language = "en";
    volatile boolean tracebacks = true;
    volatile boolean geolocationRequired;
    volatile boolean checkHosts;
    volatile boolean autoUpdateLastSyncKnown = true;
    volatile LocalDate shiftsAssignedFrom = SimulatedEmployee.JOINED;

    Site(Clock clock) {
        this.clock = clock;
    }

    EmployeeTable employees() {
        return employees;
    }

    CheckinTable checkins() {
        return checkins;
    }

    ShiftTable shifts() {
        return shifts;
    }

    AttendanceTable attendances() {
        return attendances;
    }

    DocumentTables documents() {
        return documents;
    }

    AutoAttendance autoAttendance() {
        return autoAttendance;
    }

    void addUser(SimulatedUser user) {
        users.put(user.apiKey(), user);
    }

    Collection<SimulatedUser> users() {
        return users.values();
    }

    Optional<SimulatedUser> user(String apiKey, String apiSecret) {
        return Optional.ofNullable(users.get(apiKey))
                .filter(user -> user.apiSecret().equals(apiSecret));
    }

    /** The site's clock, which needn't be right. */
    Instant instant() {
        return clock.instant().plus(clockOffset);
    }

    /** The site's wall clock, to the microsecond. */
    LocalDateTime now() {
        return LocalDateTime.ofInstant(instant(), timeZone).truncatedTo(ChronoUnit.MICROS);
    }

    /** The shift of the employee in whose window a time falls. */
    @Nullable Window window(SimulatedEmployee employee, LocalDateTime time) {
        String shift = employee.shift();
        if (shift == null || time.toLocalDate().isBefore(shiftsAssignedFrom)) {
            return null;
        }
        return shifts.find(shift).flatMap(type -> type.at(time)).orElse(null);
    }

    SimulatedShift changeShift(String name, String user, UnaryOperator<SimulatedShift> change) {
        LocalDateTime now = now();
        return shifts.change(
                name,
                before -> change.apply(before)
                        .stamp(new Stamp(before.stamp().owner(), before.stamp().creation(), user, now)));
    }

    List<String> shiftColumns() {
        return autoUpdateLastSyncKnown
                ? SimulatedShift.COLUMNS
                : SimulatedShift.COLUMNS.stream()
                        .filter(column -> !column.equals("auto_update_last_sync"))
                        .toList();
    }

    List<CheckinField> checkinFields() {
        return checkinFields;
    }

    boolean hasCheckinField(String fieldName) {
        return checkinFields.stream().anyMatch(field -> field.fieldName().equals(fieldName));
    }

    /** Adds the field unless there is one of its name. */
    synchronized boolean addCheckinField(CheckinField field) {
        return !hasCheckinField(field.fieldName()) && checkinFields.add(field);
    }

    synchronized void removeCheckinField(String fieldName) {
        checkinFields.removeIf(field -> field.fieldName().equals(fieldName));
    }

    private boolean isUnique(String fieldName) {
        return checkinFields.stream()
                .anyMatch(field -> field.unique() && field.fieldName().equals(fieldName));
    }

    List<String> checkinColumns() {
        return SimulatedCheckin.columns(
                checkinFields.stream().map(CheckinField::fieldName).toList());
    }

    void comment(String document, String words) {
        comments.computeIfAbsent(document, name -> new CopyOnWriteArrayList<>()).add(words);
    }

    List<String> comments(String document) {
        return List.copyOf(comments.getOrDefault(document, List.of()));
    }

    /** A link as Frappe writes it into its messages. */
    static String link(String page, String name) {
        return "<a href=\"http://" + HOST + ":8000/app/" + page + "/" + name + "\">" + name + "</a>";
    }
}
