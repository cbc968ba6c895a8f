package io.punchbridge.tracing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** Someone's collector of traces on a real port: keeps the bytes that come, and answers as it is told to. */
public final class LocalCollector implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private volatile int status = 200;

    /** @param body each byte as a character */
    private record Received(String path, String token, String body) {}

    public LocalCollector() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1);
        String token = String.valueOf(exchange.getRequestHeaders().getFirst("x-token"));
        received.add(new Received(exchange.getRequestURI().toString(), token, body));
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    public void answers(int newStatus) {
        status = newStatus;
    }

    public int requests() {
        return received.size();
    }

    public List<String> paths() {
        return received.stream().map(Received::path).distinct().toList();
    }

    /** What came in the header {@code x-token}. */
    public List<String> tokens() {
        return received.stream().map(Received::token).distinct().toList();
    }

    /** All spans that came. */
    public List<Span> spans() {
        return received.stream()
                .flatMap(one -> parsed(one.body()).getResourceSpansList().stream())
                .flatMap(resource -> resource.getScopeSpansList().stream())
                .flatMap(scope -> scope.getSpansList().stream())
                .toList();
    }

    /** All bytes that came, each as a character, so that texts are found in them. */
    public String bytes() {
        return received.stream().map(Received::body).collect(Collectors.joining());
    }

    /** What a span tells, as text by key. */
    public static Map<String, String> attributes(Span span) {
        Map<String, String> attributes = new TreeMap<>();
        span.getAttributesList()
                .forEach(one -> attributes.put(
                        one.getKey(),
                        one.getValue().hasIntValue()
                                ? String.valueOf(one.getValue().getIntValue())
                                : one.getValue().getStringValue()));
        return attributes;
    }

    private static ExportTraceServiceRequest parsed(String body) {
        try {
            return ExportTraceServiceRequest.parseFrom(body.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException noTraces) {
            throw new UncheckedIOException(noTraces);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
