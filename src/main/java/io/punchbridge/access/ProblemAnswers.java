package io.punchbridge.access;

import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.Response;
import java.lang.annotation.Annotation;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Makes problem details of every error under {@code /api/} that has none yet, those of the framework included. */
@Singleton
public class ProblemAnswers {
    private static final Logger LOG = Logger.getLogger(ProblemAnswers.class);

    @ServerResponseFilter
    public void describe(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getStatus() >= 400
                && ("/" + request.getUriInfo().getPath())
                        .replaceFirst("^/+", "/")
                        .startsWith(EntryEdge.API)
                && !Problem.TYPE.isCompatible(response.getMediaType())) {
            response.setEntity(
                    Problem.body(response.getStatusInfo(), detail(response.getStatus())),
                    new Annotation[0],
                    Problem.TYPE);
        }
    }

    /** What nobody planned: told to the log, and to the caller without its inner parts. */
    public static Response unplanned(RuntimeException failure) {
        if (failure instanceof WebApplicationException framework) {
            return framework.getResponse();
        }
        LOG.error("A request of a command or of the console failed.", failure);
        return Problem.answer(
                Response.Status.INTERNAL_SERVER_ERROR,
                "Punchbridge failed on this request; nothing is known of whether it was carried out. Its log tells why.");
    }

    private static String detail(int status) {
        return switch (status) {
            case 400 -> "The body is no JSON of the form that is wanted here.";
            case 404 -> "There is nothing at this address.";
            case 405 -> "This address doesn't take this method.";
            case 406 -> "The answer would be application/json.";
            case 413 -> "The body is larger than any request here.";
            case 415 -> "The body must be application/json.";
            default -> "The request could not be answered.";
        };
    }
}
