package io.punchbridge.api;

import io.punchbridge.access.EntryEdge;
import io.punchbridge.access.Guarded;
import io.punchbridge.access.Problem;
import io.punchbridge.access.ProblemAnswers;
import io.punchbridge.inbox.LateEntry;
import io.punchbridge.inbox.LateEntry.State;
import io.punchbridge.inbox.LatePunches;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** The report of punches that came after the attendance of their day was made. */
@Path(LatePunchesResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Guarded
@Tag(name = "attendance")
public class LatePunchesResource {
    static final String PATH = EntryEdge.API + "v1/late-punches";

    private static final int MOST = Parameters.MOST;
    private static final int USUAL = 20;

    private final LatePunches latePunches;

    public LatePunchesResource(LatePunches latePunches) {
        this.latePunches = latePunches;
    }

    /** The newest days first. Days are those that the shifts start on; both ends are inclusive. */
    @GET
    @Operation(
            operationId = "listLatePunches",
            summary = "Days whose attendance was made without some of their punches, newest first")
    @APIResponseSchema(value = LatePunchesAnswer.class, responseDescription = "OK", responseCode = "200")
    public Response list(
            @QueryParam("state") @Nullable String state,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable String limit) {
        String word = Parameters.text("state", state);
        Optional<State> wanted = state(word);
        if (word != null && wanted.isEmpty()) {
            return bad("state must be one of "
                    + Arrays.stream(State.values()).map(LatePunchesAnswer::word).collect(Collectors.joining(", "))
                    + ".");
        }
        String fromDay = Parameters.text("from", from);
        String toDay = Parameters.text("to", to);
        Optional<LocalDate> first = date(fromDay);
        Optional<LocalDate> last = date(toDay);
        if ((fromDay != null && first.isEmpty()) || (toDay != null && last.isEmpty())) {
            return bad("from or to is no date; wanted is e.g. 2026-10-31.");
        }
        int number = Parameters.limit(limit, USUAL, MOST);
        if (number == 0) {
            return bad("limit must be a whole number from 1 to " + MOST + ".");
        }
        List<LateEntry> entries = latePunches.list(
                wanted.orElse(null), first.orElse(null), last.orElse(null), Parameters.text("cursor", cursor), number);
        List<String> ids = entries.stream().map(LateEntry::id).toList();
        return Response.ok(LatePunchesAnswer.of(entries, latePunches.punchesOf(ids), latePunches.stepsOf(ids), number))
                .build();
    }

    @ServerExceptionMapper
    public Response unplanned(RuntimeException failure) {
        return ProblemAnswers.unplanned(failure);
    }

    private static Optional<State> state(@Nullable String word) {
        return Arrays.stream(State.values())
                .filter(state -> LatePunchesAnswer.word(state).equals(word))
                .findFirst();
    }

    private static Optional<LocalDate> date(@Nullable String text) {
        try {
            return text == null ? Optional.empty() : Optional.of(LocalDate.parse(text));
        } catch (DateTimeParseException noDate) {
            return Optional.empty();
        }
    }

    private static Response bad(String detail) {
        return Problem.answer(Status.BAD_REQUEST, detail);
    }
}
