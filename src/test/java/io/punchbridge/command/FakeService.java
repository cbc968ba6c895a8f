package io.punchbridge.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A service of which commands ask, with answers from a script: the last one for a request stays. */
final class FakeService implements AutoCloseable {
    private record Scripted(int status, String body) {}

    private final Map<String, Deque<Scripted>> script = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Path tokenFile;
    private @Nullable HttpServer server;
    private String token = "";

    FakeService(Path tokenFile) {
        this.tokenFile = tokenFile;
        start("first-token");
    }

    /** Listens on a port of its own, and writes the token file. */
    void start(String newToken) {
        try {
            token = newToken;
            HttpServer started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            started.createContext("/", this::answer);
            started.start();
            server = started;
            Files.writeString(
                    tokenFile,
                    "# a comment\nurl=http://127.0.0.1:" + started.getAddress().getPort() + "\ntoken=" + token + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void stop() {
        if (server != null) {
            server.stop(0);
            server = null;
        }
    }

    /** @param request method and path, e.g. {@code GET /api/v1/devices} */
    FakeService on(String request, int status, String body) {
        script.computeIfAbsent(request, first -> new ArrayDeque<>()).add(new Scripted(status, body));
        return this;
    }

    FakeService accepts(String run) {
        return on("POST /api/v1/reconciliation/runs", 202, "{\"id\":\"" + run + "\"}");
    }

    FakeService shows(String run, String device, String state, int windowsDone, @Nullable String reason) {
        return on("GET /api/v1/reconciliation/runs/" + run, 200, """
                {"id":"%s","device":"%s","state":"%s","provenUntil":"2026-10-15T21:00:00Z","windows":4,"windowsDone":%d,"share":%s,\
                "pages":%d,"rows":%d,"newPunches":%d,"lostPunches":%d,"unreadable":0,"reason":%s}""".formatted(
                        run,
                        device,
                        state,
                        windowsDone,
                        windowsDone / 4.0,
                        windowsDone * 3,
                        windowsDone * 150,
                        windowsDone * 2,
                        windowsDone,
                        reason == null ? "null" : "\"" + reason + "\""));
    }

    /** Method, path and body of each request that was let in. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        Scripted answer;
        if (!("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            answer = new Scripted(401, "{\"detail\":\"The token is wrong.\"}");
        } else {
            requests.add(request + (body.isEmpty() ? "" : " " + body));
            Deque<Scripted> answers = script.get(request);
            answer = answers == null
                    ? new Scripted(404, "{\"detail\":\"Not in the script.\"}")
                    : answers.size() > 1 ? answers.remove() : answers.element();
        }
        byte[] bytes = answer.body().getBytes(UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        stop();
    }
}
