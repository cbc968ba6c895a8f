package io.punchbridge.frappe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A site that gives prepared answers in turn, and keeps what it was asked. */
final class StubSite implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpServer server;
    private final Queue<Consumer<HttpServerRequest>> answers = new ArrayDeque<>();
    private final List<Received> received = new ArrayList<>();

    record Received(String method, String path, Map<String, String> headers, String body) {
        JsonNode json() {
            try {
                return MAPPER.readTree(body);
            } catch (JsonProcessingException e) {
                throw new AssertionError("not JSON: " + body, e);
            }
        }
    }

    StubSite(Vertx vertx) {
        server = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> answer(request, body)))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.actualPort());
    }

    StubSite answers(Recording recording) {
        return answers(recording.status(), recording.headers(), recording.body());
    }

    StubSite answers(String body) {
        return answers(200, Map.of("Content-Type", "application/json"), body);
    }

    StubSite answers(int status, Map<String, String> headers, String body) {
        return answers(request -> {
            HttpServerResponse response = request.response().setStatusCode(status);
            headers.forEach(response::putHeader);
            response.end(Buffer.buffer(body));
        });
    }

    synchronized StubSite answers(Consumer<HttpServerRequest> answer) {
        answers.add(answer);
        return this;
    }

    synchronized List<Received> received() {
        return List.copyOf(received);
    }

    Received onlyRequest() {
        List<Received> all = received();
        if (all.size() != 1) {
            throw new AssertionError("expected one request, got " + all);
        }
        return all.get(0);
    }

    private void answer(HttpServerRequest request, Buffer body) {
        next(request, body).accept(request);
    }

    private synchronized Consumer<HttpServerRequest> next(HttpServerRequest request, Buffer body) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        request.headers().forEach(header -> headers.put(header.getKey(), header.getValue()));
        received.add(new Received(request.method().name(), request.uri(), headers, body.toString()));
        Consumer<HttpServerRequest> answer = answers.poll();
        return answer == null ? surplus -> surplus.response().setStatusCode(599).end("no answer was prepared") : answer;
    }

    @Override
    public void close() {
        server.close().toCompletionStage().toCompletableFuture().join();
    }
}
