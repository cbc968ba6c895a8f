package io.punchbridge.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.punchbridge.sandbox.GatewayCommands.Outcome;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The RESTful half of the simulated gateway: what it can be asked, on the loopback address. It serves one account, whose
 * devices it lets work on one request at a time; a second one meanwhile is told 37. What {@code Status} says beside a
 * code other than 0 isn't published; here it says "failed".
 */
public final class SimulatedGatewayApi {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PATH = "/external/api3.0/biometric";
    private static final String LOOPBACK = "127.0.0.1";
    private static final int CALLS_KEPT = 10_000;

    private static final int INVALID_SERVICE_TAG = 2;
    private static final int INVALID_AUTH_TOKEN = 7;
    private static final int ANOTHER_CALL_RUNNING = 37;
    private static final int NO_STATUS = -1;

    private final Clock clock;
    private final Supplier<List<SimulatedDevice>> devices;
    private final Supplier<Optional<BodyCipher>> cipher;
    private final Deque<RecordedCall> calls = new ArrayDeque<>();
    private final Deque<GatewayFault> faults = new ArrayDeque<>();
    private @Nullable GatewayFault lasting;
    private Function<SimulatedDevice, Optional<GatewayFault>> judge = device -> Optional.empty();
    private Duration latency = Duration.ofSeconds(15);
    private int pageSize = 50;
    private Set<String> leftOut = Set.of();
    private int running;
    private int mostAtOnce;
    private int port;
    private @Nullable Vertx vertx;

    SimulatedGatewayApi(Clock clock, Supplier<List<SimulatedDevice>> devices, Supplier<Optional<BodyCipher>> cipher) {
        this.clock = clock;
        this.devices = devices;
        this.cipher = cipher;
    }

    /** How long the device takes for each request; 15 s unless set, as in the field. */
    public synchronized SimulatedGatewayApi latency(Duration time) {
        latency = time;
        return this;
    }

    /** How many rows of a log one answer holds at most; 50 unless set. */
    public synchronized SimulatedGatewayApi pageSize(int rows) {
        pageSize = rows;
        return this;
    }

    /**
     * Fields that its answers lack, of those that may be absent: {@code StatusCode}, {@code ActualRowCount}, {@code
     * ReturnRowCount}, {@code OffSet}. Without {@code OffSet} nobody can ask for what doesn't fit into one page.
     */
    public synchronized SimulatedGatewayApi leaveOut(String... fields) {
        leftOut = Set.of(fields);
        return this;
    }

    /** The next so many requests meet this; then those that were asked for later, then the lasting one. */
    public synchronized SimulatedGatewayApi failNext(GatewayFault fault, int times) {
        for (int i = 0; i < times; i++) {
            faults.add(fault);
        }
        return this;
    }

    /** Every request meets this until {@link #recover}. */
    public synchronized SimulatedGatewayApi fail(GatewayFault fault) {
        lasting = fault;
        return this;
    }

    /** Asked at each request that reaches a device, and for which no fault waits: what it meets, if anything. */
    public synchronized SimulatedGatewayApi judge(Function<SimulatedDevice, Optional<GatewayFault>> newJudge) {
        judge = newJudge;
        return this;
    }

    public synchronized SimulatedGatewayApi recover() {
        faults.clear();
        lasting = null;
        return this;
    }

    /** The last {@value #CALLS_KEPT} requests, oldest first, each as soon as its answer is settled. */
    public synchronized List<RecordedCall> calls() {
        return List.copyOf(calls);
    }

    /** How many requests were there at the same time at most, those answered with 37 included. */
    public synchronized int mostAtOnce() {
        return mostAtOnce;
    }

    /** What {@code punchbridge.gateway.endpoint} must be; known once the gateway has started. */
    public synchronized URI endpoint() {
        return URI.create("http://" + LOOPBACK + ":" + port + PATH);
    }

    /** @param wanted 0 for any free port */
    Future<Void> open(Vertx on, int wanted) {
        return on.createHttpServer()
                .requestHandler(this::receive)
                .listen(wanted, LOOPBACK)
                .map(server -> opened(on, server))
                .mapEmpty();
    }

    private synchronized HttpServer opened(Vertx on, HttpServer server) {
        vertx = on;
        port = server.actualPort();
        running = 0;
        return server;
    }

    private void receive(HttpServerRequest request) {
        if (!request.path().equals(PATH) || !request.method().name().equals("POST")) {
            request.response().setStatusCode(404).end("<html>not found</html>");
            return;
        }
        String tag = Optional.ofNullable(request.getParam("stgid")).orElse("");
        request.body().onSuccess(body -> take(request, tag, body.toString()));
    }

    private void take(HttpServerRequest asked, String tag, String sent) {
        Optional<JsonNode> plain = json(sent);
        Optional<BodyCipher> encryption = cipher.get();
        Optional<JsonNode> request =
                plain.or(() -> encryption.flatMap(key -> key.decrypt(sent)).flatMap(SimulatedGatewayApi::json));
        Optional<SimulatedDevice> device = devices.get().stream()
                .filter(one -> tag.equals(one.serviceTagId()))
                .findFirst();
        Exchange exchange = new Exchange(
                asked, tag, plain.isEmpty(), request.map(JsonNode::toString).orElse(sent));
        OptionalInt refusal = refusal(plain.isPresent(), encryption.isPresent(), request, device);
        int atOnce = begin();
        if (refusal.isPresent()) {
            finish(exchange, refusal.getAsInt(), JsonNodeFactory.instance.objectNode(), null);
        } else if (atOnce > 1) {
            finish(exchange, ANOTHER_CALL_RUNNING, JsonNodeFactory.instance.objectNode(), null);
        } else {
            work(exchange, device.orElseThrow(), request.orElseThrow());
        }
    }

