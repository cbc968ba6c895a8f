package io.punchbridge.api;

import io.punchbridge.access.EntryEdge;
import io.punchbridge.access.Guarded;
import io.punchbridge.access.Problem;
import io.punchbridge.access.ProblemAnswers;
import io.punchbridge.attendance.AttendanceSettings;
import io.punchbridge.inbox.Watermarks;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
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

/** How far auto attendance of each shift type may go, what holds it back, and how it was moved. */
@Path(WatermarksResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Guarded
@Tag(name = "attendance")
public class WatermarksResource {
    static final String PATH = EntryEdge.API + "v1/watermarks";

    private static final int MOST = Parameters.MOST;
    private static final int USUAL = 20;

    private final Watermarks watermarks;
    private final AttendanceSettings settings;

    public WatermarksResource(Watermarks watermarks, AttendanceSettings settings) {
        this.watermarks = watermarks;
        this.settings = settings;
    }

    /** @param mode off, report or advance; in off, what is listed is as old as its checkedAt says */
    @RegisterForReflection
    public record WatermarksAnswer(String mode, List<WatermarkAnswer> watermarks) {}

    @RegisterForReflection
    public record MovesAnswer(List<MoveAnswer> moves) {}

    /** Every shift type with auto attendance, by name. */
    @GET
    @Operation(
            operationId = "listWatermarks",
            summary = "How far auto attendance of each shift type may go, and what holds it back")
    public WatermarksAnswer all() {
        return new WatermarksAnswer(
                settings.watermark().name().toLowerCase(Locale.ROOT),
                watermarks.standing().stream().map(WatermarkAnswer::of).toList());
    }

    /** The newest moves, newest first; of one shift type if it is named. */
    @GET
    @Path("moves")
    @Operation(operationId = "listMoves", summary = "The newest moves with their proofs, newest first")
    @APIResponseSchema(value = MovesAnswer.class, responseDescription = "OK", responseCode = "200")
    public Response moves(
            @QueryParam("shift-type") @Nullable String shiftType, @QueryParam("limit") @Nullable String limit) {
        int number = Parameters.limit(limit, USUAL, MOST);
        if (number == 0) {
            return Problem.answer(Status.BAD_REQUEST, "limit must be a whole number from 1 to " + MOST + ".");
        }
        return Response.ok(new MovesAnswer(watermarks.moves(Parameters.text("shift-type", shiftType), number).stream()
                        .map(MoveAnswer::of)
                        .toList()))
                .build();
    }

    @ServerExceptionMapper
    public Response unplanned(RuntimeException failure) {
        return ProblemAnswers.unplanned(failure);
    }
}
