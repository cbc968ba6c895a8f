package io.punchbridge.console;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.Response.Status;
import org.jspecify.annotations.Nullable;

/** Refuses bodies larger than any request of ours before a byte of them is read. */
@ApplicationScoped
class EntrySize {
    static final String API = "/api/";
    static final long LARGEST = 16 * 1024;

    void register(@Observes Filters filters) {
        // Before the guard of callbacks' bodies, which counts what comes.
        filters.register(EntrySize::guard, 1100);
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
        exchange.response()
                .setStatusCode(refusal.getStatusCode())
                .putHeader("Content-Type", Problem.TYPE.toString())
                .putHeader("Connection", "close")
                .end(new JsonObject(Problem.body(refusal, detail)).encode())
                .onComplete(sent -> exchange.request().connection().close());
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
