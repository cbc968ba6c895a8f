package io.punchbridge.api;

import io.punchbridge.access.EntryEdge;
import io.punchbridge.access.Guarded;
import io.punchbridge.access.Problem;
import io.punchbridge.access.ProblemAnswers;
import io.punchbridge.access.WhoAsks;
import io.punchbridge.gateway.CallbackDoor;
import io.punchbridge.inbox.Actions;
import io.punchbridge.inbox.FoundNear;
import io.punchbridge.inbox.Run;
import io.punchbridge.punch.Device;
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
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
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
    /** The request was understood, and still can't be done; the framework has no name for it. */
    static final StatusType UNPROCESSABLE = new UnprocessableContent();

    private final Reconciliation reconciliation;
    private final Devices devices;
    private final FoundNear foundNear;
    private final Actions actions;
    private final WhoAsks whoAsks;
    private final CallbackDoor.FallbackZone fallbackZone;
    private final Clock clock;

    public RunsResource(
            Reconciliation reconciliation,
            Devices devices,
            FoundNear foundNear,
            Actions actions,
            WhoAsks whoAsks,
            CallbackDoor.FallbackZone fallbackZone,
            Clock clock) {
        this.reconciliation = reconciliation;
        this.devices = devices;
        this.foundNear = foundNear;
        this.actions = actions;
        this.whoAsks = whoAsks;
        this.fallbackZone = fallbackZone;
        this.clock = clock;
    }

    /** What came of asking for a run that was accepted. */
    @RegisterForReflection
    public record StartedAnswer(String id) {}

    @RegisterForReflection
    public record RunsAnswer(List<RunAnswer> runs) {}

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
        Device device = named(request.device()).orElse(null);
        if (device == null) {
            return Problem.answer(
                    UNPROCESSABLE,
                    "No device of that name is declared. Declared are: "
                            + devices.all().stream().map(Device::name).collect(Collectors.joining(", ")) + ".");
        }
        LocalDate from = date(request.from()).orElse(null);
        LocalDate to = request.to() == null ? today(device) : date(request.to()).orElse(null);
        if (from == null || to == null) {
            return Problem.answer(Status.BAD_REQUEST, "from or to is no date; wanted is e.g. 2026-10-31.");
        }
        if (from.isAfter(to)) {
            return Problem.answer(UNPROCESSABLE, "The range is empty: from is later than to, or later than today.");
        }
        Actions.Request who = ActionRequests.request(
                "the log of " + device.name() + " from " + from + " to " + to, request.why(), whoAsks.asker());
        Reconciliation.Started started = reconciliation.start(device, from, to);
        if (started instanceof Reconciliation.Started.Accepted accepted) {
            actions.note(Actions.Kind.RECONCILE, who);
            return Response.accepted(new StartedAnswer(accepted.run()))
                    .location(UriBuilder.fromPath(PATH).path("{id}").build(accepted.run()))
                    .build();
        }
        if (started instanceof Reconciliation.Started.Busy busy) {
            return busy(busy);
        }
        return Problem.answer(UNPROCESSABLE, ((Reconciliation.Started.Refused) started).reason());
    }

    /** The newest runs, newest first. */
    @GET
    @Operation(operationId = "listRuns", summary = "The newest runs, newest first")
    @APIResponseSchema(value = RunsAnswer.class, responseDescription = "OK", responseCode = "200")
    public Response recent(@QueryParam("limit") @Nullable String limit) {
        int number = limit(limit);
        if (number == 0) {
            return badLimit();
        }
        return Response.ok(new RunsAnswer(
                        reconciliation.recent(number).stream().map(this::answer).toList()))
                .build();
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
        if (!reconciliation.cancel(id)) {
            return Problem.answer(Status.CONFLICT, "The run has ended already.");
        }
        actions.note(
                Actions.Kind.CANCEL,
                ActionRequests.request(
                        "run " + run.id() + " of " + devices.nameOf(run.device()), null, whoAsks.asker()));
        return Response.accepted(new StartedAnswer(id)).build();
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

    private Optional<Device> named(String name) {
        return devices.all().stream()
                .filter(device -> device.name().equals(name))
                .findFirst();
    }

    private LocalDate today(Device device) {
        ZoneId zone = device.timeZone() == null ? fallbackZone.get() : device.timeZone();
        return LocalDate.ofInstant(clock.instant(), zone == null ? ZoneOffset.UTC : zone);
    }

    private static Optional<LocalDate> date(String text) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeParseException noDate) {
            return Optional.empty();
        }
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
