package io.punchbridge.frappe;

import com.fasterxml.jackson.databind.JsonNode;
import io.punchbridge.frappe.FrappeAnswer.Failure;
import io.punchbridge.frappe.FrappeAnswer.Success;
import io.punchbridge.frappe.FrappeJson.UnreadableAnswer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A site's set-up by its REST API, on a wire that needs no Quarkus. */
final class RestSetUpSite implements SetUpSite {
    static final int EMPLOYEES_A_PAGE = 500;

    private final Clock clock;
    private final JdkWire wire;
    private final FrappeClient client;

    RestSetUpSite(FrappeSettings settings, Clock clock) {
        this.clock = clock;
        this.wire = new JdkWire(settings);
        this.client = new FrappeClient(settings, clock, wire);
    }

    @Override
    public Reach reach() {
        AtomicReference<@Nullable Duration> ahead = new AtomicReference<>();
        Instant asked = clock.instant();
        FrappeAnswer<Boolean> pong = client.read(
                wire.ask("ping").onItem().invoke(reply -> ahead.set(aheadOfUs(reply, asked))), RestSetUpSite::isPong);
        return new Reach(pong, ahead.get(), wire.certificateEnds().orElse(null));
    }

    private static boolean isPong(JsonNode json) {
        if (!json.path("message").asText("").equals("pong")) {
            throw new UnreadableAnswer("no pong to a ping");
        }
        return true;
    }

    /** Against the middle of the request, since the answer's moment in between isn't known. */
    private @Nullable Duration aheadOfUs(Reply reply, Instant asked) {
        Instant answered = clock.instant();
        Instant middle = asked.plus(Duration.between(asked, answered).dividedBy(2));
        return reply.date().map(date -> Duration.between(middle, date)).orElse(null);
    }

    @Override
    public FrappeAnswer<String> user() {
        return client.read(
                wire.ask("frappe.auth.get_logged_user"),
                json -> json.path("message").asText(""));
    }

    @Override
    public FrappeAnswer<List<String>> roles(String user) {
        return client.read(
                wire.call("frappe.core.doctype.user.user.get_roles", SetUpJson.rolesOf(user)),
                json -> SetUpJson.texts(json.path("message")));
    }

    @Override
    public FrappeAnswer<Optional<String>> zoneOf(String user) {
        return client.read(
                wire.read("User", user),
                json -> Optional.of(json.path("data").path("time_zone").asText(""))
                        .filter(zone -> !zone.isBlank()));
    }

    @Override
    public FrappeAnswer<Boolean> may(String doctype, String action) {
        return client.read(
                wire.call("frappe.client.has_permission", SetUpJson.permission(doctype, action)),
                json -> SetUpJson.permission(json.path("message")));
    }

    @Override
    public FrappeAnswer<Sight> sightOfCheckin(String field) {
        FrappeAnswer<Sight> answer = client.list(SetUpJson.newestCheckin(field), list -> SetUpJson.sight(list, field));
        return answer.fold(
                Success::new,
                failure ->
                        MissingField.isToldBy(failure) ? new Success<>(Sight.NO_SUCH_FIELD) : new Failure<>(failure));
    }

    @Override
    public FrappeAnswer<Map<String, String>> versions() {
        return client.read(
                wire.ask("frappe.utils.change_log.get_versions"), json -> SetUpJson.versions(json.path("message")));
    }

    @Override
    public FrappeAnswer<Optional<String>> settledZone() {
        FrappeAnswer<String> answer = client.read(
                wire.singleValue("System Settings", "time_zone"),
                json -> json.path("message").asText(""));
        return ifPermitted(answer).map(zone -> zone.filter(name -> !name.isBlank()));
    }

    @Override
    public FrappeAnswer<String> zoneForUser() {
        return client.read(
                wire.ask("frappe.client.get_time_zone"),
                json -> json.path("message").path("time_zone").asText(""));
    }

    @Override
    public FrappeAnswer<Optional<Boolean>> geolocationTracking() {
        return ifPermitted(client.read(
                wire.singleValue("HR Settings", "allow_geolocation_tracking"),
                json -> SetUpJson.flag(json.path("message"))));
    }

    private static <T> FrappeAnswer<Optional<T>> ifPermitted(FrappeAnswer<T> answer) {
        return answer.fold(
                value -> new Success<>(Optional.of(value)),
                failure -> failure.status() == 403 ? new Success<>(Optional.empty()) : new Failure<>(failure));
    }

    @Override
    public FrappeAnswer<List<IdHolder>> idHolders() {
        List<IdHolder> all = new ArrayList<>();
        while (true) {
            FrappeAnswer<List<IdHolder>> page = idHolders(all.size());
            if (page instanceof Failure) {
                return page;
            }
            List<IdHolder> rows = page.fold(Function.identity(), failure -> List.of());
            all.addAll(rows);
            if (rows.size() < EMPLOYEES_A_PAGE) {
                return new Success<>(List.copyOf(all));
            }
        }
    }

    private FrappeAnswer<List<IdHolder>> idHolders(int offset) {
        return client.list(SetUpJson.idHolders(offset, EMPLOYEES_A_PAGE), RestSetUpSite::idHolders)
                .fold(Function.identity(), Failure::new);
    }

    private static FrappeAnswer<List<IdHolder>> idHolders(JsonNode list) {
        return FrappeJson.allShow(list, "attendance_device_id", "status")
                ? new Success<>(SetUpJson.idHolders(list))
                : new Failure<>(FrappeClient.setUp("The API user may not read attendance_device_id and status of"
                        + " employees; give it read permission on them"));
    }

    @Override
    public FrappeAnswer<ShiftTypes> shiftTypes() {
        return new RestAttendanceSite(client).shiftTypes(List.of());
    }

    @Override
    public FrappeAnswer<Optional<Boolean>> isUnique(CheckinField field) {
        return ifPermitted(client.read(
                wire.read(SetUpJson.CUSTOM_FIELD, FrappeJson.CHECKIN + "-" + field.fieldName()),
                json -> SetUpJson.flag(json.path("data").path("unique"))));
    }

    @Override
    public FrappeAnswer<Created> create(CheckinField field) {
        FrappeAnswer<Created> answer =
                client.write(wire.create(SetUpJson.CUSTOM_FIELD, SetUpJson.create(field)), json -> Created.MADE);
        // Frappe's refusal of a second one has no sign of its own: a look tells.
        return answer.fold(Success::new, failure -> existing(field).fold(Success::new, any -> new Failure<>(failure)));
    }

    private FrappeAnswer<Created> existing(CheckinField field) {
        FrappeAnswer<Optional<Boolean>> unique = isUnique(field);
        return unique.fold(
                known -> known.<FrappeAnswer<Created>>map(is ->
                                new Success<>(is || !field.unique() ? Created.THERE_ALREADY : Created.THERE_NOT_UNIQUE))
                        .orElseGet(() -> new Failure<>(FrappeClient.setUp("not permitted"))),
                Failure::new);
    }
}
