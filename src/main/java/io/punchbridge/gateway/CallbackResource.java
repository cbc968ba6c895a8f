package io.punchbridge.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The callback URL. Takes any content type: what the body is, is told by the body. */
@Path(CallbackResource.PATH)
public class CallbackResource {
    static final String PATH = "/cams/callback";

    private final CallbackDoor door;
    private final MeterRegistry metrics;
    private final Timer acknowledgement;

    public CallbackResource(CallbackDoor door, MeterRegistry metrics) {
        this.door = door;
        this.metrics = metrics;
        this.acknowledgement = Timer.builder("punchbridge.ack")
                .description("Time from the last byte of a callback to its answer")
                .serviceLevelObjectives(
                        Duration.ofMillis(5),
                        Duration.ofMillis(20),
                        Duration.ofMillis(100),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(10))
                .register(metrics);
    }

    /** Answers when everything that the callback brought is on disk. */
    @POST
    @Consumes(MediaType.WILDCARD)
    @NonBlocking
    public Uni<Response> callback(byte @Nullable [] body, @RestQuery @Nullable String stgid) {
        Timer.Sample started = Timer.start(metrics);
        return Uni.createFrom()
                .completionStage(door.knock(body == null ? new byte[0] : body, stgid))
                .map(answer -> {
                    started.stop(acknowledgement);
                    return Response.status(answer.status())
                            .type(MediaType.APPLICATION_JSON_TYPE)
                            .entity(answer.body())
                            .build();
                });
    }
}
