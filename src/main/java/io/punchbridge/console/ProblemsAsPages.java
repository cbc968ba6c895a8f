package io.punchbridge.console;

import io.punchbridge.access.EntryEdge;
import io.punchbridge.access.Problem;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MediaType;
import java.lang.annotation.Annotation;
import java.util.Map;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Tells in a sentence on a page what programs are told as problem details. A refusal that has a body already passes by the
 * pages' own mappers, so it is told here.
 */
@Singleton
public class ProblemsAsPages {

    @ServerResponseFilter
    public void tell(ContainerRequestContext request, ContainerResponseContext response) {
        String path = ("/" + request.getUriInfo().getPath()).replaceFirst("^/+", "/");
        if (!path.startsWith(EntryEdge.API)
                && Problem.TYPE.isCompatible(response.getMediaType())
                && response.getEntity() instanceof Map<?, ?> problem
                && problem.get("detail") instanceof String detail) {
            response.setEntity(
                    PageFailures.part(detail), new Annotation[0], MediaType.TEXT_HTML_TYPE.withCharset("utf-8"));
        }
    }
}
