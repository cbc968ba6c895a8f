package io.punchbridge.frappe;

import io.smallrye.mutiny.Uni;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** The wire of a command: it needs no running Quarkus. */
final class JdkWire implements FrappeWire {
    private final FrappeSettings settings;
    private final String base;
    private final HttpClient http;
    private volatile @Nullable SSLSession secured;

    JdkWire(FrappeSettings settings) {
        this.settings = settings;
        this.base = settings.url().toString().replaceAll("/+$", "") + "/api/";
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.connectTimeout())
                .build();
    }

    /** Until when the certificate of the last answer is valid; empty without TLS. */
    Optional<Instant> certificateEnds() {
        SSLSession session = secured;
        if (session == null) {
            return Optional.empty();
        }
        try {
            Certificate[] chain = session.getPeerCertificates();
            return chain.length > 0 && chain[0] instanceof X509Certificate certificate
                    ? Optional.of(certificate.getNotAfter().toInstant())
                    : Optional.empty();
        } catch (SSLPeerUnverifiedException none) {
            return Optional.empty();
        }
    }

    @Override
    public Uni<Reply> ask(String method) {
        return send("GET", "method/" + encoded(method), null);
    }

    @Override
    public Uni<Reply> singleValue(String doctype, String field) {
        return send(
                "GET",
                "method/frappe.client.get_single_value?doctype=" + encoded(doctype) + "&field=" + encoded(field),
                null);
    }

    @Override
    public Uni<Reply> call(String method, byte[] json) {
        return send("POST", "method/" + encoded(method), json);
    }

    @Override
    public Uni<Reply> read(String doctype, String name) {
        return send("GET", document(doctype, name), null);
    }

    @Override
    public Uni<Reply> create(String doctype, byte[] json) {
        return send("POST", "resource/" + encoded(doctype), json);
    }

    @Override
    public Uni<Reply> update(String doctype, String name, byte[] json) {
        return send("PUT", document(doctype, name), json);
    }

    @Override
    public Uni<Reply> run(String doctype, String name, byte[] json) {
        return send("POST", document(doctype, name), json);
    }

    @Override
    public Uni<Reply> delete(String doctype, String name) {
        return send("DELETE", document(doctype, name), null);
    }

    private static String document(String doctype, String name) {
        return "resource/" + encoded(doctype) + "/" + encoded(name);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private Uni<Reply> send(String verb, String path, byte @Nullable [] json) {
        // Built in there: what can't be sent is a failed answer then, too.
        return Uni.createFrom()
                .completionStage(() -> http.sendAsync(request(verb, path, json), BodyHandlers.ofByteArray()))
                .map(this::reply);
    }

    private HttpRequest request(String verb, String path, byte @Nullable [] json) {
        BodyPublisher body = json == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(json);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .method(verb, body)
                .timeout(settings.requestTimeout())
                .header("Accept", "application/json")
                .header("User-Agent", "Punchbridge")
                .header("Authorization", "token " + settings.apiKey() + ":" + settings.apiSecret());
        if (json != null) {
            request.header("Content-Type", "application/json");
        }
        if (settings.siteName() != null) {
            request.header("X-Frappe-Site-Name", settings.siteName());
        }
        return request.build();
    }

    private Reply reply(HttpResponse<byte[]> response) {
        response.sslSession().ifPresent(session -> secured = session);
        Map<String, String> headers = new HashMap<>();
        response.headers().map().forEach((name, values) -> headers.put(name, values.get(0)));
        return Reply.of(response.statusCode(), headers, new String(response.body(), StandardCharsets.UTF_8));
    }
}
