package io.punchbridge.api;

import io.punchbridge.access.EntryEdge;
import io.punchbridge.access.Guarded;
import io.punchbridge.access.Problem;
import io.punchbridge.access.ProblemAnswers;
import io.punchbridge.access.WhoAsks;
import io.punchbridge.doctor.CheckResult;
import io.punchbridge.doctor.Outcome;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** The set-up check of the running service. Changes nothing. */
@Path(SetUpCheckResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Guarded
@Tag(name = "set-up")
public class SetUpCheckResource {
    static final String PATH = EntryEdge.API + "v1/set-up-check";

    private final SetUpChecks checks;
    private final WhoAsks whoAsks;

    public SetUpCheckResource(SetUpChecks checks, WhoAsks whoAsks) {
        this.checks = checks;
        this.whoAsks = whoAsks;
    }

    /** @param failed whether any of the results is a failure */
    @RegisterForReflection
    public record SetUpAnswer(boolean failed, List<ResultAnswer> results) {}

    /**
     * @param outcome passed, warning, failed or not-checked
     * @param fix what {@code doctor --fix} would do, or null
     */
    @RegisterForReflection
    public record ResultAnswer(
            String name,
            String outcome,
            String seen,
            @Nullable String whatToDo,
            @Nullable String fix) {}

    /** Takes some seconds. A post, since it asks the site several dozen questions; one at a time (409). */
    @POST
    @Operation(
            operationId = "checkSetUp",
            summary = "Looks the whole set-up over; takes some seconds and changes nothing",
            description = "For an operator. One at a time.")
    @APIResponseSchema(value = SetUpAnswer.class, responseDescription = "OK", responseCode = "200")
    public Response run() {
        return checks.run(whoAsks.asker().who())
                .map(made -> Response.ok(answer(made.results())).build())
                .orElseGet(() -> Problem.answer(Status.CONFLICT, "A set-up check is under way; wait for its end."));
    }

    @ServerExceptionMapper
    public Response unplanned(RuntimeException failure) {
        return ProblemAnswers.unplanned(failure);
    }

    private static SetUpAnswer answer(List<CheckResult> results) {
        return new SetUpAnswer(
                results.stream().anyMatch(result -> result.outcome() == Outcome.FAILED),
                results.stream().map(SetUpCheckResource::answer).toList());
    }

    private static ResultAnswer answer(CheckResult result) {
        return new ResultAnswer(
                result.name(),
                result.outcome().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                result.seen(),
                result.whatToDo(),
                result.fix() == null ? null : result.fix().what());
    }
}
