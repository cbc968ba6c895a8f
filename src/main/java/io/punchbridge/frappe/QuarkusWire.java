package io.punchbridge.frappe;

import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.client.api.QuarkusRestClientProperties;

/** The wire of the service. Needs a running Quarkus, whose REST client it stands on. */
final class QuarkusWire implements FrappeWire {
    /** Seconds; less than gunicorn's own two, so that a connection is seldom reused in the moment the site drops it. */
    private static final int IDLE_CONNECTION_LIVES = 1;

    private static final int CONNECTIONS = 8;

    private final FrappeApi api;

    QuarkusWire(FrappeSettings settings) {
        this.api = api(settings);
    }

    private static FrappeApi api(FrappeSettings settings) {
        return QuarkusRestClientBuilder.newBuilder()
                .baseUri(withoutTrailingSlash(settings.url()))
                .connectTimeout(settings.connectTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .readTimeout(settings.requestTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .followRedirects(false)
                .disableDefaultMapper(true)
                .userAgent("Punchbridge")
                .property(QuarkusRestClientProperties.CONNECTION_TTL, IDLE_CONNECTION_LIVES)
                .property(QuarkusRestClientProperties.CONNECTION_POOL_SIZE, CONNECTIONS)
                .register(headers(settings))
                .build(FrappeApi.class);
    }

    private static ClientRequestFilter headers(FrappeSettings settings) {
        String authorization = "token " + settings.apiKey() + ":" + settings.apiSecret();
        String siteName = settings.siteName();
        return request -> {
            request.getHeaders().putSingle(HttpHeaders.AUTHORIZATION, authorization);
            if (siteName != null) {
                request.getHeaders().putSingle("X-Frappe-Site-Name", siteName);
            }
        };
    }

    private static URI withoutTrailingSlash(URI url) {
        return URI.create(url.toString().replaceAll("/+$", ""));
    }

    @Override
    public Uni<Reply> ask(String method) {
        return api.ask(method).map(QuarkusWire::reply);
    }

    @Override
    public Uni<Reply> singleValue(String doctype, String field) {
        return api.singleValue(doctype, field).map(QuarkusWire::reply);
    }

    @Override
    public Uni<Reply> call(String method, byte[] json) {
        return api.call(method, json).map(QuarkusWire::reply);
    }

    @Override
    public Uni<Reply> read(String doctype, String name) {
        return api.read(doctype, name).map(QuarkusWire::reply);
    }

    @Override
    public Uni<Reply> create(String doctype, byte[] json) {
        return api.create(doctype, json).map(QuarkusWire::reply);
    }

    @Override
    public Uni<Reply> update(String doctype, String name, byte[] json) {
        return api.update(doctype, name, json).map(QuarkusWire::reply);
    }

    @Override
    public Uni<Reply> run(String doctype, String name, byte[] json) {
        return api.run(doctype, name, json).map(QuarkusWire::reply);
    }

    @Override
    public Uni<Reply> delete(String doctype, String name) {
        return api.delete(doctype, name).map(QuarkusWire::reply);
    }

    private static Reply reply(RestResponse<byte[]> response) {
        Map<String, String> headers = new HashMap<>();
        response.getStringHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
        return Reply.of(response.getStatus(), headers, new String(body(response), StandardCharsets.UTF_8));
    }

    /** The client turns only a success into the bytes that were asked for; any other body is a stream in memory. */
    private static byte[] body(RestResponse<?> response) {
        Object entity = response.getEntity();
        if (entity instanceof byte[] bytes) {
            return bytes;
        }
        if (entity == null) {
            return new byte[0];
        }
        try (InputStream stream = (InputStream) entity) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
