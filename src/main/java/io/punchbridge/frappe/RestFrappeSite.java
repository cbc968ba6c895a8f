package io.punchbridge.frappe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.punchbridge.frappe.FrappeAnswer.Failure;
import io.punchbridge.frappe.FrappeAnswer.Success;
import io.punchbridge.frappe.FrappeFailure.Kind;
import io.punchbridge.frappe.FrappeJson.UnreadableAnswer;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.client.api.QuarkusRestClientProperties;
import org.jspecify.annotations.Nullable;

/**
 * A site reached by its REST API. Holds no session and no cookies, follows no redirects, and never repeats a request by
 * itself. Needs a running Quarkus, whose REST client it stands on; not to be called on an event loop.
 */
@ApplicationScoped
public class RestFrappeSite implements FrappeSite {
    static final int EMPLOYEES_A_PAGE = 500;

    /** Seconds; less than gunicorn's own two, so that a connection is seldom reused in the moment the site drops it. */
    private static final int IDLE_CONNECTION_LIVES = 1;

    private static final int CONNECTIONS = 8;

    /** Grace for a request that is out of time to be cancelled; a backstop only. */
    private static final Duration CANCELLING = Duration.ofSeconds(5);

    private final FrappeSettings settings;
    private final Clock clock;
    private final FrappeApi api;
    private final FrappeErrors errors;
    private final NetworkErrors networkErrors;
    private volatile @Nullable Instant lastAnswerAt;

    public RestFrappeSite(FrappeSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.api = api(settings);
        this.errors = new FrappeErrors(clock, List.of(settings.apiKey(), settings.apiSecret()));
        this.networkErrors = new NetworkErrors(settings.url(), settings.requestTimeout());
    }

