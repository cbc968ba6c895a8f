package io.punchbridge.api;

import io.punchbridge.access.EntryEdge;
import io.punchbridge.access.Guarded;
import io.punchbridge.access.ProblemAnswers;
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
import org.jboss.resteasy.reactive.ResponseHeader;
import org.jboss.resteasy.reactive.RestStreamElementType;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Changes as they happen, as server-sent events. */
@Path(ChangesResource.PATH)
@Guarded
public class ChangesResource {
    public static final String PATH = EntryEdge.API + "v1/changes";

    /** The events' name, which pages can take for a trigger. */
    public static final String EVENT = "punches";

    private final LiveChanges changes;

    public ChangesResource(LiveChanges changes) {
        this.changes = changes;
    }

    /**
     * An event {@value #EVENT} at once, and one after each change, twice a second at most; a comment after fifteen seconds
     * of silence. Each event tells all, so there is nothing to be caught up with after a break.
     */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    // nginx would keep events back until it has a page full.
    @ResponseHeader(name = "X-Accel-Buffering", value = "no")
    public Multi<OutboundSseEvent> changes(@Context Sse sse) {
        return changes.listen().map(change -> event(sse, change));
    }

    /** Without it, the framework would answer by a stream that nobody reads. */
    @HEAD
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Response nothing() {
        return Response.ok().type(MediaType.SERVER_SENT_EVENTS).build();
    }

    @ServerExceptionMapper
    public Response unplanned(RuntimeException failure) {
        return ProblemAnswers.unplanned(failure);
    }

    private static OutboundSseEvent event(Sse sse, LiveChange change) {
        return change instanceof Punches punches
                ? sse.newEventBuilder()
                        .name(EVENT)
                        .id(punches.id())
                        .mediaType(MediaType.APPLICATION_JSON_TYPE)
                        .data(Punches.class, punches)
                        .build()
                : sse.newEventBuilder().comment("nothing new").build();
    }
}
