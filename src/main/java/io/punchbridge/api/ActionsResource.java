package io.punchbridge.api;

import io.punchbridge.access.EntryEdge;
import io.punchbridge.access.Guarded;
import io.punchbridge.access.ProblemAnswers;
import io.punchbridge.inbox.Actions;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** What persons did. */
@Path(ActionsResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Guarded
@Tag(name = "actions")
public class ActionsResource {
    static final String PATH = EntryEdge.API + "v1/actions";

    private static final int MOST = Parameters.MOST;
    private static final int USUAL = 50;

    private final Actions actions;

    public ActionsResource(Actions actions) {
        this.actions = actions;
    }

    /** @param next what to give as {@code before} to get older ones; null if there are none */
    @RegisterForReflection
    public record ActionsAnswer(
            List<ActionAnswer> actions, @Nullable String next) {}

    /** Newest first. */
    @GET
    @Operation(operationId = "listActions", summary = "What persons did, newest first")
    public ActionsAnswer recent(
            @QueryParam("before") @Nullable String before, @QueryParam("limit") @Nullable String limit) {
        int number = Parameters.limit(limit, USUAL, MOST);
        if (number == 0) {
            throw Members.bad("limit must be a whole number from 1 to " + MOST + ".");
        }
        List<ActionAnswer> recent = actions.recent(Parameters.text("before", before), number).stream()
                .map(ActionAnswer::of)
                .toList();
        return new ActionsAnswer(
                recent, recent.size() < number ? null : recent.get(number - 1).id());
    }

    @ServerExceptionMapper
    public Response unplanned(RuntimeException failure) {
        return ProblemAnswers.unplanned(failure);
    }
}
