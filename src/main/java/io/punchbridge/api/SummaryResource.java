package io.punchbridge.api;

import static io.punchbridge.api.PunchAnswer.text;

import io.punchbridge.access.EntryEdge;
import io.punchbridge.access.Guarded;
import io.punchbridge.access.ProblemAnswers;
import io.punchbridge.delivery.Delivery;
import io.punchbridge.delivery.DeliveryStatus;
import io.punchbridge.inbox.DeliveryPause.Paused;
import io.punchbridge.inbox.Inbox;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** How things stand, in one look. */
@Path(SummaryResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Guarded
public class SummaryResource {
    static final String PATH = EntryEdge.API + "v1/summary";

    private final Inbox inbox;
    private final Delivery delivery;
    private final Clock clock;

    public SummaryResource(Inbox inbox, Delivery delivery, Clock clock) {
        this.inbox = inbox;
        this.delivery = delivery;
        this.clock = clock;
    }

    /**
     * @param punches how many stand in each state
     * @param oldestPending when the oldest punch that waits for delivery came, in UTC; null if none waits
     */
    @RegisterForReflection
    public record SummaryAnswer(
            Map<String, Long> punches,
            @Nullable String oldestPending,
            long backlogAgeSeconds,
            DeliveryAnswer delivery) {}

    /**
     * How delivery stands at the replica that answers.
     *
     * @param condition proven, unproven, away or set-up-wrong
     * @param reason what is wrong and what to do; null while nothing is
     * @param paused by whom, since when and why nothing is sent; null while delivery isn't paused
     */
    @RegisterForReflection
    public record DeliveryAnswer(
            String condition,
            @Nullable String reason,
            String since,
            @Nullable String nextTryAt,
            @Nullable String lastDeliveryAt,
            @Nullable PausedAnswer paused) {}

    @GET
    public SummaryAnswer summary() {
        Map<String, Long> punches = new LinkedHashMap<>();
        inbox.counts().forEach((state, number) -> punches.put(FilterReader.word(state), number));
        Instant oldest = inbox.oldestPending().orElse(null);
        DeliveryStatus status = delivery.status();
        Paused paused = status.paused();
        return new SummaryAnswer(
                punches,
                text(oldest),
                oldest == null
                        ? 0
                        : Math.max(0, Duration.between(oldest, clock.instant()).toSeconds()),
                new DeliveryAnswer(
                        FilterReader.word(status.frappe()),
                        status.reason(),
                        status.since().toString(),
                        text(status.nextTryAt()),
                        text(status.lastDeliveryAt()),
                        paused == null ? null : PausedAnswer.of(paused)));
    }

    @ServerExceptionMapper
    public Response unplanned(RuntimeException failure) {
        return ProblemAnswers.unplanned(failure);
    }
}
