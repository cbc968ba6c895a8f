package io.punchbridge.frappe;

import com.fasterxml.jackson.databind.JsonNode;
import io.punchbridge.frappe.Attendance.DocStatus;
import io.punchbridge.frappe.FrappeAnswer.Failure;
import io.punchbridge.frappe.FrappeAnswer.Success;
import io.punchbridge.frappe.FrappeFailure.Kind;
import io.punchbridge.frappe.FrappeJson.UnreadableAnswer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Shift types and attendance by the site's REST API. Not to be called on an event loop. */
@ApplicationScoped
public class RestAttendanceSite implements AttendanceSite {
    private final FrappeClient client;
    private final FrappeWire wire;
    private final ShiftTypeReader shiftTypes;

    @Inject
    RestAttendanceSite(FrappeClient client) {
        this.client = client;
        this.wire = client.wire();
        this.shiftTypes = new ShiftTypeReader(client);
    }

    public RestAttendanceSite(FrappeSettings settings, Clock clock) {
        this(new FrappeClient(settings, clock));
    }

    @Override
    public FrappeAnswer<ShiftTypes> shiftTypes(Collection<String> known) {
        return shiftTypes.all(known);
    }

    @Override
    public FrappeAnswer<ShiftType> shiftType(String name) {
        return shiftTypes.one(name);
    }

    @Override
    public FrappeAnswer<ShiftType> moveLastSync(ShiftType asRead, LocalDateTime to) {
        FrappeAnswer<ShiftType> written = FrappeClient.flat(client.write(
                wire.update(AttendanceJson.SHIFT_TYPE, asRead.name(), AttendanceJson.lastSync(asRead, to)),
                json -> ShiftTypeReader.shiftTypeIn(json.path("data"))));
        return FrappeClient.flat(written.map(now -> to.equals(now.lastSync()) ? written : notKept(now.name())));
    }

    private static FrappeAnswer<ShiftType> notKept(String shiftType) {
        return new Failure<>(FrappeClient.setUp("Frappe took last_sync_of_checkin of the Shift Type "
                + PlainText.of(shiftType)
                + " and kept another value: give a role of the API user Write on Shift Type at"
                + " the field's permission level, or see which script of the site changes it"));
    }

    @Override
    public FrappeAnswer<Boolean> processAutoAttendance(String shiftType) {
        return client.write(
                wire.run(AttendanceJson.SHIFT_TYPE, shiftType, AttendanceJson.processAutoAttendance()),
                RestAttendanceSite::done);
    }

    /** A method that returns nothing is answered with an object that holds nothing, or messages only. */
    private static boolean done(JsonNode json) {
        if (!json.isObject()) {
            throw new UnreadableAnswer("no JSON");
        }
        return true;
    }

    @Override
    public FrappeAnswer<List<ShiftCheckin>> checkins(Collection<String> names) {
        checkBatch(names);
        return names.isEmpty() ? new Success<>(List.of()) : checkinRows(AttendanceJson.checkins(names));
    }

    @Override
    public FrappeAnswer<List<ShiftCheckin>> checkinsOf(
            Collection<String> employees, LocalDateTime from, LocalDateTime until) {
        return inBatches(employees, batch -> checkinRows(AttendanceJson.checkinsOf(batch, from, until)));
    }

    private FrappeAnswer<List<ShiftCheckin>> checkinRows(byte[] query) {
        return rows(query, FrappeJson.CHECKIN, AttendanceJson.CHECKIN_FIELDS, AttendanceJson::checkinRows);
    }

    @Override
    public FrappeAnswer<List<Attendance>> attendances(Collection<String> employees, LocalDate from, LocalDate to) {
        return inBatches(employees, batch -> attendanceRows(AttendanceJson.attendancesOf(batch, from, to)));
    }

    @Override
    public FrappeAnswer<List<Attendance>> attendances(Collection<String> names) {
        checkBatch(names);
        return names.isEmpty() ? new Success<>(List.of()) : attendanceRows(AttendanceJson.attendances(names));
    }

    private FrappeAnswer<List<Attendance>> attendanceRows(byte[] query) {
        return rows(query, AttendanceJson.ATTENDANCE, AttendanceJson.ATTENDANCE_FIELDS, AttendanceJson::attendanceRows);
    }

    @Override
    public FrappeAnswer<Boolean> cancelAttendance(String name) {
        FrappeAnswer<Boolean> answer = client.write(
                wire.call("frappe.client.cancel", AttendanceJson.cancel(name)),
                json -> isCancelled(json.path("message")));
        if (answer instanceof Success) {
            return answer;
        }
        FrappeFailure failure = failureOf(answer);
        return switch (failure.kind()) {
            case REFUSED, UNCERTAIN, CHANGED_MEANWHILE, ALREADY_THERE ->
                standsCancelled(name) ? new Success<>(true) : answer;
            case SET_UP, RETRY_LATER -> new Failure<>(refusedIfMissing(failure));
        };
    }

    private static boolean isCancelled(JsonNode document) {
        if (AttendanceJson.docStatus(document) != DocStatus.CANCELLED) {
            throw new UnreadableAnswer("an attendance that isn't cancelled");
        }
        return true;
    }

