package io.punchbridge.api;

import io.punchbridge.access.Guarded;
import io.punchbridge.access.Problem;
import io.punchbridge.access.ProblemAnswers;
import io.punchbridge.access.WhoAsks;
import io.punchbridge.inbox.Actions;
import io.punchbridge.inbox.Actions.Outcome;
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
import jakarta.ws.rs.core.Response.Status;
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
import org.jboss.logging.Logger;
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
    private static final Logger LOG = Logger.getLogger(ReplayResource.class);

    /** So many take a few seconds. */
    static final int MOST_BY_FILTER = 20_000;

    private static final String CONFIRM = "confirm";
    static final Set<String> MEMBERS = Stream.of(
                    FilterReader.MEMBERS.stream(),
                    ActionRequests.MEMBERS.stream(),
                    Stream.of(CONFIRM, ActionRequests.WHY))
            .flatMap(names -> names)
            .collect(Collectors.toUnmodifiableSet());

    private final Actions actions;
    private final WhoAsks whoAsks;
    private final FilterReader filters;

    public ReplayResource(Actions actions, WhoAsks whoAsks, FilterReader filters) {
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
        return done(actions.replay(keys, EnumSet.allOf(PunchState.class), request), keys.size());
    }

    private Response replayFiltered(Members members) {
        PunchFilter filter = filters.read(members);
        if (filter.states().isEmpty() || !Actions.REPLAYED_BY_FILTER.containsAll(filter.states())) {
            throw Members.unprocessable(
                    "A filter must say the states, of rejected, held, quarantined and ignored. Pending"
                            + " punches are sent anyway; a delivered one is replayed by its key alone.");
        }
        List<PunchKey> keys = actions.replayable(filter, MOST_BY_FILTER + 1);
        if (keys.size() > MOST_BY_FILTER) {
            throw Members.unprocessable("More than " + MOST_BY_FILTER
                    + " punches match, which is the most at once. Narrow the filter, e.g. by from and to.");
        }
        int confirmed = members.number(CONFIRM, -1, 0, MOST_BY_FILTER);
        if (confirmed == -1) {
            return Response.ok(ActedAnswer.counted(
                            keys.size(),
                            "So many punches match and can be sent again. Nothing is done yet: repeat the request with"
                                    + " their number as confirm."))
                    .build();
        }
        if (confirmed != keys.size()) {
            Map<String, Object> problem = Problem.body(
                    Status.CONFLICT,
                    "Other punches match than were confirmed, so nothing was done. Look at them, and confirm their number"
                            + " as it is now.");
            problem.put("matching", keys.size());
            return Response.status(Status.CONFLICT)
                    .type(Problem.TYPE)
                    .entity(problem)
                    .build();
        }
        return done(
                actions.replay(
                        keys,
                        filter.states(),
                        ActionRequests.request(members, FilterReader.words(members), whoAsks.asker())),
                keys.size());
    }

    private static Response done(Outcome outcome, int matching) {
        LOG.infof(
                "%d punches were replayed by a person, and %d left as they are (action %s).",
                outcome.changed(), outcome.left().size(), outcome.action());
        return Response.ok(ActedAnswer.of(
                        outcome,
                        matching,
                        "Those that changed are pending, and are sent as soon as Frappe takes them; what may stand there"
                                + " already is looked up first."))
                .build();
    }
}
