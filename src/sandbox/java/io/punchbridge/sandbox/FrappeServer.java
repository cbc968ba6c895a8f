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
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
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

/** The simulated site's web server: takes requests, lets faults and the site's speed have their way, and answers. */
final class FrappeServer {
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
    private final Deque<RecordedRequest> requests = new ArrayDeque<>();
    private final Map<String, Integer> counts = new HashMap<>();

    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();

    /** Both belong to the event loop. */
    private final Deque<Work> waiting = new ArrayDeque<>();

    private int working;

    private volatile Speed speed = Speed.INSTANT;
    private @Nullable Vertx vertx;
    private @Nullable HttpServer server;
    private int port;

    private record Work(Call call, RequestPlan plan, HttpServerRequest request) {}

    FrappeServer(Site site) {
        this.site = site;
        this.api = new FrappeApi(site);
    }

    synchronized void start(int wantedPort) {
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
    }

    /** Breaks all connections and refuses new ones, until {@link #acceptConnections()}. */
    synchronized void refuseConnections() {
        if (server != null) {
            await(server.close());
            server = null;
        }
    }

    /** Listens on the same port as before. */
    synchronized void acceptConnections() {
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
                    .connectionHandler(connection -> {
                        connections.incrementAndGet();
                        connection.closeHandler(closed -> connections.decrementAndGet());
                    })
                    .requestHandler(this::receive)
                    .listen());
            port = server.actualPort();
        }
    }

    synchronized void close() {
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

    synchronized int port() {
        return port;
    }

    Faults faults() {
        return faults;
    }

    void speed(Speed newSpeed) {
        speed = newSpeed;
    }

    /** The latest requests, at most {@value #REQUESTS_KEPT}, oldest first. */
    List<RecordedRequest> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    /** How many requests have come since the start whose path contains this. */
    int requestCount(String pathPart) {
        synchronized (requests) {
            return counts.entrySet().stream()
                    .filter(entry -> entry.getKey().contains(pathPart))
                    .mapToInt(Map.Entry::getValue)
                    .sum();
        }
    }

    /** How many requests have come in and are waiting for their answer. */
    int requestsUnderWay() {
        return underWay.get();
    }

    /** How many connections are open. */
    int connections() {
        return connections.get();
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
                send(call, request, CheckinsPage.of(site.checkins().all()));
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

    private HttpServerResponse head(HttpServerRequest request, Reply reply, int length) {
        HttpServerResponse response = request.response()
                .setStatusCode(reply.status())
                .putHeader(
                        "Date",
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                site.instant().atOffset(ZoneOffset.UTC)))
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
