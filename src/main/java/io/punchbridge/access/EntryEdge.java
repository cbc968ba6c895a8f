package io.punchbridge.access;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.Response.Status;
import org.jspecify.annotations.Nullable;

/** The edges of the entry: refuses bodies larger than any request of ours before a byte of them is read, and unknown addresses. */
@ApplicationScoped
public class EntryEdge {
    public static final String API = "/api/";
    static final long LARGEST = 16 * 1024;

    void register(@Observes Filters filters) {
        // Before the guard of callbacks' bodies, which counts what comes.
        filters.register(EntryEdge::guard, 1100);
    }

    private static void guard(RoutingContext exchange) {
        Status refusal = exchange.normalizedPath().startsWith(API) ? refusal(exchange.request()) : null;
        if (refusal == null) {
            exchange.next();
            return;
        }
        String detail = refusal == Status.LENGTH_REQUIRED
                ? "The request must say how long its body is (Content-Length)."
                : "The body is larger than any request here: " + LARGEST + " bytes are the most.";
        exchange.response().putHeader("Connection", "close");
        answer(exchange, refusal, detail)
                .onComplete(sent -> exchange.request().connection().close());
    }

    /** What no resource has taken; the framework's own answer would be a page for a person. */
    void registerLast(@Observes Router router) {
        router.route(API + "*")
                .last()
                .handler(exchange -> answer(exchange, Status.NOT_FOUND, "There is nothing at this address."));
    }

    private static Future<Void> answer(RoutingContext exchange, Status status, String detail) {
        return exchange.response()
                .setStatusCode(status.getStatusCode())
                .putHeader("Content-Type", Problem.TYPE.toString())
                .end(new JsonObject(Problem.body(status, detail)).encode());
    }

    private static @Nullable Status refusal(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        if (length == null) {
            return request.getHeader("Transfer-Encoding") == null ? null : Status.LENGTH_REQUIRED;
        }
        try {
            return Long.parseLong(length) > LARGEST ? Status.REQUEST_ENTITY_TOO_LARGE : null;
        } catch (NumberFormatException noLength) {
            return Status.LENGTH_REQUIRED;
        }
    }
}
