package io.punchbridge.api;

import io.punchbridge.access.EntryEdge;
import io.punchbridge.access.Guarded;
import io.punchbridge.access.Problem;
import io.punchbridge.access.ProblemAnswers;
import io.punchbridge.access.WhoAsks;
import io.punchbridge.delivery.Delivery;
import io.punchbridge.inbox.Actions.Request;
import io.punchbridge.inbox.DeliveryPause.Begun;
import io.punchbridge.inbox.DeliveryPause.Paused;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Stops delivery to Frappe for a while, and lets it go on. How it stands is in the summary. */
@Path(DeliveryResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Guarded
@Tag(name = "actions")
public class DeliveryResource {
    static final String PATH = EntryEdge.API + "v1/delivery";

    private static final Logger LOG = Logger.getLogger(DeliveryResource.class);
    private static final String REASON = "reason";
    static final Set<String> MEMBERS = Set.of(REASON);
    private static final String WHAT = "delivery";

    private final Delivery delivery;
    private final WhoAsks whoAsks;

    public DeliveryResource(Delivery delivery, WhoAsks whoAsks) {
        this.delivery = delivery;
        this.whoAsks = whoAsks;
    }

    @RegisterForReflection
    public record PauseAnswer(PausedAnswer paused, String note) {}

    /** @param ended the pause that is over */
    @RegisterForReflection
    public record ResumeAnswer(PausedAnswer ended, String note) {}

    @POST
    @Path("pause")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "pauseDelivery",
            summary = "Stops delivery to Frappe until somebody resumes it; punches are stored as ever",
            description = "For an operator.")
    @APIResponseSchema(value = PauseAnswer.class, responseDescription = "OK", responseCode = "200")
    public Response pause(
            @RequestBody(content = @Content(schema = @Schema(implementation = Forms.Pause.class))) @Nullable Map<String, Object> body) {
        Members members = new Members(body, MEMBERS);
        if (!members.has(REASON)) {
            throw Members.bad(
                    "Wanted is {\"reason\": text}: delivery isn't paused without a reason that others can read.");
        }
        Begun begun = delivery.pause(request(members));
        if (!begun.anew()) {
            Map<String, Object> problem = Problem.body(
                    Status.CONFLICT,
                    "Delivery is paused already, so nothing was changed. Who paused it, when and why is in paused.");
            problem.put("paused", PausedAnswer.of(begun.pause()));
            return Response.status(Status.CONFLICT)
                    .type(Problem.TYPE)
                    .entity(problem)
                    .build();
        }
        LOG.info("Delivery was paused by a person; punches are stored, and wait until it is resumed.");
        return Response.ok(new PauseAnswer(
                        PausedAnswer.of(begun.pause()),
                        "No punch is taken up from now on, at other replicas within seconds; what is under way ends. Punches"
                                + " are stored and acknowledged as ever, and the attendance watermark waits for them."))
                .build();
    }

    /** The body may be {@code {}}, or say why. */
    @POST
    @Path("resume")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "resumeDelivery",
            summary = "Lets delivery to Frappe go on",
            description = "For an operator.")
    @APIResponseSchema(value = ResumeAnswer.class, responseDescription = "OK", responseCode = "200")
    public Response resume(
            @RequestBody(content = @Content(schema = @Schema(implementation = Forms.Resume.class))) @Nullable Map<String, Object> body) {
        Members members = new Members(body == null ? Map.of() : body, MEMBERS);
        Paused ended = delivery.resume(request(members)).orElse(null);
        if (ended == null) {
            return Problem.answer(
                    Status.CONFLICT,
                    "Delivery isn't paused, so nothing was changed. If punches wait all the same, the summary says what is in"
                            + " the way.");
        }
        LOG.info("Delivery was resumed by a person.");
        return Response.ok(new ResumeAnswer(
                        PausedAnswer.of(ended), "Delivery goes on at once, at other replicas within seconds."))
                .build();
    }

    @ServerExceptionMapper
    public Response unplanned(RuntimeException failure) {
        return ProblemAnswers.unplanned(failure);
    }

    private Request request(Members members) {
        return ActionRequests.request(members, REASON, WHAT, whoAsks.asker());
    }
}
