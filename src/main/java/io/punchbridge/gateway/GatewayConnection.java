package io.punchbridge.gateway;

import io.punchbridge.gateway.GatewayAnswer.GatewayFailure;
import io.punchbridge.gateway.GatewayFailures.LateAnswer;
import io.punchbridge.gateway.StatusCode.WhoActs;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.smallrye.mutiny.Uni;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.client.api.QuarkusRestClientProperties;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP half: one request, one answer of limited size. Follows no redirects, keeps no cookies, repeats nothing. Needs a
 * running Quarkus, whose REST client it stands on; not to be called on an event loop.
 */
final class GatewayConnection {
    /** A page of a log has some 10 KB; users with their templates and photos, a few MB. */
    static final int LARGEST_REPLY = 8 << 20;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    /** Grace for a request that is out of time to be cancelled; a backstop only. */
    private static final Duration CANCELLING = Duration.ofSeconds(5);
    /** To understand an answer and to keep the call. */
    private static final Duration KEEPING = Duration.ofSeconds(15);
    /** Seconds; requests are far apart, and a connection must not be reused in the moment it is dropped. */
    private static final int IDLE_CONNECTION_LIVES = 1;

    /** One is in use at a time; those of answers that stalled are closed a while later. */
    private static final int CONNECTIONS = 16;

    private static final GatewayFailure TOO_LARGE = GatewayFailures.unreadable(
            WhoActs.VENDOR,
            "The answer was cut off at " + (LARGEST_REPLY >> 20)
                    + " MiB, more than any honest one has. Ask for less, or report it to the vendor.");

    private final CamsApi api;
    private final String host;
    private final Duration timeout;
    private final ExecutorService readers = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "gateway-reader");
        thread.setDaemon(true);
        return thread;
    });

    /** What came back. */
    static final class Result {
        private final int status;
        private final byte[] body;
        private final @Nullable GatewayFailure failure;
        private final boolean interrupted;

        private Result(int status, byte[] body, @Nullable GatewayFailure failure, boolean interrupted) {
            this.status = status;
            this.body = body;
            this.failure = failure;
            this.interrupted = interrupted;
        }

        private static Result none(GatewayFailure failure, boolean interrupted) {
            return new Result(0, new byte[0], failure, interrupted);
        }

        int status() {
            return status;
        }

        boolean isOk() {
            return status >= 200 && status < 300;
        }

        /** To be read, not changed. */
        byte[] body() {
            return body;
        }

        /** Why no whole answer came, or null. */
        @Nullable GatewayFailure failure() {
            return failure;
        }

        /** Whether the thread was; it isn't marked any more, as what is left to do must not stumble over it. */
        boolean interrupted() {
            return interrupted;
        }
    }

    /** @param timeout of a whole answer */
    GatewayConnection(URI endpoint, Duration timeout) {
        this.host = endpoint.getHost();
        this.timeout = timeout;
        this.api = QuarkusRestClientBuilder.newBuilder()
                .baseUri(endpoint)
                .connectTimeout(CONNECT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .readTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .followRedirects(false)
                .disableDefaultMapper(true)
                .userAgent("Punchbridge")
                .property(QuarkusRestClientProperties.CONNECTION_TTL, IDLE_CONNECTION_LIVES)
                .property(QuarkusRestClientProperties.CONNECTION_POOL_SIZE, CONNECTIONS)
                .build(CamsApi.class);
    }

    /** How long a call takes at the very most, until it is kept in the record. */
    static Duration atMost(Duration timeout) {
        return timeout.plus(CANCELLING).plus(KEEPING);
    }

    Result send(String serviceTagId, String json) {
        return send(api.ask(serviceTagId, json.getBytes(StandardCharsets.UTF_8)));
    }

    Result sendEncrypted(String serviceTagId, String base64) {
        return send(api.askEncrypted(serviceTagId, base64.getBytes(StandardCharsets.UTF_8)));
    }

    private Result send(Uni<RestResponse<InputStream>> request) {
        long begun = System.nanoTime();
        try {
            RestResponse<InputStream> response =
                    request.ifNoItem().after(timeout).fail().await().atMost(timeout.plus(CANCELLING));
            // The client bounds the time to the first byte; what follows may stall, and its stream waits for 100 s
            // then.
            long left = Math.max(0, timeout.toNanos() - (System.nanoTime() - begun));
            ByteArrayOutputStream body =
                    readers.submit(() -> body(response, begun)).get(left, TimeUnit.NANOSECONDS);
            return body.size() > LARGEST_REPLY
                    ? Result.none(TOO_LARGE, false)
                    : new Result(response.getStatus(), body.toByteArray(), null, false);
        } catch (RuntimeException | ExecutionException | TimeoutException | InterruptedException noAnswer) {
            boolean interrupted = Thread.interrupted() || GatewayFailures.isInterruption(noAnswer);
            return Result.none(GatewayFailures.noAnswer(noAnswer, host, timeout), interrupted);
        }
    }

    /** No more than a little over the largest reply is read. */
    private ByteArrayOutputStream body(RestResponse<InputStream> response, long begun) throws IOException {
        try (InputStream stream = stream(response)) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            byte[] piece = new byte[8192];
            int read = stream.read(piece);
            while (read >= 0 && body.size() <= LARGEST_REPLY) {
                body.write(piece, 0, read);
                if (System.nanoTime() - begun > timeout.toNanos()) {
                    throw new LateAnswer();
                }
                read = stream.read(piece);
            }
            return body;
        }
    }

    private static InputStream stream(RestResponse<InputStream> response) {
        Object entity = response.getEntity();
        return entity instanceof InputStream stream ? stream : InputStream.nullInputStream();
    }
}
