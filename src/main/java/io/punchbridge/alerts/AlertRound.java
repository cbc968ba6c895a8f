package io.punchbridge.alerts;

import io.micrometer.core.instrument.MeterRegistry;
import io.punchbridge.alerts.AlertRule.Found;
import io.punchbridge.inbox.Alerts;
import io.punchbridge.inbox.Alerts.Alert;
import io.punchbridge.inbox.Alerts.Change;
import io.punchbridge.inbox.Alerts.Standing;
import io.punchbridge.inbox.ClusterLock;
import io.punchbridge.inbox.StorageException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks at every rule, and sends what is to be told. Where the storage fails, that alone is told, from memory and by each
 * replica; what it knew goes into the storage when it is back. Needs no container.
 */
final class AlertRound {
    private static final String JUDGING = "alerts";
    private static final Duration JUDGING_AT_MOST = Duration.ofMinutes(1);
    private static final String SENDING = "alerts-sending";
    private static final AlertRule STORAGE = AlertRules.all().stream()
            .filter(rule -> rule.name().equals(AlertRules.STORAGE_FAILING))
            .findFirst()
            .orElseThrow();

    private static final Alert STORAGE_ALERT = new Alert(AlertRules.STORAGE_FAILING, "");

    private final Alerts store;
    private final MemoryAlerts memory = new MemoryAlerts();
    private final ClusterLock clusterLock;
    private final Runnable probe;
    private final MeterRegistry metrics;
    private final Readings readings;
    private final AlertDesk desk;
    private final AlertSender sender;
    private final AlertWatch watch;
    private final Clock clock;
    private List<Standing> lastKnown = List.of();
    private boolean failedBefore;

    /** @param probe a write to the storage that leaves nothing behind, or a {@link StorageException} */
    AlertRound(
            AlertSettings settings,
            Alerts store,
            ClusterLock clusterLock,
            Runnable probe,
            MeterRegistry metrics,
            AlertSender sender,
            AlertWatch watch,
            Clock clock) {
        this.store = store;
        this.clusterLock = clusterLock;
        this.probe = probe;
        this.metrics = metrics;
        this.readings = new Readings(metrics, clock.instant());
        this.desk = new AlertDesk(settings, clock.instant());
        this.sender = sender;
        this.watch = watch;
        this.clock = clock;
    }

    synchronized void look() {
        Instant now = clock.instant();
        boolean writes = canWrite();
        readings.at(now, !writes);
        Map<AlertRule, Found> found = lookAtAll();
        try {
            lastKnown = store.standing();
            clusterLock.runExclusively(JUDGING, JUDGING_AT_MOST, () -> {
                handOver();
                desk.judge(store, found, now);
            });
            failedBefore = false;
        } catch (StorageException failed) {
            watch.storageFails(failed);
            // What fails once beside a write that went through may be a moment's: callbacks were stored meanwhile.
            if (!writes || failedBefore) {
                judgeInMemory(now);
            }
            failedBefore = true;
        }
    }

    private boolean canWrite() {
        try {
            probe.run();
            return true;
        } catch (StorageException refused) {
            return false;
        }
    }

    /** One rule that can't be judged stops none of the others. */
    private Map<AlertRule, Found> lookAtAll() {
        watch.blind(metrics.find("punchbridge.frappe.condition").gauges().stream()
                .noneMatch(condition -> condition.value() == 1));
        Map<AlertRule, Found> found = new LinkedHashMap<>();
        for (AlertRule rule : AlertRules.all()) {
            try {
                found.put(rule, rule.condition().look(readings));
            } catch (RuntimeException surprise) {
                watch.surprised(rule, surprise);
            }
        }
        return found;
    }

    /** What was told from memory counts as told. */
    private void handOver() {
        List<Standing> told = memory.standing();
        if (!told.isEmpty()) {
            store.keep(new Change(told, Set.of(), List.of()));
            memory.keep(new Change(List.of(), Set.of(STORAGE_ALERT), List.of()));
        }
    }

    private void judgeInMemory(Instant now) {
        if (memory.standing().isEmpty()) {
            List<Standing> before = lastKnown.stream()
                    .filter(standing -> standing.alert().equals(STORAGE_ALERT))
                    .toList();
            memory.keep(new Change(before, Set.of(), List.of()));
        }
        desk.judge(memory, Map.of(STORAGE, new Found(Map.of("", 1.0), Set.of(), true)), now);
    }

    Reception reception() {
        return sender.reception();
    }

    void send() {
        sender.send(memory);
        try {
            if (!store.due(clock.instant()).isEmpty()) {
                clusterLock.runExclusively(
                        SENDING, AlertSender.atMost(Receiver.ANSWER_TIMEOUT), () -> sender.send(store));
            }
        } catch (StorageException failed) {
            watch.storageFails(failed);
        }
    }
}
