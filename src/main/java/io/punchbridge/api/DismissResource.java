package io.punchbridge.api;

import io.punchbridge.access.Guarded;
import io.punchbridge.access.ProblemAnswers;
import io.punchbridge.access.WhoAsks;
import io.punchbridge.inbox.Actions;
import io.punchbridge.inbox.Actions.Outcome;
import io.punchbridge.punch.PunchKey;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Says that punches that wait for a person will never be check-ins, and why. */
@Path(PunchesResource.PATH + "/dismiss")
@Produces(MediaType.APPLICATION_JSON)
@Guarded
@Tag(name = "actions")
public class DismissResource {
    private static final Logger LOG = Logger.getLogger(DismissResource.class);

    static final Set<String> MEMBERS = Stream.concat(ActionRequests.MEMBERS.stream(), Stream.of(ActionRequests.WHY))
            .collect(Collectors.toUnmodifiableSet());

    private final Actions actions;
    private final WhoAsks whoAsks;

    public DismissResource(Actions actions, WhoAsks whoAsks) {
        this.actions = actions;
        this.whoAsks = whoAsks;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "dismissPunches",
            summary = "Says of punches by their keys that they will never be check-ins, and why",
            description = "For an operator.")
    public ActedAnswer dismiss(
            @RequestBody(content = @Content(schema = @Schema(implementation = Forms.Dismiss.class))) @Nullable Map<String, Object> body) {
        Members members = new Members(body, MEMBERS);
        List<PunchKey> keys = ActionRequests.keys(members);
        if (keys.isEmpty() || !members.has(ActionRequests.WHY)) {
            throw Members.bad(
                    "Wanted is {\"keys\": [key, …], \"why\": text}: a punch isn't dismissed without a reason that others"
                            + " can read.");
        }
        Outcome outcome =
                actions.dismiss(keys, ActionRequests.request(members, ActionRequests.words(keys), whoAsks.asker()));
        LOG.infof(
                "%d punches were dismissed by a person, and %d left as they are (action %s).",
                outcome.changed(), outcome.left().size(), outcome.action());
        return ActedAnswer.of(
                outcome,
                keys.size(),
                "Those that changed are ignored: they become no check-ins, and don't hold the attendance watermark back any"
                        + " more, so their time counts as complete. A replay takes that back, but for unreadable ones, which nobody can send:"
                        + " those stay ignored and are purged in the end.");
    }

    @ServerExceptionMapper
    public Response unplanned(RuntimeException failure) {
        return ProblemAnswers.unplanned(failure);
    }
}
