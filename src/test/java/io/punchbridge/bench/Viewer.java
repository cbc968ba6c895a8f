package io.punchbridge.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;

/** Somebody who looks at the console; each answer is read to its end, and must be the page that is meant. */
final class Viewer {
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI service;
    private final String authorization;

    /** What is asked again and again. */
    @FunctionalInterface
    interface Page {
        double millis() throws IOException, InterruptedException;
    }

    Viewer(int port, String name, String password) {
        this.service = URI.create("http://127.0.0.1:" + port);
        this.authorization = "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(UTF_8));
    }

    /** How long it takes until the name and password are known; nothing else is asked. */
    double logIn() throws IOException, InterruptedException {
        return millis(
                HttpRequest.newBuilder(service.resolve("/api/v1/changes")).method("HEAD", BodyPublishers.noBody()), "");
    }

    /** @param proof what the right page says */
    double get(String path, String proof) throws IOException, InterruptedException {
        return millis(HttpRequest.newBuilder(service.resolve(path)), proof);
    }

    double post(String path, Map<String, String> form, String proof) throws IOException, InterruptedException {
        String body = form.entrySet().stream()
                .map(member -> member.getKey() + "=" + URLEncoder.encode(member.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
        return millis(
                HttpRequest.newBuilder(service.resolve(path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("HX-Request", "true")
                        .header("X-Punchbridge-Request", "1")
                        .POST(BodyPublishers.ofString(body)),
                proof);
    }

    private double millis(HttpRequest.Builder request, String proof) throws IOException, InterruptedException {
        HttpRequest whole = request.header("Authorization", authorization).build();
        long begin = System.nanoTime();
        HttpResponse<String> answer = client.send(whole, BodyHandlers.ofString());
        double millis = (System.nanoTime() - begin) / 1e6;
        if (answer.statusCode() != 200 || !answer.body().contains(proof)) {
            throw new IOException(whole.uri() + " is answered " + answer.statusCode() + ": " + answer.body());
        }
        return millis;
    }
}
