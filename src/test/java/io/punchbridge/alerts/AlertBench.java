package io.punchbridge.alerts;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.punchbridge.inbox.Alerts;
import io.punchbridge.inbox.ClusterLock;
import io.punchbridge.inbox.StorageException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** One process with its own metrics, as far as alerts see it. */
final class AlertBench {
    static final Duration REPEAT = Duration.ofHours(12);
    static final Duration PATIENCE = Duration.ofSeconds(20);

    final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    final AlertRound round;
    private final Map<String, Double> values = new ConcurrentHashMap<>();
    private volatile boolean storageFails;

    AlertBench(LocalReceiver receiver, Alerts alerts, ClusterLock clusterLock, Clock clock) {
        this(receiver, alerts, clusterLock, clock, PATIENCE);
    }

    AlertBench(LocalReceiver receiver, Alerts alerts, ClusterLock clusterLock, Clock clock, Duration answerTimeout) {
        AlertSettings settings = new AlertSettings(Optional.of(receiver.settings()), REPEAT, "Nairobi");
        AlertWatch watch = new AlertWatch(metrics, "127.0.0.1");
        AlertSender sender = new AlertSender(new Receiver(receiver.settings(), answerTimeout, clock), watch, clock);
        this.round = new AlertRound(settings, alerts, clusterLock, this::probe, metrics, sender, watch, clock);
        for (String condition : new String[] {"proven", "unproven", "away", "set_up_wrong"}) {
            gauge("punchbridge.frappe.condition", "condition", condition);
        }
        gauge("punchbridge.device.warnings", "device", "gate", "warning", "silent");
        gauge("punchbridge.backlog.age");
        gauge("punchbridge.delivery.paused");
        gauge("punchbridge.watermark.held", "shift", "Night");
        frappe("proven");
    }

    private void probe() {
        if (storageFails) {
            throw new StorageException("The disk is full. Free some space.");
        }
    }

    void storageFails(boolean fails) {
        storageFails = fails;
    }

    private void gauge(String name, String... tags) {
        Gauge.builder(name, () -> values.getOrDefault(name + String.join(" ", tags), 0.0))
                .tags(tags)
                .register(metrics);
    }

    void frappe(String condition) {
        values.keySet().removeIf(key -> key.startsWith("punchbridge.frappe.condition"));
        values.put("punchbridge.frappe.conditioncondition " + condition, 1.0);
    }

    void gateIsSilent(boolean silent) {
        values.put("punchbridge.device.warningsdevice gate warning silent", silent ? 1.0 : 0.0);
    }

    void backlogAge(Duration age) {
        values.put("punchbridge.backlog.age", (double) age.toSeconds());
    }

    void deliveryIsPaused(boolean paused) {
        values.put("punchbridge.delivery.paused", paused ? 1.0 : 0.0);
    }

    void nightIsHeld(boolean held) {
        values.put("punchbridge.watermark.heldshift Night", held ? 1.0 : 0.0);
    }

    double messages(String outcome) {
        return metrics.get("punchbridge.alert.messages")
                .tag("outcome", outcome)
                .counter()
                .count();
    }
}
