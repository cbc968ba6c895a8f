package io.punchbridge.console;

import io.punchbridge.access.Asker;
import io.punchbridge.access.WhoAsks;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;

/**
 * Writes failures: a whole page for a browser that goes somewhere, a notice for a page that is there already.
 *
 * <p>Behind a proxy of CDI: filters are made before the configuration may be read.
 */
@ApplicationScoped
class FailurePages {
    private static final String HEADER_OF_HTMX = "HX-Request";

    private final Frames frames;

    FailurePages(Frames frames) {
        this.frames = frames;
    }

    @CheckedTemplate(basePath = "console")
    static class Templates {
        private Templates() {}

        static native TemplateInstance failure(Frame frame, Failure failure);

        static native TemplateInstance failed(Failure failure);
    }

    /** @param leadsOn whether the navigation is shown also to whom nobody knows */
    String html(RoutingContext exchange, Failure failure, boolean leadsOn) {
        if (isPart(exchange)) {
            return Templates.failed(failure).render();
        }
        Asker asker = WhoAsks.of(exchange).orElse(null);
        return Templates.failure(frames.nowhere(failure.title(), asker, leadsOn || asker != null), failure)
                .render();
    }

    static boolean isPart(RoutingContext exchange) {
        return exchange.request().getHeader(HEADER_OF_HTMX) != null;
    }

    /** Whether the answer is for a person to read. */
    static boolean isForAPerson(RoutingContext exchange) {
        String accepted = exchange.request().getHeader(HttpHeaders.ACCEPT);
        return isPart(exchange) || (accepted != null && accepted.contains("text/html"));
    }
}
