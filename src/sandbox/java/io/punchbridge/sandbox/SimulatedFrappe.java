package io.punchbridge.sandbox;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A Frappe HR site, simulated over HTTP on the loopback address: its REST answers are held to recordings of a real one,
 * its faults can be switched on. All its methods may be called from any thread while it runs.
 */
public final class SimulatedFrappe implements AutoCloseable {
    public static final String API_KEY = "simulated-key";
    public static final String API_SECRET = "simulated-secret";

    private static final String LOOPBACK = "127.0.0.1";
    private static final int LONGEST_REQUEST_LINE = 4094;
    private static final int GUNICORN_READS = 8192;
    private static final int LARGEST_BODY = 25 * 1024 * 1024;
    private static final int REQUESTS_KEPT = 2_000;
    private static final List<String> GUEST_COOKIES = List.of(
            "sid=Guest; Expires=Tue, 01 Dec 2099 08:37:24 GMT; Max-Age=612000; HttpOnly; Path=/; SameSite=Lax",
            "system_user=no; Path=/; SameSite=Lax",
            "full_name=Guest; Path=/; SameSite=Lax",
            "user_id=Guest; Path=/; SameSite=Lax",
            "user_image=; Path=/; SameSite=Lax");

    private final Site site;
    private final FrappeApi api;
    private final Faults faults = new Faults();
    private final SimulatedUser apiUser;
    private final Deque<RecordedRequest> requests = new ArrayDeque<>();
    private final Map<String, Integer> counts = new HashMap<>();

    private final AtomicInteger underWay = new AtomicInteger();

    /** Both belong to the event loop. */
    private final Deque<Work> waiting = new ArrayDeque<>();

    private int working;

    private volatile Speed speed = Speed.INSTANT;
    private @Nullable Vertx vertx;
    private @Nullable HttpServer server;
    private int port;

    private record Work(Call call, RequestPlan plan, HttpServerRequest request) {}

    /** A site without employees, with the API user {@code cams@hr.localhost}. */
    public SimulatedFrappe(Clock clock) {
        this(clock, API_KEY, API_SECRET);
    }

    public SimulatedFrappe(Clock clock, String apiKey, String apiSecret) {
        site = new Site(clock);
        api = new FrappeApi(site);
        apiUser = SimulatedUser.hrUser("cams@hr.localhost", apiKey, apiSecret);
        site.addUser(apiUser);
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

    public synchronized SimulatedFrappe start(int wantedPort) {
        if (vertx != null) {
            throw new IllegalStateException("Already started");
        }
        vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        port = wantedPort;
        acceptConnections();
        return this;
    }

    /** Breaks all connections and refuses new ones, until {@link #acceptConnections()}. */
    public synchronized void refuseConnections() {
        if (server != null) {
            await(server.close());
            server = null;
        }
    }

    /** Listens on the same port as before. */
    public synchronized void acceptConnections() {
        if (vertx == null) {
            throw new IllegalStateException("Not started");
        }
        if (server == null) {
            server = await(vertx.createHttpServer(new HttpServerOptions()
                            .setHost(LOOPBACK)
                            .setPort(port)
                            .setMaxInitialLineLength(1 << 20)
                            .setMaxHeaderSize(1 << 16)
                            .setHandle100ContinueAutomatically(true)
                            .setTcpNoDelay(true))
                    .requestHandler(this::receive)
                    .listen());
            port = server.actualPort();
        }
    }

    @Override
    public synchronized void close() {
        refuseConnections();
        if (vertx != null) {
            await(vertx.close());
            vertx = null;
        }
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new CompletionException(e);
        }
    }

    public synchronized int port() {
        return port;
    }

    public URI url() {
        return URI.create("http://" + LOOPBACK + ":" + port());
    }

    // What a test or the demo may set, see and change

    public Faults faults() {
        return faults;
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
        speed = newSpeed;
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
        site.uniqueKey = present;
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
        return addEmployee(
                new SimulatedEmployee(name, employeeName, deviceId, "Active", null, "Day Shift", site.now()));
    }

