package io.punchbridge.delivery;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.punchbridge.frappe.FrappeFailure;
import io.punchbridge.inbox.NearCheckin;
import io.punchbridge.inbox.Settlement;
import io.punchbridge.inbox.WaitingPunch;
import io.punchbridge.punch.Devices;
import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.PunchState;
import io.punchbridge.punch.PunchTrail;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What is told of delivery: counters, and log lines for a person. Names no employee and no device user. */
@ApplicationScoped
public class DeliveryWatch {
    private static final Logger LOG = Logger.getLogger(DeliveryWatch.class);

    private static final int FEW = 3;
    private static final String FAILED_ROUND = "failed_round";
    private static final String STORAGE_FAILED = "storage_failed";

    private final Devices devices;
    private final MeterRegistry metrics;
    private final Timer callbackToCheckin;
    private final Clock clock;
    private volatile @Nullable Instant lastDeliveryAt;

    public DeliveryWatch(Devices devices, MeterRegistry metrics, Clock clock) {
        this.devices = devices;
        this.metrics = metrics;
        this.clock = clock;
        this.callbackToCheckin = Timer.builder("punchbridge.callback.to.checkin")
                .description("Time from the arrival of a punch until its check-in stood in Frappe")
                .serviceLevelObjectives(
                        Duration.ofMillis(100),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(5),
                        Duration.ofHours(1))
                .register(metrics);
        for (PunchState state : PunchState.values()) {
            counter(outcome(state));
        }
        // From the start, so that the first count is a rise that an alert sees.
        counter(FAILED_ROUND);
        counter(STORAGE_FAILED);
        devices.all().forEach(device -> foundNear(device.name()));
    }

    /** When a punch was last delivered by this process, or null. */
    public @Nullable Instant lastDeliveryAt() {
        return lastDeliveryAt;
    }

    void settled(Collection<Settlement> settlements, Collection<WaitingPunch> claimed) {
        Instant now = clock.instant();
        Map<PunchKey, WaitingPunch> byKey = claimed.stream()
                .collect(Collectors.toMap(waiting -> waiting.punch().key(), Function.identity()));
        for (Settlement settlement : settlements) {
            WaitingPunch waiting = Objects.requireNonNull(byKey.get(settlement.key()));
            counter(outcome(settlement.state())).increment();
            if (settlement.state() == PunchState.DELIVERED) {
                lastDeliveryAt = now;
                callbackToCheckin.record(positive(Duration.between(waiting.receivedAt(), now)));
            }
            PunchTrail.mark(settlement.key(), () -> tell(settlement, waiting));
        }
        tellFoundNear(settlements, byKey);
        tellDelivered(
                settlements.stream()
                        .filter(settlement -> settlement.state() == PunchState.DELIVERED)
                        .toList(),
                byKey);
    }

    private void tell(Settlement settlement, WaitingPunch waiting) {
        String device = devices.nameOf(waiting.punch().device());
        switch (settlement.state()) {
            case DELIVERED -> {
                // told below: a sentence each while they are few
            }
            case REJECTED ->
                LOG.warnf(
                        "Punch %s from %s was refused by Frappe, and is kept as rejected together with Frappe's words,"
                                + " which may name a person and so aren't logged. Correct the cause and replay it.",
                        settlement.key(), device);
            case PENDING -> LOG.debugf("Punch %s from %s: waits for another try.", settlement.key(), device);
            case QUARANTINED, HELD, IGNORED ->
                LOG.infof(
                        "Punch %s from %s is kept, and not delivered (%s): %s",
                        settlement.key(),
                        device,
                        settlement.state().name().toLowerCase(Locale.ROOT),
                        settlement.reason());
        }
    }

    /** One line a batch; which they are is kept with each punch. */
    private void tellFoundNear(Collection<Settlement> settlements, Map<PunchKey, WaitingPunch> byKey) {
        int count = 0;
        int otherLogType = 0;
        long farthest = 0;
        for (Settlement settlement : settlements) {
            NearCheckin near = settlement.near();
            if (near != null) {
                WaitingPunch waiting = Objects.requireNonNull(byKey.get(settlement.key()));
                foundNear(devices.nameOf(waiting.punch().device())).increment();
                count++;
                otherLogType += near.hasOtherLogType() ? 1 : 0;
                farthest = Math.max(farthest, Math.abs(near.secondsLater()));
            }
        }
        if (count > 0) {
            LOG.infof(
                    "%d punches of history count as delivered and were not sent, since a check-in that another program made"
                            + " stands near each (punchbridge.delivery.near): at most %d s apart, %d of them with another log"
                            + " type. Each punch says which check-in it is.",
                    count, farthest, otherLogType);
        }
    }

