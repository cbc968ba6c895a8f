package io.punchbridge.access;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;

/**
 * Tells browsers to run, load and send nothing but what is ours, whatever a page or an error says. The door has none of it:
 * no browser knocks there.
 */
@ApplicationScoped
class SecurityHeaders {
    private static final String DOOR = "/cams/callback";

    private static final Map<String, String> ALWAYS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self';"
                    + " connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin");

    void register(@Observes Filters filters) {
        // Before all that may answer.
        filters.register(SecurityHeaders::promise, 1200);
    }

    private static void promise(RoutingContext exchange) {
        if (!exchange.normalizedPath().equals(DOOR)) {
            exchange.addHeadersEndHandler(ready -> add(exchange));
        }
        exchange.next();
    }

    private static void add(RoutingContext exchange) {
        MultiMap headers = exchange.response().headers();
        // Not setAll, which takes away all others.
        ALWAYS.forEach(headers::set);
        // Files of a library say themselves how long they keep.
        if (!headers.contains("Cache-Control")) {
            headers.set("Cache-Control", "no-store");
        }
        if ("https".equalsIgnoreCase(exchange.request().scheme())) {
            headers.set("Strict-Transport-Security", "max-age=31536000");
        }
    }
}
