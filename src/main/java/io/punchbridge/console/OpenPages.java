package io.punchbridge.console;

import io.punchbridge.access.EntryEdge;
import io.punchbridge.access.OpenIdLogOut;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/** Pages that tell nothing of ours, so whoever comes may see them: that one is logged out, and that an address is none. */
@ApplicationScoped
class OpenPages {
    private static final String HTML = "text/html;charset=utf-8";
    /** Answer programs in their own form. */
    private static final List<String> OTHERS = List.of(EntryEdge.API, "/cams/", "/q/");

    private final FailurePages failures;
    private final Frames frames;

    OpenPages(FailurePages failures, Frames frames) {
        this.failures = failures;
        this.frames = frames;
    }

    @CheckedTemplate(basePath = "console")
    static class Templates {
        private Templates() {}

        static native TemplateInstance loggedOut(Frame frame);
    }

    void register(@Observes Router router) {
        router.get(OpenIdLogOut.LOGGED_OUT).handler(this::goodBye);
        router.route().last().handler(this::nothingIsHere);
    }

    private void goodBye(RoutingContext exchange) {
        exchange.response()
                .putHeader("Content-Type", HTML)
                .end(Templates.loggedOut(frames.nowhere("Logged out", null, false))
                        .render());
    }

    /** What no resource has taken. */
    private void nothingIsHere(RoutingContext exchange) {
        if (OTHERS.stream().anyMatch(exchange.normalizedPath()::startsWith) || !FailurePages.isForAPerson(exchange)) {
            exchange.next();
            return;
        }
        exchange.response()
                .setStatusCode(404)
                .putHeader("Content-Type", HTML)
                .end(failures.html(exchange, Failure.of(404, null), true));
    }
}