    private static FrappeApi api(FrappeSettings settings) {
        return QuarkusRestClientBuilder.newBuilder()
                .baseUri(withoutTrailingSlash(settings.url()))
                .connectTimeout(settings.connectTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .readTimeout(settings.requestTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .followRedirects(false)
                .disableDefaultMapper(true)
                .userAgent("Punchbridge")
                .property(QuarkusRestClientProperties.CONNECTION_TTL, IDLE_CONNECTION_LIVES)
                .property(QuarkusRestClientProperties.CONNECTION_POOL_SIZE, CONNECTIONS)
                .register(headers(settings))
                .build(FrappeApi.class);
    }

    private static ClientRequestFilter headers(FrappeSettings settings) {
        String authorization = "token " + settings.apiKey() + ":" + settings.apiSecret();
        String siteName = settings.siteName();
        return request -> {
            request.getHeaders().putSingle(HttpHeaders.AUTHORIZATION, authorization);
            if (siteName != null) {
                request.getHeaders().putSingle("X-Frappe-Site-Name", siteName);
            }
        };
    }

    private static URI withoutTrailingSlash(URI url) {
        return URI.create(url.toString().replaceAll("/+$", ""));
    }

    @Override
    public FrappeAnswer<CheckinRow> insert(Checkin checkin) {
        return write(
                api.create(FrappeJson.CHECKIN, FrappeJson.insert(checkin)), json -> FrappeJson.row(json.path("data")));
    }

    @Override
    public FrappeAnswer<List<String>> insertMany(List<Checkin> checkins) {
        if (checkins.isEmpty()) {
            return new Success<>(List.of());
        }
        checkBatch(checkins.size());
        return write(
                api.call("frappe.client.insert_many", FrappeJson.insertMany(checkins)),
                json -> FrappeJson.names(json.path("message"), checkins.size()));
    }

    @Override
    public FrappeAnswer<List<CheckinRow>> rows(List<String> names) {
        if (names.isEmpty()) {
            return new Success<>(List.of());
        }
        return list(FrappeJson.rowsByName(names), FrappeJson::rows);
    }

    @Override
    public FrappeAnswer<List<CheckinRow>> lookUp(List<Checkin> checkins) {
        if (checkins.isEmpty()) {
            return new Success<>(List.of());
        }
        checkBatch(checkins.size());
        FrappeAnswer<JsonNode> answer = list(FrappeJson.rowsLike(checkins), Function.identity());
        return answer.fold(list -> thoseThatHold(list, checkins), Failure::new);
    }

    /** Rows without what identifies them would look like rows that aren't there, and bring each punch in twice. */
    private static FrappeAnswer<List<CheckinRow>> thoseThatHold(JsonNode list, List<Checkin> checkins) {
        if (!FrappeJson.allShow(list, "employee", "time", "log_type")) {
            return new Failure<>(
                    setUp("The API user may not read employee, time and log_type of check-ins; give it read"
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
        // Read within the call, so that a row without a readable time is a failure of the answer, not an exception.
        return list(FrappeJson.rowsBetween(employees, from, until, MOST_NEIGHBOURS), RestFrappeSite::neighbours)
                .fold(Function.identity(), Failure::new);
    }

    /** Without its device a row of ours would look like another program's, and swallow a punch. */
    private static FrappeAnswer<List<Neighbour>> neighbours(JsonNode list) {
        if (!FrappeJson.allShow(list, "employee", "time", "log_type", "device_id")) {
            return new Failure<>(
                    setUp("The API user may not read employee, time, log_type and device_id of check-ins; give it"
                            + " read permission on them (time needs permission level 1)"));
        }
        return new Success<>(FrappeJson.neighbours(list));
    }

    @Override
    public FrappeAnswer<Boolean> remove(String checkin) {
        FrappeAnswer<Boolean> answer = write(api.delete(FrappeJson.CHECKIN, checkin), json -> true);
        return answer.fold(Success::new, failure -> isMissing(failure) ? new Success<>(false) : new Failure<>(failure));
    }

    private static boolean isMissing(FrappeFailure failure) {
        return failure.status() == 404 && "DoesNotExistError".equals(failure.excType());
    }

    @Override
    public FrappeAnswer<CheckinRow> correctTime(String checkin, LocalDateTime time) {
        FrappeAnswer<CheckinRow> answer = write(
                api.update(FrappeJson.CHECKIN, checkin, FrappeJson.time(time)),
                json -> FrappeJson.row(json.path("data")));
        return answer.fold(
                Success::new, failure -> new Failure<>(isMissing(failure) ? as(Kind.REFUSED, failure) : failure));
    }

    @Override
    public FrappeAnswer<SiteTimeZone> timeZone() {
        ZoneId configured = settings.timeZone();
        if (configured != null) {
            return new Success<>(new SiteTimeZone(configured, "set in the configuration"));
        }
        FrappeAnswer<String> settled = read(
                api.singleValue("System Settings", "time_zone"),
                json -> json.path("message").asText(""));
        return settled.fold(
                name -> name.isBlank() ? userTimeZone() : zone(name, "the site's System Settings"),
                failure -> failure.status() == 403 ? userTimeZone() : new Failure<>(failure));
    }

    private FrappeAnswer<SiteTimeZone> userTimeZone() {
        FrappeAnswer<String> answer = read(
                api.ask("frappe.client.get_time_zone"),
                json -> json.path("message").path("time_zone").asText(""));
        return answer.fold(
                name -> zone(name, "what Frappe says for the API user (a zone set on that user would show here)"),
                Failure::new);
    }

    private static FrappeAnswer<SiteTimeZone> zone(String name, String origin) {
        try {
            return new Success<>(new SiteTimeZone(ZoneId.of(name), origin));
        } catch (DateTimeException unknown) {
            return new Failure<>(setUp("The site names its time zone \"" + PlainText.of(name)
                    + "\", which isn't known here; set punchbridge.frappe.time-zone"));
        }
    }

    @Override
    public FrappeAnswer<EmployeePage> employees(@Nullable LocalDateTime modifiedSince, int offset) {
        FrappeAnswer<JsonNode> answer =
                list(FrappeJson.employees(modifiedSince, offset, EMPLOYEES_A_PAGE), Function.identity());
        return answer.fold(RestFrappeSite::employeePage, Failure::new);
    }

    @Override
    public FrappeAnswer<EmployeePage> employeesWhere(EmployeeFilter filter, int offset) {
        FrappeAnswer<JsonNode> answer =
                list(FrappeJson.employees(filter, offset, EMPLOYEES_A_PAGE), Function.identity());
        return answer.fold(RestFrappeSite::employeePage, Failure::new);
    }

    private static FrappeAnswer<EmployeePage> employeePage(JsonNode list) {
        if (!FrappeJson.allShow(list, "attendance_device_id", "status")) {
            return new Failure<>(setUp("The API user may not read attendance_device_id and status of"
                    + " employees; give it read permission on them"));
        }
        try {
            return new Success<>(FrappeJson.employeePage(list, EMPLOYEES_A_PAGE));
        } catch (UnreadableAnswer unreadable) {
            return new Failure<>(unreadable(Kind.RETRY_LATER, 200, unreadable));
        }
    }

    @Override
    public @Nullable Instant lastAnswerAt() {
        return lastAnswerAt;
    }

    private static void checkBatch(int size) {
        if (size > MOST_IN_A_BATCH) {
            throw new IllegalArgumentException("Frappe takes " + MOST_IN_A_BATCH + " documents at most, not " + size);
        }
    }

    private <T> FrappeAnswer<T> list(byte[] query, Function<JsonNode, T> reader) {
        return read(api.call("frappe.client.get_list", query), json -> reader.apply(messageList(json)));
    }

    private static JsonNode messageList(JsonNode json) {
        JsonNode list = json.path("message");
        if (!list.isArray()) {
            throw new UnreadableAnswer("no list");
        }
        return list;
    }

    private <T> FrappeAnswer<T> write(Uni<RestResponse<byte[]>> request, Function<JsonNode, T> reader) {
        return call(request, reader, Kind.UNCERTAIN);
    }

    /** A read has changed nothing, and asks the same each time: it is tried again, or somebody must act. */
    private <T> FrappeAnswer<T> read(Uni<RestResponse<byte[]>> request, Function<JsonNode, T> reader) {
        FrappeAnswer<T> answer = call(request, reader, Kind.RETRY_LATER);
        return answer.fold(
                Success::new,
                failure -> new Failure<>(
                        switch (failure.kind()) {
                            case RETRY_LATER, SET_UP -> failure;
                            case UNCERTAIN, CHANGED_MEANWHILE -> as(Kind.RETRY_LATER, failure);
                            case REFUSED, ALREADY_THERE -> as(Kind.SET_UP, failure);
                        }));
    }

    /** @param ifUnreadable what a success means that can't be read */
    private <T> FrappeAnswer<T> call(
            Uni<RestResponse<byte[]>> request, Function<JsonNode, T> reader, Kind ifUnreadable) {
        RestResponse<byte[]> response;
        try {
            // The client's own time-out bounds silence only; this one bounds the whole, however the answer trickles.
            response = request.ifNoItem()
                    .after(settings.requestTimeout())
                    .fail()
                    .await()
                    .atMost(settings.requestTimeout().plus(CANCELLING));
        } catch (RuntimeException noAnswer) {
            return new Failure<>(networkErrors.of(noAnswer));
        }
        Reply reply = reply(response);
        JsonNode json = reply.json();
        if (json != null) {
            lastAnswerAt = clock.instant();
        }
        if (!reply.isSuccess()) {
            return new Failure<>(errors.of(reply));
        }
        if (json == null && reply.isHtml()) {
            return new Failure<>(setUp(errors.redacted("A web page came instead of the API's answer (\""
                    + FrappeErrors.words(reply) + "\"); punchbridge.frappe.url must be the site itself")));
        }
        try {
            return new Success<>(reader.apply(json == null ? MissingNode.getInstance() : json));
        } catch (UnreadableAnswer unreadable) {
            return new Failure<>(unreadable(ifUnreadable, reply.status(), unreadable));
        }
    }

    private static Reply reply(RestResponse<byte[]> response) {
        Map<String, String> headers = new HashMap<>();
        response.getStringHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
        return Reply.of(response.getStatus(), headers, new String(body(response), StandardCharsets.UTF_8));
    }

    /** The client turns only a success into the bytes that were asked for; any other body is a stream in memory. */
    private static byte[] body(RestResponse<?> response) {
        Object entity = response.getEntity();
        if (entity instanceof byte[] bytes) {
            return bytes;
        }
        if (entity == null) {
            return new byte[0];
        }
        try (InputStream stream = (InputStream) entity) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FrappeFailure setUp(String words) {
        return new FrappeFailure(Kind.SET_UP, 200, null, PlainText.cut(words), null, null);
    }

    private static FrappeFailure unreadable(Kind kind, int status, UnreadableAnswer unreadable) {
        return new FrappeFailure(
                kind,
                status,
                null,
                "The site said yes, but its answer can't be read: " + unreadable.getMessage(),
                null,
                null);
    }

    private static FrappeFailure as(Kind kind, FrappeFailure failure) {
        return new FrappeFailure(
                kind, failure.status(), failure.excType(), failure.words(), failure.existing(), failure.retryAfter());
    }
}
