package io.punchbridge.sandbox;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A Frappe HR site, simulated over HTTP on the loopback address: its REST answers are held to recordings of a real one,
 * its faults can be switched on. All its methods may be called from any thread while it runs.
 */
public final class SimulatedFrappe implements AutoCloseable {
    public static final String API_KEY = "simulated-key";
    public static final String API_SECRET = "simulated-secret";

    /** The shift type that every site has and every employee is assigned to, unless a test says otherwise. */
    public static final String DAY_SHIFT = "Day Shift";

    private final Site site;
    private final FrappeServer server;
    private final SimulatedUser apiUser;

    /** A site without employees, with the API user {@code cams@hr.localhost}. */
    public SimulatedFrappe(Clock clock) {
        this(clock, API_KEY, API_SECRET);
    }

    public SimulatedFrappe(Clock clock, String apiKey, String apiSecret) {
        site = new Site(clock);
        server = new FrappeServer(site);
        apiUser = SimulatedUser.hrUser("cams@hr.localhost", apiKey, apiSecret);
        site.addUser(apiUser);
        addShift(SimulatedShift.named(DAY_SHIFT));
    }

    /** A site with active employees HR-EMP-00001, device id 1, and so on; each in the Day Shift. */
    public static SimulatedFrappe withEmployees(Clock clock, int employees) {
        return new SimulatedFrappe(clock).addEmployees(employees);
    }

    /** A site with 200 employees. */
    public static SimulatedFrappe withEmployees(Clock clock) {
        return withEmployees(clock, 200);
    }

    /** Starts on a free port. */
    public SimulatedFrappe start() {
        return start(0);
    }

    public SimulatedFrappe start(int wantedPort) {
        server.start(wantedPort);
        return this;
    }

    /** Breaks all connections and refuses new ones, until {@link #acceptConnections()}. */
    public void refuseConnections() {
        server.refuseConnections();
    }

    /** Listens on the same port as before. */
    public void acceptConnections() {
        server.acceptConnections();
    }

    @Override
    public void close() {
        server.close();
    }

