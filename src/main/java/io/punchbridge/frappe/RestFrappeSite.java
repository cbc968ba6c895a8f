package io.punchbridge.frappe;

import com.fasterxml.jackson.databind.JsonNode;
import io.punchbridge.frappe.FrappeAnswer.Failure;
import io.punchbridge.frappe.FrappeAnswer.Success;
import io.punchbridge.frappe.FrappeFailure.Kind;
import io.punchbridge.frappe.FrappeJson.UnreadableAnswer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A site reached by its REST API. Holds no session and no cookies, follows no redirects, and never repeats a request by
 * itself. Needs a running Quarkus, whose REST client it stands on; not to be called on an event loop.
 */
@ApplicationScoped
public class RestFrappeSite implements FrappeSite {
    static final int EMPLOYEES_A_PAGE = 500;

    private final FrappeClient client;
    private final FrappeWire wire;
    private final @Nullable ZoneId configuredZone;

    @Inject
    RestFrappeSite(FrappeClient client, FrappeSettings settings) {
        this.client = client;
        this.wire = client.wire();
        this.configuredZone = settings.timeZone();
    }

    public RestFrappeSite(FrappeSettings settings, Clock clock) {
        this(new FrappeClient(settings, clock), settings);
    }

    @Override
    public FrappeAnswer<CheckinRow> insert(Checkin checkin) {
        return client.write(
                wire.create(FrappeJson.CHECKIN, FrappeJson.insert(checkin)), json -> FrappeJson.row(json.path("data")));
    }

    @Override
    public FrappeAnswer<List<String>> insertMany(List<Checkin> checkins) {
        if (checkins.isEmpty()) {
            return new Success<>(List.of());
        }
        checkBatch(checkins.size());
        return client.write(
                wire.call("frappe.client.insert_many", FrappeJson.insertMany(checkins)),
                json -> FrappeJson.names(json.path("message"), checkins.size()));
    }

    @Override
    public FrappeAnswer<List<CheckinRow>> rows(List<String> names) {
        if (names.isEmpty()) {
            return new Success<>(List.of());
        }
        return client.list(FrappeJson.rowsByName(names), FrappeJson::rows);
    }

    @Override
    public FrappeAnswer<List<CheckinRow>> lookUp(List<Checkin> checkins) {
        if (checkins.isEmpty()) {
            return new Success<>(List.of());
        }
        checkBatch(checkins.size());
        // Read within the call, so that a row without a readable time is a failure of the answer, not an exception.
        return client.list(FrappeJson.rowsLike(checkins), list -> thoseThatHold(list, checkins))
                .fold(Function.identity(), Failure::new);
    }

    /** Rows without what identifies them would look like rows that aren't there, and bring each punch in twice. */
    private static FrappeAnswer<List<CheckinRow>> thoseThatHold(JsonNode list, List<Checkin> checkins) {
        if (!FrappeJson.allShow(list, "employee", "time", "log_type")) {
            return new Failure<>(FrappeClient.setUp(
                    "The API user may not read employee, time and log_type of check-ins; give it read"
                            + " permission on them (time needs permission level 1)"));
        }
        Set<Checkin.Identity> wanted = new HashSet<>();
        checkins.forEach(checkin -> wanted.add(checkin.identity()));
        return new Success<>(FrappeJson.rows(FrappeJson.withoutOwnLogTypes(list)).stream()
                .filter(row -> isOneOf(row, wanted))
                .toList());
    }

    private static boolean isOneOf(CheckinRow row, Set<Checkin.Identity> wanted) {
        return row.employee() != null
                && row.time() != null
                && wanted.contains(new Checkin.Identity(row.employee(), row.time(), row.logType()));
    }

    @Override
    public FrappeAnswer<List<Neighbour>> between(
            Collection<String> employees, LocalDateTime from, LocalDateTime until) {
        if (employees.isEmpty()) {
            return new Success<>(List.of());
        }
        checkBatch(employees.size());
        return client.list(FrappeJson.rowsBetween(employees, from, until, MOST_NEIGHBOURS), RestFrappeSite::neighbours)
                .fold(Function.identity(), Failure::new);
    }

