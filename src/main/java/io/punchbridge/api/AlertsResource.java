package io.punchbridge.api;

import io.punchbridge.access.EntryEdge;
import io.punchbridge.access.Guarded;
import io.punchbridge.access.ProblemAnswers;
import io.punchbridge.alerts.AlertBook;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Which alerts stand, and whether they reached anybody. */
@Path(AlertsResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Guarded
@Tag(name = "alerts")
public class AlertsResource {
    static final String PATH = EntryEdge.API + "v1/alerts";

    private final AlertBook alerts;

    public AlertsResource(AlertBook alerts) {
        this.alerts = alerts;
    }

    @GET
    @Operation(
            operationId = "listAlerts",
            summary = "Which alerts stand since when, and whether the webhook's receiver took their messages")
    public AlertsAnswer alerts() {
        return AlertsAnswer.of(alerts.look());
    }

    @ServerExceptionMapper
    public Response unplanned(RuntimeException failure) {
        return ProblemAnswers.unplanned(failure);
    }
}
