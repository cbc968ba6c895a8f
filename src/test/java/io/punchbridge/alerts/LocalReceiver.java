package io.punchbridge.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Someone's receiver of webhooks on a real port: keeps what comes, and answers as it is told to. */
final class LocalReceiver implements AutoCloseable {
    private static final String SECRET = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private volatile int status = 204;
    private volatile @Nullable String retryAfter;
    private volatile CountDownLatch answering = new CountDownLatch(0);
    private volatile boolean drips;

    record Received(String id, String timestamp, String signature, String contentType, String body) {
        JsonNode json() {
            try {
                return new ObjectMapper().readTree(body);
            } catch (IOException noJson) {
                throw new UncheckedIOException(noJson);
            }
        }

        String type() {
            return json().path("type").asText();
        }

        String alert() {
            return json().path("data").path("alert").asText();
        }

        /** As a receiver verifies it, by other code than that which signed. */
        boolean isSigned() {
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(Base64.getDecoder().decode(SECRET), "HmacSHA256"));
                mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
                byte[] hash = mac.doFinal(body.getBytes(StandardCharsets.UTF_8));
                return signature.equals("v1," + Base64.getEncoder().encodeToString(hash));
            } catch (GeneralSecurityException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    LocalReceiver() {
        this(0);
    }

    /** @param port 0 for any */
    LocalReceiver(int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    static String secret() {
        return "whsec_" + SECRET;
    }

    URI url() {
        return url(server.getAddress().getPort());
    }

    static URI url(int port) {
        return URI.create("http://127.0.0.1:" + port + "/hook/secret-path?token=secret-query");
    }

    AlertSettings.Receiver settings() {
        return new AlertSettings.Receiver(url(), SigningKey.parse(secret()));
    }

    private void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        received.add(new Received(
                header(exchange, "webhook-id"),
                header(exchange, "webhook-timestamp"),
                header(exchange, "webhook-signature"),
                header(exchange, "Content-Type"),
                body));
        try {
            answering.await();
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
        String wait = retryAfter;
        if (wait != null) {
            exchange.getResponseHeaders().set("Retry-After", wait);
        }
        if (drips) {
            begin(exchange);
        } else {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        }
    }

    /** An answer of which a byte comes now, and no other. */
    private void begin(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(status, 1_000);
        exchange.getResponseBody().write('.');
        exchange.getResponseBody().flush();
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    void answers(int newStatus) {
        status = newStatus;
        retryAfter = null;
    }

    void answers(int newStatus, String newRetryAfter) {
        status = newStatus;
        retryAfter = newRetryAfter;
    }

    /** Takes requests and answers none until the latch is counted down. */
    CountDownLatch hangs() {
        CountDownLatch latch = new CountDownLatch(1);
        answering = latch;
        return latch;
    }

    /** Begins each answer and ends none. */
    void drips() {
        drips = true;
    }

    /** All since the last call. */
    List<Received> take() {
        List<Received> taken = List.copyOf(received);
        received.clear();
        return taken;
    }

    @Override
    public void close() {
        answering.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