    /** Without its device a row of ours would look like another program's, and swallow a punch. */
    private static FrappeAnswer<List<Neighbour>> neighbours(JsonNode list) {
        if (!FrappeJson.allShow(list, "employee", "time", "log_type", "device_id")) {
            return new Failure<>(FrappeClient.setUp(
                    "The API user may not read employee, time, log_type and device_id of check-ins; give it"
                            + " read permission on them (time needs permission level 1)"));
        }
        return new Success<>(FrappeJson.neighbours(list));
    }

    @Override
    public FrappeAnswer<Boolean> remove(String checkin) {
        FrappeAnswer<Boolean> answer = client.write(wire.delete(FrappeJson.CHECKIN, checkin), json -> true);
        return answer.fold(Success::new, failure -> isMissing(failure) ? new Success<>(false) : new Failure<>(failure));
    }

    private static boolean isMissing(FrappeFailure failure) {
        return failure.status() == 404 && "DoesNotExistError".equals(failure.excType());
    }

    @Override
    public FrappeAnswer<CheckinRow> correctTime(String checkin, LocalDateTime time) {
        FrappeAnswer<CheckinRow> answer = client.write(
                wire.update(FrappeJson.CHECKIN, checkin, FrappeJson.time(time)),
                json -> FrappeJson.row(json.path("data")));
        return answer.fold(
                Success::new,
                failure -> new Failure<>(isMissing(failure) ? FrappeClient.as(Kind.REFUSED, failure) : failure));
    }

    @Override
    public FrappeAnswer<SiteTimeZone> timeZone() {
        ZoneId configured = configuredZone;
        if (configured != null) {
            return new Success<>(new SiteTimeZone(configured, "set in the configuration"));
        }
        FrappeAnswer<String> settled = client.read(
                wire.singleValue("System Settings", "time_zone"),
                json -> json.path("message").asText(""));
        return settled.fold(
                name -> name.isBlank() ? userTimeZone() : zone(name, "the site's System Settings"),
                failure -> failure.status() == 403 ? userTimeZone() : new Failure<>(failure));
    }

    private FrappeAnswer<SiteTimeZone> userTimeZone() {
        FrappeAnswer<String> answer = client.read(
                wire.ask("frappe.client.get_time_zone"),
                json -> json.path("message").path("time_zone").asText(""));
        return answer.fold(
                name -> zone(name, "what Frappe says for the API user (a zone set on that user would show here)"),
                Failure::new);
    }

    private static FrappeAnswer<SiteTimeZone> zone(String name, String origin) {
        try {
            return new Success<>(new SiteTimeZone(ZoneId.of(name), origin));
        } catch (DateTimeException unknown) {
            return new Failure<>(FrappeClient.setUp("The site names its time zone \"" + PlainText.of(name)
                    + "\", which isn't known here; set punchbridge.frappe.time-zone"));
        }
    }

    @Override
    public FrappeAnswer<EmployeePage> employees(@Nullable LocalDateTime modifiedSince, int offset) {
        FrappeAnswer<JsonNode> answer =
                client.list(FrappeJson.employees(modifiedSince, offset, EMPLOYEES_A_PAGE), Function.identity());
        return answer.fold(RestFrappeSite::employeePage, Failure::new);
    }

    @Override
    public FrappeAnswer<EmployeePage> employeesWhere(EmployeeFilter filter, int offset) {
        FrappeAnswer<JsonNode> answer =
                client.list(FrappeJson.employees(filter, offset, EMPLOYEES_A_PAGE), Function.identity());
        return answer.fold(RestFrappeSite::employeePage, Failure::new);
    }

    private static FrappeAnswer<EmployeePage> employeePage(JsonNode list) {
        if (!FrappeJson.allShow(list, "attendance_device_id", "status")) {
            return new Failure<>(FrappeClient.setUp("The API user may not read attendance_device_id and status of"
                    + " employees; give it read permission on them"));
        }
        try {
            return new Success<>(FrappeJson.employeePage(list, EMPLOYEES_A_PAGE));
        } catch (UnreadableAnswer unreadable) {
            return new Failure<>(FrappeClient.unreadable(Kind.RETRY_LATER, 200, unreadable));
        }
    }

    @Override
    public @Nullable Instant lastAnswerAt() {
        return client.lastAnswerAt();
    }

    private static void checkBatch(int size) {
        if (size > MOST_IN_A_BATCH) {
            throw new IllegalArgumentException("Frappe takes " + MOST_IN_A_BATCH + " documents at most, not " + size);
        }
    }
}
