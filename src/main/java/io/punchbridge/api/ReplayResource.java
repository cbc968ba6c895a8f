package io.punchbridge.api;

import io.punchbridge.access.Guarded;
import io.punchbridge.access.ProblemAnswers;
import io.punchbridge.access.WhoAsks;
import io.punchbridge.inbox.Actions.Request;
import io.punchbridge.inbox.PunchFilter;
import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.PunchState;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/**
 * Sends punches again: those of some keys at once; those of a filter only when the asker shows by {@code confirm} that he
 * knows how many they are.
 */
@Path(PunchesResource.PATH + "/replay")
@Produces(MediaType.APPLICATION_JSON)
@Guarded
@Tag(name = "actions")
public class ReplayResource {
    private static final String CONFIRM = "confirm";
    static final Set<String> MEMBERS = Stream.of(
                    FilterReader.MEMBERS.stream(),
                    ActionRequests.MEMBERS.stream(),
                    Stream.of(CONFIRM, ActionRequests.WHY))
            .flatMap(names -> names)
            .collect(Collectors.toUnmodifiableSet());

    private final PunchActions actions;
    private final WhoAsks whoAsks;
    private final FilterReader filters;

    public ReplayResource(PunchActions actions, WhoAsks whoAsks, FilterReader filters) {
        this.actions = actions;
        this.whoAsks = whoAsks;
        this.filters = filters;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "replayPunches",
            summary = "Sends punches again, by their keys, or by a filter",
            description =
                    "For an operator. By a filter, the first answer counts; the punches are sent again when the request is repeated with their number as confirm.")
    @APIResponseSchema(value = ActedAnswer.class, responseDescription = "OK", responseCode = "200")
    public Response replay(
            @RequestBody(content = @Content(schema = @Schema(implementation = Forms.Replay.class))) @Nullable Map<String, Object> body) {
        Members members = new Members(body, MEMBERS);
        List<PunchKey> keys = ActionRequests.keys(members);
        boolean filtered = FilterReader.isGiven(members);
        if (keys.isEmpty() != filtered) {
            throw Members.bad("Say which punches: by keys, or by a filter, and not by both.");
        }
        return filtered
                ? replayFiltered(members)
                : replayKeys(keys, ActionRequests.request(members, ActionRequests.words(keys), whoAsks.asker()));
    }

    @ServerExceptionMapper
    public Response unplanned(RuntimeException failure) {
        return ProblemAnswers.unplanned(failure);
    }

    private Response replayKeys(List<PunchKey> keys, Request request) {
        return Response.ok(actions.replay(keys, EnumSet.allOf(PunchState.class), request))
                .build();
    }

    private Response replayFiltered(Members members) {
        PunchFilter filter = filters.read(members);
        List<PunchKey> keys = actions.matching(filter);
        int confirmed = members.number(CONFIRM, -1, 0, PunchActions.MOST_BY_FILTER);
        if (confirmed == -1) {
            return Response.ok(ActedAnswer.counted(
                            keys.size(),
                            "So many punches match and can be sent again. Nothing is done yet: repeat the request with"
                                    + " their number as confirm."))
                    .build();
        }
        PunchActions.confirm(confirmed, keys);
        Request request = ActionRequests.request(members, FilterReader.words(members), whoAsks.asker());
        return Response.ok(actions.replay(keys, filter.states(), request)).build();
    }
}
