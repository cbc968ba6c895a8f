package io.punchbridge.api;

import static io.punchbridge.api.PunchAnswer.text;

import io.punchbridge.access.EntryEdge;
import io.punchbridge.access.Guarded;
import io.punchbridge.access.ProblemAnswers;
import io.punchbridge.alerts.AlertBook;
import io.punchbridge.delivery.Delivery;
import io.punchbridge.delivery.DeliveryStatus;
import io.punchbridge.inbox.DeliveryPause.Paused;
import io.punchbridge.inbox.Inbox;
import io.punchbridge.inbox.ThisReplica;
import io.punchbridge.punch.Devices;
import io.punchbridge.reconciliation.Reconciliation;
import io.punchbridge.watch.DeviceWatch;
import io.punchbridge.watch.Warning;
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
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** How things stand, in one look. */
@Path(SummaryResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Guarded
@Tag(name = "punches")
public class SummaryResource {
    static final String PATH = EntryEdge.API + "v1/summary";

    private final Inbox inbox;
    private final Delivery delivery;
    private final DeviceWatch watch;
    private final Reconciliation reconciliation;
    private final Devices devices;
    private final ThisReplica replica;
    private final AlertBook alerts;
    private final Clock clock;

    public SummaryResource(
            Inbox inbox,
            Delivery delivery,
            DeviceWatch watch,
            Reconciliation reconciliation,
            Devices devices,
            ThisReplica replica,
            AlertBook alerts,
            Clock clock) {
        this.inbox = inbox;
        this.delivery = delivery;
        this.watch = watch;
        this.reconciliation = reconciliation;
        this.devices = devices;
        this.replica = replica;
        this.alerts = alerts;
        this.clock = clock;
    }

    /**
     * @param replica name of the host that answers, in a container its own name
     * @param punches how many stand in each state
     * @param warnings of which devices what warnings stand
     * @param runs which runs of reconciliation are under way or wait for their turn, one a device at most; those that
     *     began first come first
     * @param alerts which alerts stand, and whether anybody was told
     * @param oldestPending when the oldest punch that waits for delivery came, in UTC; null if none waits
     */
    @RegisterForReflection
    public record SummaryAnswer(
            String replica,
            Map<String, Long> punches,
            @Nullable String oldestPending,
            long backlogAgeSeconds,
            DeliveryAnswer delivery,
            List<WarningsAnswer> warnings,
            List<RunningAnswer> runs,
            AlertsAnswer alerts) {}

    /** @param warnings of clock-drift, licence-ends and silent */
    @RegisterForReflection
    public record WarningsAnswer(String device, List<String> warnings) {}

    /** @param share of the range that is loaded, 0 to 1 */
    @RegisterForReflection
    public record RunningAnswer(String id, String device, double share) {}

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
    @Operation(operationId = "getSummary", summary = "How things stand, in one look")
    public SummaryAnswer summary() {
        Map<String, Long> punches = new LinkedHashMap<>();
        inbox.counts().forEach((state, number) -> punches.put(FilterReader.word(state), number));
        Instant oldest = inbox.oldestPending().orElse(null);
        DeliveryStatus status = delivery.status();
        Paused paused = status.paused();
        return new SummaryAnswer(
                replica.name(),
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
                        paused == null ? null : PausedAnswer.of(paused)),
                warnings(),
                running(),
                AlertsAnswer.of(alerts.look()));
    }

    private List<WarningsAnswer> warnings() {
        return watch.states().stream()
                .filter(state -> !state.warnings().isEmpty())
                .map(state -> new WarningsAnswer(
                        state.device().name(),
                        state.warnings().stream().map(Warning::label).sorted().toList()))
                .toList();
    }

    private List<RunningAnswer> running() {
        return reconciliation.underWay().stream()
                .map(run -> new RunningAnswer(run.id(), devices.nameOf(run.device()), run.share()))
                .toList();
    }

    @ServerExceptionMapper
    public Response unplanned(RuntimeException failure) {
        return ProblemAnswers.unplanned(failure);
    }
}
