package io.punchbridge.api;

import io.punchbridge.access.EntryEdge;
import io.punchbridge.access.Guarded;
import io.punchbridge.access.Problem;
import io.punchbridge.access.ProblemAnswers;
import io.punchbridge.inbox.FoundNear;
import io.punchbridge.inbox.History.Place;
import io.punchbridge.inbox.Run;
import io.punchbridge.punch.Devices;
import io.punchbridge.punch.PunchKey;
import io.punchbridge.reconciliation.Reconciliation;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.Response.StatusType;
import jakarta.ws.rs.core.UriBuilder;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Runs of reconciliation: starting, watching and cancelling them. */
@Path(RunsResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Guarded
@Tag(name = "reconciliation")
public class RunsResource {
    static final String PATH = EntryEdge.API + "v1/reconciliation/runs";

    private static final int MOST = Parameters.MOST;
    private static final int USUAL = 20;
    /** When a run began, by its milliseconds, and its id. */
    private static final String CURSOR = "\\d{1,16}-[0-9a-zA-Z-]{1,64}";
    /** The request was understood, and still can't be done; the framework has no name for it. */
    static final StatusType UNPROCESSABLE = new UnprocessableContent();

    private final Reconciliation reconciliation;
    private final RunStarter starter;
    private final Devices devices;
    private final FilterReader filters;
    private final FoundNear foundNear;
    private final Clock clock;

    public RunsResource(
            Reconciliation reconciliation,
            RunStarter starter,
            Devices devices,
            FilterReader filters,
            FoundNear foundNear,
            Clock clock) {
        this.reconciliation = reconciliation;
        this.starter = starter;
        this.devices = devices;
        this.filters = filters;
        this.foundNear = foundNear;
        this.clock = clock;
    }

    /** What came of asking for a run that was accepted. */
    @RegisterForReflection
    public record StartedAnswer(String id) {}

    /** @param next what to give as {@code cursor} to go on; null if nothing is left */
    @RegisterForReflection
    public record RunsAnswer(List<RunAnswer> runs, @Nullable String next) {}

    /** Starts a run; the answer comes before it is through. Asking again while it goes on starts no second one (409). */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "startRun",
            summary = "Has a device's own log loaded",
            description = "For an operator. The answer comes before the run is through.")
    @APIResponseSchema(
            value = StartedAnswer.class,
            responseDescription = "It runs, or will as soon as it is its turn.",
            responseCode = "202")
    public Response start(@Nullable RunRequest request) {
        if (request == null || request.device() == null || request.from() == null) {
            return Problem.answer(
                    Status.BAD_REQUEST,
                    "Wanted is {\"device\": name, \"from\": date, \"to\": date}; to may be left out.");
        }
        RunStarter.Asked asked = starter.start(request.device(), request.from(), request.to(), request.why());
        if (asked instanceof RunStarter.Asked.Wrong wrong) {
            return Problem.answer(wrong.malformed() ? Status.BAD_REQUEST : UNPROCESSABLE, wrong.words());
        }
        Reconciliation.Started started = ((RunStarter.Asked.Answered) asked).started();
        if (started instanceof Reconciliation.Started.Accepted accepted) {
            return Response.accepted(new StartedAnswer(accepted.run()))
                    .location(UriBuilder.fromPath(PATH).path("{id}").build(accepted.run()))
                    .build();
        }
        if (started instanceof Reconciliation.Started.Busy busy) {
            return busy(busy);
        }
        return Problem.answer(UNPROCESSABLE, ((Reconciliation.Started.Refused) started).reason());
    }

    /** Newest first, by when they began; of one device where one is named. */
    @GET
    @Operation(
            operationId = "listRuns",
            summary = "Runs over devices' own logs, newest first",
            description = "By when they began; of every device where none is named.")
    @APIResponseSchema(value = RunsAnswer.class, responseDescription = "OK", responseCode = "200")
    public Response runs(
            @QueryParam("device") @Nullable String device,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable String limit) {
        int number = limit(limit);
        if (number == 0) {
            return badLimit();
        }
        // One more shows whether there is a next page.
        List<Run> found = reconciliation.runs(
                filters.device(Parameters.text("device", device)),
                place(Parameters.text("cursor", cursor)),
                number + 1);
        List<Run> page = found.subList(0, Math.min(number, found.size()));
        return Response.ok(new RunsAnswer(
                        page.stream().map(this::answer).toList(),
                        found.size() > number ? cursor(page.get(number - 1)) : null))
                .build();
    }

    private static String cursor(Run last) {
        return last.startedAt().toEpochMilli() + "-" + last.id();
    }

    private static @Nullable Place place(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        if (!cursor.matches(CURSOR)) {
            throw Members.bad("cursor must be the next of the page before.");
        }
        int dash = cursor.indexOf('-');
        return new Place(Instant.ofEpochMilli(Long.parseLong(cursor.substring(0, dash))), cursor.substring(dash + 1));
    }

    @GET
    @Path("{id}")
    @Operation(operationId = "getRun", summary = "One run, and how far it is")
    @APIResponseSchema(value = RunAnswer.class, responseDescription = "OK", responseCode = "200")
    public Response run(@PathParam("id") String id) {
        return find(id).map(run -> Response.ok(answer(run)).build()).orElseGet(RunsResource::unknown);
    }

    /** What of the run's device and range counts as delivered because another program's check-in stood near. */
    @GET
    @Path("{id}/found-near")
    @Operation(
            operationId = "listFoundNear",
            summary = "What of a run counts as delivered because another program's check-in stood near")
    @APIResponseSchema(value = FoundNearAnswer.class, responseDescription = "OK", responseCode = "200")
    public Response foundNear(
            @PathParam("id") String id,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable String limit) {
        int number = limit(limit);
        if (number == 0) {
            return badLimit();
        }
        String key = Parameters.text("after", after);
        PunchKey from = key == null ? null : new PunchKey(key);
        return find(id).map(run -> Response.ok(FoundNearAnswer.of(
                                foundNear.of(run.device(), run.from(), run.until(), from, number), number))
                        .build())
                .orElseGet(RunsResource::unknown);
    }

    /** Ends a run after the page that is under way: what it has stored stays. */
    @POST
    @Path("{id}/cancel")
    @Operation(
            operationId = "cancelRun",
            summary = "Ends a run after the page that is under way",
            description = "For an operator. What the run has stored stays.")
    @APIResponseSchema(value = StartedAnswer.class, responseDescription = "It ends soon.", responseCode = "202")
    public Response cancel(@PathParam("id") String id) {
        Run run = find(id).orElse(null);
        if (run == null) {
            return unknown();
        }
        return starter.cancel(run)
                ? Response.accepted(new StartedAnswer(id)).build()
                : Problem.answer(
                        Status.CONFLICT, "The run had ended, or was cancelled, before. Look at it to see which.");
    }

    @ServerExceptionMapper
    public Response unplanned(RuntimeException failure) {
        return ProblemAnswers.unplanned(failure);
    }

    private Response busy(Reconciliation.Started.Busy busy) {
        Map<String, Object> body = Problem.body(
                Status.CONFLICT,
                "Another run of this device is under way; two never overlap. Wait for its end, or cancel it.");
        body.put("run", busy.run());
        return Response.status(Status.CONFLICT).type(Problem.TYPE).entity(body).build();
    }

    private Optional<Run> find(String id) {
        return Parameters.isUnprintable(id) ? Optional.empty() : reconciliation.run(id);
    }

    /** 0 for what is none. */
    private static int limit(@Nullable String limit) {
        return Parameters.limit(limit, USUAL, MOST);
    }

    private static Response badLimit() {
        return Problem.answer(Status.BAD_REQUEST, "limit must be a whole number from 1 to " + MOST + ".");
    }

    private static Response unknown() {
        return Problem.answer(Status.NOT_FOUND, "There is no run of that id.");
    }

    private RunAnswer answer(Run run) {
        long near = foundNear.count(run.device(), run.from(), run.until());
        return RunAnswer.of(run, devices.nameOf(run.device()), near, clock.instant());
    }

    private static final class UnprocessableContent implements StatusType {
        @Override
        public int getStatusCode() {
            return 422;
        }

        @Override
        public Status.Family getFamily() {
            return Status.Family.CLIENT_ERROR;
        }

        @Override
        public String getReasonPhrase() {
            return "Unprocessable Content";
        }
    }
}
