package io.punchbridge.api;

import io.punchbridge.access.EntryEdge;
import io.punchbridge.access.Guarded;
import io.punchbridge.access.ProblemAnswers;
import io.punchbridge.access.WhoAsks;
import io.punchbridge.api.LiveChange.ComeAgain;
import io.punchbridge.api.LiveChange.Punches;
import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseHeader;
import org.jboss.resteasy.reactive.RestStreamElementType;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Changes as they happen, as server-sent events. */
@Path(ChangesResource.PATH)
@Guarded
@Tag(name = "changes")
public class ChangesResource {
    public static final String PATH = EntryEdge.API + "v1/changes";

    /** The events' name, which pages can take for a trigger. */
    public static final String EVENT = "punches";

    /** What a browser waits before it opens the next stream. */
    private static final long COME_AGAIN_MILLIS = 1000;

    private final LiveChanges changes;
    private final WhoAsks whoAsks;

    public ChangesResource(LiveChanges changes, WhoAsks whoAsks) {
        this.changes = changes;
        this.whoAsks = whoAsks;
    }

    /**
     * An event {@value #EVENT} at once, and one after each change, twice a second at most; a comment after fifteen seconds
     * of silence. Each event tells all, so there is nothing to be caught up with after a break. After a quarter of an hour
     * the stream ends; {@code EventSource} opens the next by itself, and whoever may look no more is refused then.
     */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    // nginx would keep events back until it has a page full.
    @ResponseHeader(name = "X-Accel-Buffering", value = "no")
    @Operation(
            operationId = "listenToChanges",
            summary = "Changes of punches as they happen, as server-sent events",
            description =
                    "An event punches at once and after each change, twice a second at most, and a comment after fifteen seconds of silence. Each event tells all, so nothing is to be caught up with after a break. As many as a hundred may listen at once, ten of them the same person. A stream ends after a quarter of an hour; open the next, as EventSource does by itself.")
    @APIResponse(
            responseCode = "200",
            description = "Events named punches; the data of each is of this form.",
            content =
                    @Content(
                            mediaType = MediaType.SERVER_SENT_EVENTS,
                            schema = @Schema(implementation = Punches.class)))
    public Multi<OutboundSseEvent> changes(@Context Sse sse) {
        return changes.listen(whoAsks.asker().who()).map(change -> event(sse, change));
    }

    /** Without it, the framework would answer by a stream that nobody reads. */
    @HEAD
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(hidden = true)
    public Response nothing() {
        return Response.ok().type(MediaType.SERVER_SENT_EVENTS).build();
    }

    @ServerExceptionMapper
    public Response unplanned(RuntimeException failure) {
        return ProblemAnswers.unplanned(failure);
    }

    private static OutboundSseEvent event(Sse sse, LiveChange change) {
        OutboundSseEvent.Builder event = sse.newEventBuilder();
        if (change instanceof Punches punches) {
            return event.name(EVENT)
                    .id(punches.id())
                    .data(Punches.class, punches)
                    .build();
        }
        return change instanceof ComeAgain
                ? event.comment("come again").reconnectDelay(COME_AGAIN_MILLIS).build()
                : event.comment("nothing new").build();
    }
}