    /** A sentence a punch while they come singly, a summary where a sentence each would flood the log. */
    private void tellDelivered(List<Settlement> delivered, Map<PunchKey, WaitingPunch> byKey) {
        boolean few = delivered.size() <= FEW;
        Duration longest = Duration.ZERO;
        for (Settlement settlement : delivered) {
            WaitingPunch waiting = Objects.requireNonNull(byKey.get(settlement.key()));
            Duration waited = positive(Duration.between(waiting.receivedAt(), clock.instant()));
            longest = waited.compareTo(longest) > 0 ? waited : longest;
            PunchTrail.mark(
                    settlement.key(),
                    () -> LOG.logf(
                            few ? Logger.Level.INFO : Logger.Level.DEBUG,
                            "Punch %s from %s stands in Frappe as Employee Checkin %s, %d ms after it came.",
                            settlement.key(),
                            devices.nameOf(waiting.punch().device()),
                            settlement.checkin(),
                            waited.toMillis()));
        }
        if (!few) {
            LOG.infof(
                    "%d punches stand in Frappe as Employee Checkins; the longest had waited %d ms.",
                    delivered.size(), longest.toMillis());
        }
    }

    void directoryNotRefreshed(FrappeFailure failure) {
        LOG.warnf(
                "The list of employees could not be read anew, so punches of unknown device ids are held until it can be: %s",
                failure.words());
    }

    void outOfTime(int next) {
        LOG.warnf(
                "Frappe took so long that not all of a batch could be sent while its claim lasts; what is left of it goes in smaller"
                        + " ones, the next of %d.",
                next);
    }

    void released(PunchState state, int count) {
        LOG.infof(
                "%d %s punches can be delivered now, and are released.",
                count, state.name().toLowerCase(Locale.ROOT));
    }

    void gateChanged(Gate.State before, Gate.State after) {
        boolean sameTrouble =
                before.condition() == after.condition() && Objects.equals(before.reason(), after.reason());
        if (sameTrouble) {
            return;
        }
        switch (after.condition()) {
            case AWAY ->
                LOG.warnf(
                        "Frappe can't take punches at the moment; they wait here, and it is tried again in %d s: %s",
                        after.closedFor().toSeconds(), after.reason());
            case SET_UP_WRONG ->
                LOG.errorf(
                        "Delivery is paused, and punches wait here, until someone acts: %s It is tried again in %d s.",
                        after.reason(), after.closedFor().toSeconds());
            case PROVEN -> {
                if (before.condition() != Gate.Condition.PROVEN) {
                    LOG.info("Frappe's echo of a check-in was right; delivery goes at full speed.");
                }
            }
            case UNPROVEN -> LOG.debug("The next punch goes to Frappe alone, to see whether its echo is right.");
        }
    }

    /** Who paused it and why is recorded, and isn't logged. */
    void stillPaused(Instant since) {
        LOG.warnf(
                "Delivery has been paused by a person since %s: punches are stored and acknowledged, and none goes to Frappe"
                        + " until somebody resumes it (POST /api/v1/delivery/resume). GET /api/v1/summary says who paused it,"
                        + " and why.",
                since);
    }

    void roundFailed(Throwable surprise) {
        counter(FAILED_ROUND).increment();
        LOG.error(
                "A round of delivery ended unexpectedly; its punches wait and are looked up before they go again.",
                surprise);
    }

    void storageFailed(String message) {
        counter(STORAGE_FAILED).increment();
        LOG.warnf("Delivery waits for the storage: %s", message);
    }

    private Counter counter(String outcome) {
        return Counter.builder("punchbridge.deliveries")
                .description("Punches that a round of delivery ended for, by what became of them")
                .tag("outcome", outcome)
                .register(metrics);
    }

    private Counter foundNear(String device) {
        return Counter.builder("punchbridge.found.near")
                .description("Punches of history that were not sent, since another program's check-in stood near")
                .tag("device", device)
                .register(metrics);
    }

    private static String outcome(PunchState state) {
        return state == PunchState.PENDING ? "retry" : state.name().toLowerCase(Locale.ROOT);
    }

    private static Duration positive(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }
}
