package io.punchbridge.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.punchbridge.punch.PunchType;
import io.punchbridge.sandbox.GatewayMessages.Message;
import io.punchbridge.sandbox.SimulatedDevice.LoggedPunch;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A CAMS gateway, simulated. It keeps one queue a device and posts its head to the callback URL; anything but 200 with
 * {@code {"status":"done"}} makes it send that record again after a while, and the device's queue stalls behind it.
 * All its methods may be called from any thread while it runs. What it can be asked is its other half, {@link #api}.
 */
public final class SimulatedGateway implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ROWS_A_RESENT_PAGE = 50;
    private static final String FINGERPRINT = "Fingerprint";

    private final Clock clock;
    private final URI callback;
    private final Map<SimulatedDevice, Queue> queues = new LinkedHashMap<>();
    private final List<CompletableFuture<Void>> waitingForDrain = new ArrayList<>();
    private volatile Duration repeatAfter = Duration.ofSeconds(5);
    private volatile Duration answerTimeout = Duration.ofSeconds(15);
    private volatile @Nullable BodyCipher cipher;
    private final SimulatedGatewayApi api;
    private Statistics statistics = new Statistics(0, 0, 0, 0, 0);
    private @Nullable Vertx vertx;
    private @Nullable HttpClient http;

    /**
     * What happened since the start.
     *
     * @param queued records that were put into a queue
     * @param acknowledged records that the bridge took
     * @param attempts requests sent
     * @param refused attempts with an answer that is no acknowledgement
     * @param unanswered attempts without an answer
     */
    public record Statistics(long queued, long acknowledged, long attempts, long refused, long unanswered) {}

    /** How the last block of an encrypted body is filled: as PKCS#7 says, or with zero bytes and none if it is full. */
    public enum Padding {
        PKCS7,
        ZERO
    }

    private static final class Queue {
        private final Deque<Message> messages = new ArrayDeque<>();
        private @Nullable Message lastSent;
        private boolean busy;
    }

    /** @param callback where the bridge takes callbacks; may carry a query */
    public SimulatedGateway(Clock clock, URI callback) {
        this.clock = clock;
        this.callback = callback;
        this.api = new SimulatedGatewayApi(clock, this::devices, () -> Optional.ofNullable(cipher));
    }

    /** What this gateway can be asked, and how that goes wrong. */
    public SimulatedGatewayApi api() {
        return api;
    }

    private synchronized List<SimulatedDevice> devices() {
        return List.copyOf(queues.keySet());
    }

    /** Starts with its RESTful half on any free port. */
    public SimulatedGateway start() {
        return start(0);
    }

    /** @param port where it can be asked, 0 for any free one */
    public SimulatedGateway start(int port) {
        Vertx started = startVertx();
        await(api.open(started, port));
        devices().forEach(this::sendNext);
        return this;
    }

    private synchronized Vertx startVertx() {
        if (vertx != null) {
            throw new IllegalStateException("Already started");
        }
        Vertx started = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        vertx = started;
        http = started.createHttpClient(new HttpClientOptions()
                .setConnectTimeout(5_000)
                .setMaxPoolSize(1_000)
                .setTcpNoDelay(true));
        queues.values().forEach(queue -> queue.busy = false);
        return started;
    }

    /** How long after a failed attempt a record is sent again; 5 s unless set. */
    public SimulatedGateway repeatAfter(Duration pause) {
        repeatAfter = pause;
        return this;
    }

    /** How long an attempt waits for its answer; 15 s unless set. */
    public SimulatedGateway answerTimeout(Duration timeout) {
        answerTimeout = timeout;
        return this;
    }

    /** From now on all bodies are encrypted with this key of 32 bytes, or plain if it is null. */
    public SimulatedGateway securityKey(@Nullable String key) {
        return securityKey(key, Padding.PKCS7);
    }

    public SimulatedGateway securityKey(@Nullable String key, Padding padding) {
        cipher = key == null ? null : new BodyCipher(key, padding);
        return this;
    }

    public synchronized SimulatedDevice addDevice(SimulatedDevice device) {
        queues.putIfAbsent(device, new Queue());
        return device;
    }

    /** A finger was recognised. */
    public void punch(SimulatedDevice device, String userId, PunchType type, Instant at) {
        punch(device, new LoggedPunch(userId, type.word(), at, FINGERPRINT));
    }

    public void punch(SimulatedDevice device, LoggedPunch punch) {
        device.remember(punch);
        enqueue(device, GatewayMessages.punch(device, punch));
    }

    /** What the device kept while nobody reached it is called back now. */
    public void callBack(SimulatedDevice device, LoggedPunch punch) {
        enqueue(device, GatewayMessages.punch(device, punch));
    }

    /** The device recorded it, but no callback will ever tell: only its log has it. */
    public void punchUnnoticed(SimulatedDevice device, LoggedPunch punch) {
        device.remember(punch);
    }

    /** The record that was acknowledged last comes once more, as after a lost acknowledgement. */
    public synchronized void repeatLast(SimulatedDevice device) {
        Message last = queue(device).lastSent;
        if (last != null) {
            enqueue(device, last);
        }
    }

    /** An operator asks for "resend all attendance data": the whole log comes again, 50 rows a callback. */
    public void resendAll(SimulatedDevice device) {
        resend(device, Instant.MAX);
    }

    /**
     * The same for an older part of the log.
     *
     * @param until exclusive
     */
    public void resend(SimulatedDevice device, Instant until) {
        List<LoggedPunch> log = device.log().stream()
                .filter(punch -> punch.time().isBefore(until))
                .toList();
        for (int first = 0; first < log.size(); first += ROWS_A_RESENT_PAGE) {
            enqueue(
                    device,
                    GatewayMessages.resent(
                            device, log.subList(first, Math.min(log.size(), first + ROWS_A_RESENT_PAGE))));
        }
    }

    public void userUpdated(SimulatedDevice device, String userId, String firstName, String lastName) {
        enqueue(device, GatewayMessages.userUpdated(device, userId, firstName, lastName, clock.instant()));
    }

    public void userDeleted(SimulatedDevice device, String userId) {
        enqueue(device, GatewayMessages.userDeleted(device, userId));
    }

    /** A callback operation whose shape nobody published. */
    public void unknownOperation(SimulatedDevice device, String operation) {
        enqueue(device, GatewayMessages.unknown(device, operation));
    }

    /** How many of the device's records aren't acknowledged. */
    public synchronized int waiting(SimulatedDevice device) {
        return queue(device).messages.size();
    }

    public synchronized boolean isDrained() {
        return queues.values().stream().allMatch(queue -> queue.messages.isEmpty());
    }

    /** Done when every record is acknowledged. */
    public synchronized CompletableFuture<Void> drained() {
        if (isDrained()) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> drained = new CompletableFuture<>();
        waitingForDrain.add(drained);
        return drained;
    }

    public synchronized Statistics statistics() {
        return statistics;
    }

    /** Sends nothing more; attempts under way are broken off. */
    @Override
    public void close() {
        Future<Void> closed;
        synchronized (this) {
            if (vertx == null) {
                return;
            }
            closed = vertx.close();
            vertx = null;
            http = null;
        }
        await(closed);
    }

    private static void await(Future<Void> done) {
        try {
            done.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new CompletionException(e);
        }
    }

    private synchronized Queue queue(SimulatedDevice device) {
        Queue queue = queues.get(device);
        if (queue == null) {
            throw new IllegalArgumentException("The gateway has no device " + device);
        }
        return queue;
    }

    private synchronized void enqueue(SimulatedDevice device, Message message) {
        queue(device).messages.add(message);
        count(1, 0, 0, 0, 0);
        sendNext(device);
    }

    private synchronized void sendNext(SimulatedDevice device) {
        Queue queue = queue(device);
        Message head = queue.messages.peek();
        HttpClient client = http;
        if (queue.busy || head == null || client == null) {
            return;
        }
        queue.busy = true;
        count(0, 0, 1, 0, 0);
        post(client, device, head)
                .onSuccess(acknowledged -> settle(device, head, acknowledged))
                .onFailure(failure -> {
                    count(0, 0, 0, 0, 1);
                    repeatLater(device);
                });
    }

    private Future<Boolean> post(HttpClient client, SimulatedDevice device, Message message) {
        String body = message.at(clock.instant()).toString();
        BodyCipher encryption = cipher;
        boolean https = "https".equals(callback.getScheme());
        int port = callback.getPort() > 0 ? callback.getPort() : https ? 443 : 80;
        return client.request(new RequestOptions()
                        .setMethod(HttpMethod.POST)
                        .setSsl(https)
                        .setHost(callback.getHost())
                        .setPort(port)
                        .setURI(target(device))
                        .setTimeout(answerTimeout.toMillis())
                        .putHeader("Content-Type", encryption == null ? "application/json" : "text/plain"))
                .compose(request -> request.send(Buffer.buffer(encryption == null ? body : encryption.encrypt(body))))
                .compose(response -> response.body().map(answer -> response.statusCode() == 200 && isDone(answer)));
    }

    private String target(SimulatedDevice device) {
        String query = callback.getRawQuery();
        if (device.serviceTagId() != null) {
            query = (query == null ? "" : query + "&") + "stgid=" + device.serviceTagId();
        }
        String path = callback.getRawPath().isEmpty() ? "/" : callback.getRawPath();
        return query == null ? path : path + "?" + query;
    }

    private static boolean isDone(Buffer answer) {
        try {
            return JSON.readTree(answer.toString()).path("status").asText().equals("done");
        } catch (JsonProcessingException noJson) {
            return false;
        }
    }

    private synchronized void settle(SimulatedDevice device, Message head, boolean acknowledged) {
        if (!acknowledged) {
            count(0, 0, 0, 1, 0);
            repeatLater(device);
            return;
        }
        Queue queue = queue(device);
        queue.messages.remove();
        queue.lastSent = head;
        queue.busy = false;
        count(0, 1, 0, 0, 0);
        if (isDrained()) {
            waitingForDrain.forEach(drained -> drained.complete(null));
            waitingForDrain.clear();
        }
        sendNext(device);
    }

    private synchronized void repeatLater(SimulatedDevice device) {
        if (vertx != null) {
            vertx.setTimer(Math.max(1, repeatAfter.toMillis()), timer -> {
                synchronized (this) {
                    queue(device).busy = false;
                }
                sendNext(device);
            });
        }
    }

    private synchronized void count(int queued, int acknowledged, int attempts, int refused, int unanswered) {
        statistics = new Statistics(
                statistics.queued + queued,
                statistics.acknowledged + acknowledged,
                statistics.attempts + attempts,
                statistics.refused + refused,
                statistics.unanswered + unanswered);
    }
}
