package io.punchbridge.console;

import io.punchbridge.access.EntryEdge;
import io.punchbridge.access.Problem;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MediaType;
import java.lang.annotation.Annotation;
import java.util.Map;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Tells on a page what programs are told as problem details, and what the framework refuses without a word. A refusal that
 * has a body already passes by the pages' own mappers, so it is told here.
 */
@Singleton
public class ProblemsAsPages {
    private static final String DOOR = "/cams/";

    private final FailurePages pages;

    ProblemsAsPages(FailurePages pages) {
        this.pages = pages;
    }

    @ServerResponseFilter
    public void tell(RoutingContext exchange, ContainerResponseContext response) {
        String path = exchange.normalizedPath();
        if (response.getStatus() < 400 || path.startsWith(EntryEdge.API) || path.startsWith(DOOR)) {
            return;
        }
        String detail = null;
        if (response.hasEntity()) {
            if (!(Problem.TYPE.isCompatible(response.getMediaType())
                    && response.getEntity() instanceof Map<?, ?> problem
                    && problem.get("detail") instanceof String told)) {
                return;
            }
            detail = told;
        }
        response.setEntity(
                pages.html(exchange, Failure.of(response.getStatus(), detail), false),
                new Annotation[0],
                MediaType.TEXT_HTML_TYPE.withCharset("utf-8"));
    }
}