    /** Adds the employee, or replaces the one of that name. */
    public SimulatedFrappe addEmployee(SimulatedEmployee employee) {
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
                null,
                false,
                SimulatedCheckin.Place.NOWHERE,
                known == null ? null : known.shiftAt(time));
        transaction.write(checkin);
        transaction.commit();
        return checkin;
    }

    /** Deletes a check-in past the API. */
    public void removeCheckin(String name) {
        site.checkins().delete(name);
    }

    /** The latest requests, at most {@value #REQUESTS_KEPT}, oldest first. */
    public List<RecordedRequest> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    /** How many requests have come since the start whose path contains this. */
    public int requestCount(String pathPart) {
        synchronized (requests) {
            return counts.entrySet().stream()
                    .filter(entry -> entry.getKey().contains(pathPart))
                    .mapToInt(Map.Entry::getValue)
                    .sum();
        }
    }

    /** How many requests have come in and are waiting for their answer. */
    public int requestsUnderWay() {
        return underWay.get();
    }

    public int requestCount() {
        return requestCount("");
    }

    // From here on all is done by the event loop

    private void receive(HttpServerRequest request) {
        int requestLine = request.method().name().length() + request.uri().length() + " HTTP/1.1".length() + 1;
        if (requestLine > LONGEST_REQUEST_LINE) {
            underWay.incrementAndGet();
            Reply tooLong = Reply.gunicorn(
                    400,
                    "Bad Request",
                    "Request Line is too large (" + Math.min(requestLine, GUNICORN_READS) + " &gt; "
                            + LONGEST_REQUEST_LINE + ")");
            send(new Call(request.method().name(), path(request), null, Map.of(), ""), request, tooLong);
            return;
        }
        Buffer body = Buffer.buffer();
        request.handler(chunk -> {
            if (body.length() <= LARGEST_BODY) {
                body.appendBuffer(chunk);
            }
        });
        request.endHandler(end -> {
            underWay.incrementAndGet();
            Call call = new Call(
                    request.method().name(),
                    path(request),
                    request.query(),
                    headers(request),
                    body.length() > LARGEST_BODY ? "" : body.toString(StandardCharsets.UTF_8));
            if (body.length() > LARGEST_BODY) {
                send(
                        call,
                        request,
                        Reply.werkzeug(
                                413,
                                "Request Entity Too Large",
                                "The data value transmitted exceeds the capacity limit."));
            } else if (call.path().equals("/")) {
                send(call, request, CheckinsPage.of(checkins()));
            } else {
                accept(new Work(call, faults.planFor(call), request));
            }
        });
    }

    private static String path(HttpServerRequest request) {
        return URLDecoder.decode(request.path().replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static Map<String, String> headers(HttpServerRequest request) {
        Map<String, String> headers = new HashMap<>();
        request.headers().forEach(header -> headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
        return headers;
    }

    private void accept(Work work) {
        if (work.plan.ending() == RequestPlan.Ending.RESET_BEFORE_ANYTHING) {
            remember(work.call, 0);
            work.request.connection().close();
            return;
        }
        work.plan
                .answerInstead(work.call)
                .ifPresentOrElse(
                        reply -> later(work.plan.afterWork(), () -> send(work.call, work.request, reply)),
                        () -> later(work.plan.beforeWork(), () -> {
                            waiting.add(work);
                            workOn();
                        }));
    }

    private void workOn() {
        while (working < speed.workers() && !waiting.isEmpty()) {
            Work work = waiting.remove();
            working++;
            long snapshot = site.checkins().snapshot();
            later(
                    speed.of(FrappeApi.documents(work.call)),
                    () -> whenReleased(work.plan, () -> {
                        Reply reply = answer(work, snapshot);
                        working--;
                        later(work.plan.afterWork(), () -> finish(work, reply));
                        workOn();
                    }));
        }
    }

    private Reply answer(Work work, long snapshot) {
        try {
            return api.answer(work.call, work.plan, snapshot);
        } catch (RuntimeException beyondTheSimulation) {
            return Reply.gunicorn(
                    500, "Internal Server Error", "This simulation can't do that: " + beyondTheSimulation);
        }
    }

    private void finish(Work work, Reply reply) {
        switch (work.plan.ending()) {
            case SILENCE -> remember(work.call, 0);
            case RESET_AFTER_HALF_THE_ANSWER -> {
                remember(work.call, 0);
                Buffer whole = Buffer.buffer(reply.body());
                HttpServerResponse response = head(work.request, reply, whole.length());
                response.write(whole.slice(0, whole.length() / 2))
                        .onComplete(written -> work.request.connection().close());
            }
            default -> {
                work.plan
                        .headers()
                        .forEach((name, value) -> work.request.response().putHeader(name, value));
                send(work.call, work.request, reply);
            }
        }
    }

    private void send(Call call, HttpServerRequest request, Reply reply) {
        remember(call, reply.status());
        if (request.response().closed()) {
            return;
        }
        Buffer body = Buffer.buffer(reply.body());
        head(request, reply, body.length()).end(body);
    }

    private static HttpServerResponse head(HttpServerRequest request, Reply reply, int length) {
        HttpServerResponse response = request.response()
                .setStatusCode(reply.status())
                .putHeader("Content-Type", reply.contentType())
                .putHeader("Content-Length", String.valueOf(length));
        reply.headers().forEach(response::putHeader);
        if (!reply.contentType().equals("text/html")) {
            response.putHeader("Set-Cookie", GUEST_COOKIES);
        }
        return response;
    }

    private void whenReleased(RequestPlan plan, Runnable work) {
        Context eventLoop = Vertx.currentContext();
        plan.release().whenComplete((released, failure) -> {
            if (eventLoop == null || eventLoop == Vertx.currentContext()) {
                work.run();
            } else {
                eventLoop.runOnContext(back -> work.run());
            }
        });
    }

    private void later(Duration delay, Runnable work) {
        Vertx running = vertx;
        if (delay.isZero() || running == null) {
            work.run();
        } else {
            running.setTimer(Math.max(1, delay.toMillis()), timer -> work.run());
        }
    }

    private void remember(Call call, int status) {
        underWay.decrementAndGet();
        synchronized (requests) {
            counts.merge(call.method() + " " + call.path(), 1, Integer::sum);
            requests.add(new RecordedRequest(call.method(), call.path(), call.body(), status));
            if (requests.size() > REQUESTS_KEPT) {
                requests.remove();
            }
        }
    }
}