    public int port() {
        return server.port();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port());
    }

    // What a test or the demo may set, see and change

    public Faults faults() {
        return server.faults();
    }

    /** The user whose key and secret the bridge is configured with. */
    public SimulatedUser apiUser() {
        return apiUser;
    }

    public SimulatedFrappe addUser(SimulatedUser user) {
        site.addUser(user);
        return this;
    }

    public SimulatedFrappe speed(Speed newSpeed) {
        server.speed(newSpeed);
        return this;
    }

    /** The site's own zone; Africa/Nairobi unless set. */
    public SimulatedFrappe timeZone(ZoneId zone) {
        site.timeZone = zone;
        return this;
    }

    /** Language of error messages for requests without {@code Accept-Language}: en or fr. */
    public SimulatedFrappe language(String language) {
        site.language = language;
        return this;
    }

    /** System Settings' "show full error and allow reporting"; on unless set. */
    public SimulatedFrappe tracebacks(boolean shown) {
        site.tracebacks = shown;
        return this;
    }

    /** HR Settings' geolocation tracking; off unless set. */
    public SimulatedFrappe geolocationRequired(boolean required) {
        site.geolocationRequired = required;
        return this;
    }

    /** Whether Employee Checkin has the unique custom field {@code custom_cams_punch_key}; not unless set. */
    public SimulatedFrappe uniqueKey(boolean present) {
        site.removeCheckinField(SimulatedCheckin.KEY_COLUMN);
        if (present) {
            site.addCheckinField(CheckinField.PUNCH_KEY);
        }
        return this;
    }

    /** Adds a custom field of text to Employee Checkin, as {@code custom_input_type}; one that is there stays as it is. */
    public SimulatedFrappe addCheckinField(String fieldName, boolean unique) {
        return addCheckinField(fieldName, "Data", unique);
    }

    /** Adds a custom field of Frappe's type Data, Small Text, Select, Datetime, Float, Int or Check. */
    public SimulatedFrappe addCheckinField(String fieldName, String fieldType, boolean unique) {
        String label = fieldName.equals(SimulatedCheckin.KEY_COLUMN) ? CheckinField.PUNCH_KEY.label() : fieldName;
        site.addCheckinField(new CheckinField(fieldName, label, fieldType, unique));
        return this;
    }

    /** Names of the custom fields of Employee Checkin. */
    public List<String> checkinFields() {
        return site.checkinFields().stream().map(CheckinField::fieldName).toList();
    }

    /** How far the site's clock is ahead of the clock it was made with: in its stamps and in the header {@code Date}. */
    public SimulatedFrappe clockOffset(Duration offset) {
        site.clockOffset = offset;
        return this;
    }

    /** The version of an app (frappe, erpnext, hrms) as {@code get_versions} says it; null if it isn't installed. */
    public SimulatedFrappe version(String app, @Nullable String version) {
        if (version == null) {
            site.versions.remove(app);
        } else {
            site.versions.put(app, version);
        }
        return this;
    }

    /** Whether Shift Type has the field {@code auto_update_last_sync}, which older versions lack; it does unless set. */
    public SimulatedFrappe autoUpdateLastSyncKnown(boolean known) {
        site.autoUpdateLastSyncKnown = known;
        return this;
    }

    /** Whether a host name other than {@code hr.localhost} is answered with "does not exist"; not unless set. */
    public SimulatedFrappe checkHosts(boolean check) {
        site.checkHosts = check;
        return this;
    }

    /** Adds the given number of employees after the last, with the device ids 1, 2 and so on. */
    public SimulatedFrappe addEmployees(int number) {
        int first = site.employees().all().size() + 1;
        for (int i = first; i < first + number; i++) {
            addEmployee(String.format("HR-EMP-%05d", i), String.format("Emp%03d Test", i), String.valueOf(i));
        }
        return this;
    }

    /** Adds an active employee in the Day Shift. */
    public SimulatedFrappe addEmployee(String name, String employeeName, @Nullable String deviceId) {
        return addEmployee(new SimulatedEmployee(name, employeeName, deviceId, "Active", null, DAY_SHIFT, site.now()));
    }

    /** Adds the employee, or replaces the one of that name; a shift that the site lacks it gets, as a day shift. */
    public SimulatedFrappe addEmployee(SimulatedEmployee employee) {
        String shift = employee.shift();
        if (shift != null && site.shifts().find(shift).isEmpty()) {
            addShift(SimulatedShift.named(shift));
        }
        site.employees().put(employee);
        return this;
    }

    /** Gives the employee another device id, or none. */
    public void changeDeviceId(String name, @Nullable String deviceId) {
        site.employees()
                .change(
                        name,
                        before -> new SimulatedEmployee(
                                before.name(),
                                before.employeeName(),
                                deviceId,
                                before.status(),
                                before.relievingDate(),
                                before.shift(),
                                before.branch(),
                                site.now()));
    }

    public void changeStatus(String name, String status, @Nullable LocalDate relievingDate) {
        site.employees()
                .change(
                        name,
                        before -> new SimulatedEmployee(
                                before.name(),
                                before.employeeName(),
                                before.deviceId(),
                                status,
                                relievingDate,
                                before.shift(),
                                before.branch(),
                                site.now()));
    }

    public void removeEmployee(String name) {
        site.employees().remove(name);
    }

    public List<SimulatedEmployee> employees() {
        return site.employees().all();
    }

    /** All check-ins as they are now, in the order in which they were written. */
    public List<SimulatedCheckin> checkins() {
        return site.checkins().all();
    }

    public int checkinCount() {
        return site.checkins().size();
    }

    /** Writes a check-in past the API, as another program or a person would. */
    public SimulatedCheckin addCheckin(String employee, LocalDateTime time, String logType) {
        return addCheckin(employee, time, logType, null);
    }

    /** The same, naming a device. */
    public SimulatedCheckin addCheckin(String employee, LocalDateTime time, String logType, @Nullable String deviceId) {
        CheckinTable.Transaction transaction =
                site.checkins().begin(site.checkins().snapshot());
        LocalDateTime now = site.now();
        SimulatedEmployee known = site.employees().find(employee).orElse(null);
        SimulatedCheckin checkin = new SimulatedCheckin(
                transaction.nextName(now),
                new SimulatedCheckin.Stamp("Administrator", now, "Administrator", now),
                employee,
                known == null ? null : known.employeeName(),
                logType,
                time,
                deviceId,
                Map.of(),
                false,
                null,
                SimulatedCheckin.Place.NOWHERE,
                known == null ? null : site.window(known, time));
        transaction.write(checkin);
        transaction.commit();
        return checkin;
    }

    // Shifts and attendance

    /** Adds a shift type, or puts it in the place of the one of that name, as Administrator. */
    public SimulatedFrappe addShift(SimulatedShift shift) {
        LocalDateTime now = site.now();
        site.shifts().put(shift.stamp(new SimulatedCheckin.Stamp("Administrator", now, "Administrator", now)));
        return this;
    }

    /** Changes a shift type past the API, as a person would: with a new stamp. */
    public SimulatedShift changeShift(String name, UnaryOperator<SimulatedShift> change) {
        return site.changeShift(name, "Administrator", change);
    }

    public void removeShift(String name) {
        site.shifts().remove(name);
    }

    /**
     * The shift type as it is now.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    public SimulatedShift shift(String name) {
        return site.shifts()
                .find(name)
                .orElseThrow(() -> new IllegalArgumentException("There is no shift type " + name));
    }

    /** By name. */
    public List<SimulatedShift> shifts() {
        return site.shifts().all();
    }

    /** Assigns the employee to another shift type, or to none; check-ins written before keep their shift. */
    public void assignShift(String employee, @Nullable String shift) {
        if (shift != null) {
            shift(shift);
        }
        site.employees().change(employee, before -> before.inShift(shift));
    }

    /** From which day on everybody's assignment to a shift holds; 1 January 2025 unless set. */
    public SimulatedFrappe shiftsAssignedFrom(LocalDate day) {
        site.shiftsAssignedFrom = day;
        return this;
    }

    /** All Attendance, cancelled ones too, in the order in which it was written. */
    public List<SimulatedAttendance> attendances() {
        return site.attendances().all();
    }

    /** What stands for an employee and a day: at most one, unless a test marked more. */
    public Optional<SimulatedAttendance> attendanceOf(String employee, LocalDate day) {
        return site.attendances().standing(employee, day).findFirst();
    }

    /** Comments that HRMS left on a document, oldest first. */
    public List<String> comments(String document) {
        return site.comments(document);
    }

    /**
     * What HRMS' own scheduler does every hour, as Administrator: moves {@code last_sync_of_checkin} where "Auto Update Last
     * Sync" is on, then runs auto attendance for every shift type.
     */
    public void runScheduledHourly() {
        site.autoAttendance().runHourly();
    }

    /** Marks a day by hand and submits it, without a shift, as a person does. */
    public SimulatedAttendance markAttendance(String employee, LocalDate day, String status, String person) {
        LocalDateTime now = site.now();
        return site.attendances()
                .add(name -> new SimulatedAttendance(
                        name,
                        new SimulatedCheckin.Stamp(person, now, person, now),
                        employee,
                        site.employees()
                                .find(employee)
                                .map(SimulatedEmployee::employeeName)
                                .orElse(null),
                        day,
                        null,
                        status,
                        0,
                        null,
                        null,
                        false,
                        false,
                        null,
                        null,
                        null,
                        null,
                        1));
    }

    /** Changes an Attendance past the API, with the person as the one who changed it last. */
    public SimulatedAttendance changeAttendance(String name, String person, UnaryOperator<SimulatedAttendance> change) {
        LocalDateTime now = site.now();
        return site.attendances().change(name, before -> change.apply(before).modified(person, now));
    }

    /** Cancels an Attendance as a person does. */
    public void cancelAttendance(String name, String person) {
        new Attendances(site).cancel(name, person);
    }

    /** Adds a submitted salary slip over these days, both inclusive, and answers its name. */
    public String addSalarySlip(String employee, LocalDate from, LocalDate to) {
        return addDocument(
                DocumentTables.SALARY_SLIP,
                "Sal Slip/" + employee + "/",
                employee,
                Map.of("start_date", from, "end_date", to, "posting_date", to, "status", "Submitted"));
    }

    /** Adds a submitted, approved leave over these days, both inclusive, and answers its name; marks no Attendance. */
    public String addLeaveApplication(String employee, LocalDate from, LocalDate to) {
        return addDocument(
                DocumentTables.LEAVE_APPLICATION,
                "HR-LAP-2026-",
                employee,
                Map.of("from_date", from, "to_date", to, "leave_type", "Casual Leave", "status", "Approved"));
    }

    /** Adds a submitted attendance request over these days, both inclusive, and answers its name; marks no Attendance. */
    public String addAttendanceRequest(String employee, LocalDate from, LocalDate to) {
        return addDocument(
                DocumentTables.ATTENDANCE_REQUEST,
                "HR-ARQ-26-11-",
                employee,
                Map.of("from_date", from, "to_date", to, "reason", "On Duty"));
    }

    /** Sets the state of a salary slip, leave application or attendance request: 0 draft, 1 submitted, 2 cancelled. */
    public void setDocStatus(String docType, String name, int docStatus) {
        site.documents().change(docType, name, before -> before.with("docstatus", docStatus));
    }

    private String addDocument(String docType, String prefix, String employee, Map<String, Object> own) {
        LocalDateTime now = site.now();
        Map<String, Object> values = new LinkedHashMap<>(Map.of(
                "owner",
                "Administrator",
                "creation",
                now,
                "modified",
                now,
                "modified_by",
                "Administrator",
                "docstatus",
                1,
                "employee",
                employee,
                "company",
                "Acme Kenya"));
        values.putAll(own);
        return site.documents().add(docType, prefix, values).name();
    }

    /** Deletes a check-in past the API. */
    public void removeCheckin(String name) {
        site.checkins().delete(name);
    }

    /** The latest requests, at most some thousands, oldest first. */
    public List<RecordedRequest> requests() {
        return server.requests();
    }

    /** How many requests have come since the start whose path contains this. */
    public int requestCount(String pathPart) {
        return server.requestCount(pathPart);
    }

    public int requestCount() {
        return requestCount("");
    }

    /** How many requests have come in and are waiting for their answer. */
    public int requestsUnderWay() {
        return server.requestsUnderWay();
    }

    /** How many connections of clients are open. */
    public int connections() {
        return server.connections();
    }
}