    /** What a request is refused with before any device hears of it. */
    private static OptionalInt refusal(
            boolean plain, boolean encryptedAccount, Optional<JsonNode> request, Optional<SimulatedDevice> device) {
        if (plain && encryptedAccount) {
            return OptionalInt.of(GatewayReplies.INVALID_RAW_DATA);
        }
        if (request.isEmpty()) {
            return OptionalInt.of(
                    encryptedAccount ? GatewayReplies.INVALID_SECURITY_KEY : GatewayReplies.INVALID_ENCRYPTION);
        }
        if (device.isEmpty()) {
            return OptionalInt.of(INVALID_SERVICE_TAG);
        }
        JsonNode json = request.get();
        if (!json.path("AuthToken").asText("").equals(device.get().authToken())) {
            return OptionalInt.of(INVALID_AUTH_TOKEN);
        }
        boolean complete =
                json.path("OperationID").isTextual() && json.path("Time").isTextual();
        return complete ? OptionalInt.empty() : OptionalInt.of(GatewayCommands.INVALID_REQUEST);
    }

    private void work(Exchange exchange, SimulatedDevice device, JsonNode request) {
        GatewayFault fault = nextFault(device);
        if (fault != null && fault.kind() == GatewayFault.Kind.REFUSED_CONNECTION) {
            finish(exchange, NO_STATUS, JsonNodeFactory.instance.objectNode(), fault);
            return;
        }
        after(latencyNow(), () -> {
            Outcome outcome = outcome(device, request, insteadOfWork(fault));
            ObjectNode content = outcome.content();
            content.put("OperationID", request.path("OperationID").asText());
            Duration late = fault == null ? Duration.ZERO : fault.delay();
            after(late, () -> finish(exchange, outcome.statusCode(), content, fault));
        });
    }

    private Outcome outcome(SimulatedDevice device, JsonNode request, OptionalInt insteadOfWork) {
        OptionalInt offline = device.offlineAt(clock.instant());
        if (insteadOfWork.isPresent()) {
            return Outcome.of(insteadOfWork.getAsInt());
        }
        return offline.isPresent()
                ? Outcome.of(offline.getAsInt())
                : GatewayCommands.run(device, request, pageSizeNow());
    }

    /** The status of a fault that keeps the device from working; empty if it works. */
    private static OptionalInt insteadOfWork(@Nullable GatewayFault fault) {
        if (fault == null) {
            return OptionalInt.empty();
        }
        return switch (fault.kind()) {
            case STATUS -> OptionalInt.of(fault.status());
            case NAMED, RAW, REFUSED_CONNECTION -> OptionalInt.of(NO_STATUS);
            case ANSWER_LOST, ANSWER_LATE, ANSWER_HALF, ANSWER_STALLED -> OptionalInt.empty();
        };
    }

    /** A request on its way to its answer. */
    private record Exchange(HttpServerRequest request, String serviceTagId, boolean encrypted, String body) {}

    private void finish(Exchange exchange, int statusCode, ObjectNode content, @Nullable GatewayFault fault) {
        end(new RecordedCall(exchange.serviceTagId(), exchange.encrypted(), exchange.body(), statusCode));
        GatewayReplies.send(exchange.request(), reply(statusCode, content, fault), cipher.get(), fault);
    }

    private synchronized ObjectNode reply(int statusCode, ObjectNode content, @Nullable GatewayFault fault) {
        ObjectNode reply = JsonNodeFactory.instance.objectNode();
        if (fault != null && fault.kind() == GatewayFault.Kind.NAMED) {
            reply.put("Status", "API_RESPONSE_" + fault.text());
        } else {
            reply.put("Status", statusCode == GatewayCommands.DONE ? "done" : "failed");
            reply.put("StatusCode", statusCode);
        }
        reply.setAll(content);
        reply.remove(leftOut);
        if (reply.path("PunchLog") instanceof ObjectNode log) {
            log.remove(leftOut);
        }
        return reply;
    }

    private synchronized int begin() {
        running++;
        mostAtOnce = Math.max(mostAtOnce, running);
        return running;
    }

    private synchronized void end(RecordedCall call) {
        running--;
        calls.add(call);
        if (calls.size() > CALLS_KEPT) {
            calls.remove();
        }
    }

    private @Nullable GatewayFault nextFault(SimulatedDevice device) {
        Function<SimulatedDevice, Optional<GatewayFault>> ask;
        synchronized (this) {
            GatewayFault next = faults.poll();
            if (next != null || lasting != null) {
                return next != null ? next : lasting;
            }
            ask = judge;
        }
        return ask.apply(device).orElse(null);
    }

    private synchronized Duration latencyNow() {
        return latency;
    }

    private synchronized int pageSizeNow() {
        return pageSize;
    }

    private void after(Duration time, Runnable work) {
        Vertx timers;
        synchronized (this) {
            timers = vertx;
        }
        if (timers == null || time.isZero()) {
            work.run();
        } else {
            timers.setTimer(Math.max(1, time.toMillis()), fired -> work.run());
        }
    }

    private static Optional<JsonNode> json(String text) {
        try {
            JsonNode node = JSON.readTree(text);
            return node instanceof ObjectNode ? Optional.of(node) : Optional.empty();
        } catch (JsonProcessingException noJson) {
            return Optional.empty();
        }
    }
}