    private boolean standsCancelled(String name) {
        return attendances(List.of(name))
                .fold(
                        rows -> rows.size() == 1 && rows.get(0).docStatus() == DocStatus.CANCELLED,
                        nothingKnown -> false);
    }

    @Override
    public FrappeAnswer<Boolean> countAgain(String checkin) {
        FrappeAnswer<Boolean> answer = FrappeClient.flat(client.write(
                wire.update(FrappeJson.CHECKIN, checkin, AttendanceJson.countAgain()),
                json -> counts(json.path("data"))));
        return answer.fold(Success::new, failure -> new Failure<>(refusedIfMissing(failure)));
    }

    private static FrappeAnswer<Boolean> counts(JsonNode document) {
        JsonFields.name(document);
        return document.has("skip_auto_attendance") && !JsonFields.flag(document, "skip_auto_attendance")
                ? new Success<>(true)
                : new Failure<>(FrappeClient.setUp("Frappe took skip_auto_attendance of a check-in and kept another"
                        + " value: give a role of the API user Read and Write on Employee Checkin at the field's"
                        + " permission level"));
    }

    @Override
    public FrappeAnswer<List<String>> restingOn(String employee, LocalDate day) {
        List<String> found = new ArrayList<>();
        for (AttendanceJson.Resting kind : AttendanceJson.Resting.values()) {
            FrappeAnswer<List<String>> names = client.list(kind.on(employee, day), JsonFields::names);
            if (names instanceof Failure<List<String>> failed) {
                return new Failure<>(nobodyKnows(kind, failed.failure()));
            }
            ((Success<List<String>>) names).value().forEach(name -> found.add(kind.doctype() + " " + name));
        }
        return new Success<>(List.copyOf(found));
    }

    private static FrappeFailure nobodyKnows(AttendanceJson.Resting kind, FrappeFailure failure) {
        if (failure.kind() != Kind.SET_UP) {
            return failure;
        }
        String words = "The API user can't look for documents of the kind %s, so it isn't known whether one rests on an"
                + " attendance; give one of its roles Read on %s. Frappe says: %s";
        return new FrappeFailure(
                Kind.SET_UP,
                failure.status(),
                failure.excType(),
                PlainText.cut(words.formatted(kind.doctype(), kind.doctype(), failure.words())),
                null,
                null);
    }

    @Override
    public FrappeAnswer<Set<String>> devicesOf(String shiftType, LocalDateTime since) {
        return rows(
                        AttendanceJson.devicesOf(shiftType, since),
                        FrappeJson.CHECKIN,
                        List.of("device_id"),
                        RestAttendanceSite::deviceIds)
                .map(Set::copyOf);
    }

    private static List<String> deviceIds(JsonNode list) {
        Set<String> ids = new TreeSet<>();
        for (JsonNode node : JsonFields.array(list)) {
            String id = JsonFields.text(node, "device_id");
            if (id != null) {
                ids.add(id);
            }
        }
        return List.copyOf(ids);
    }

    @Override
    public Optional<Duration> clockLead() {
        return client.clockLead();
    }

    @Override
    public FrappeAnswer<String> loggedUser() {
        return client.read(
                wire.ask("frappe.auth.get_logged_user"),
                json -> JsonFields.required(JsonFields.text(json, "message"), "message"));
    }

    /** Rows that all show these fields. */
    private <T> FrappeAnswer<List<T>> rows(
            byte[] query, String doctype, List<String> fields, Function<JsonNode, List<T>> reader) {
        return FrappeClient.flat(client.list(query, list -> {
            List<String> hidden = JsonFields.notShown(list, fields);
            return hidden.isEmpty() ? new Success<>(reader.apply(list)) : FrappeClient.mayNotRead(doctype, hidden);
        }));
    }

    private static <T> FrappeAnswer<List<T>> inBatches(
            Collection<String> values, Function<List<String>, FrappeAnswer<List<T>>> ask) {
        List<String> distinct = values.stream().distinct().toList();
        List<T> all = new ArrayList<>();
        for (int from = 0; from < distinct.size(); from += FrappeSite.MOST_IN_A_BATCH) {
            FrappeAnswer<List<T>> answer =
                    ask.apply(distinct.subList(from, Math.min(distinct.size(), from + FrappeSite.MOST_IN_A_BATCH)));
            if (answer instanceof Failure) {
                return answer;
            }
            all.addAll(((Success<List<T>>) answer).value());
        }
        return new Success<>(List.copyOf(all));
    }

    private static void checkBatch(Collection<String> names) {
        if (names.size() > FrappeSite.MOST_IN_A_BATCH) {
            throw new IllegalArgumentException("at most " + FrappeSite.MOST_IN_A_BATCH + " names, not " + names.size());
        }
    }

    /** A document that is gone is no fault of the site's settings. */
    private static FrappeFailure refusedIfMissing(FrappeFailure failure) {
        return failure.isMissing() ? FrappeClient.as(Kind.REFUSED, failure) : failure;
    }

    private static FrappeFailure failureOf(FrappeAnswer<?> answer) {
        return ((Failure<?>) answer).failure();
    }
}
