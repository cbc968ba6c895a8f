package io.punchbridge.alerts;

import io.punchbridge.alerts.AlertRule.Condition;
import io.punchbridge.alerts.AlertRule.Found;
import io.punchbridge.alerts.Readings.Which;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoublePredicate;

/**
 * The rules of {@code deployment/observability/alerts.yaml}, but for two: a service that isn't there tells nobody, and how
 * slow the slowest of a hundred answers is takes a history that isn't kept here.
 */
final class AlertRules {
    static final String STORAGE_FAILING = "PunchbridgeStorageFailing";

    private static final String CALLBACKS = "punchbridge.callbacks";
    private static final String DELIVERIES = "punchbridge.deliveries";
    private static final String CONDITION = "punchbridge.frappe.condition";
    private static final String BACKLOG_AGE = "punchbridge.backlog.age";
    private static final String LATE_PUNCHES = "punchbridge.late.punches";
    private static final Duration QUARTER = Duration.ofMinutes(15);

    private AlertRules() {}

    static List<AlertRule> all() {
        return List.of(
                new AlertRule(
                        STORAGE_FAILING,
                        Severity.CRITICAL,
                        Duration.ZERO,
                        "",
                        false,
                        AlertRules::storageFailing,
                        "Punches can't be stored.",
                        "Punchbridge couldn't write to its storage within the last five minutes. Callbacks are answered 503, so the gateway keeps its punches and the devices' queues grow."),
                new AlertRule(
                        "PunchbridgeFrappeSetUpWrong",
                        Severity.CRITICAL,
                        Duration.ofMinutes(2),
                        "",
                        false,
                        frappeIs("set_up_wrong"),
                        "Delivery is paused until someone corrects Frappe's set-up.",
                        "Frappe refuses Punchbridge, or keeps something else than it was sent. Punches are stored and wait. The log and /q/health/ready say what is wrong."),
                new AlertRule(
                        "PunchbridgeFrappeAway",
                        Severity.WARNING,
                        QUARTER,
                        "",
                        false,
                        unlessPaused(frappeIs("away")),
                        "Frappe has not been reached for 15 minutes.",
                        "Punches are stored and wait; they are delivered when Frappe is back."),
                new AlertRule(
                        "PunchbridgeDeliveryPaused",
                        Severity.WARNING,
                        Duration.ofHours(4),
                        "",
                        false,
                        AlertRules::deliveryPaused,
                        "Delivery has been paused by a person for four hours. The oldest punch has waited {duration}.",
                        "Punches are stored and wait until somebody resumes it. As long as it is paused, no alert tells that they wait, or that Frappe is away. The summary of the API says who paused it, and why."),
                new AlertRule(
                        "PunchbridgeBacklogOld",
                        Severity.WARNING,
                        Duration.ofMinutes(5),
                        "",
                        true,
                        unlessPaused(gauge(BACKLOG_AGE, "", Which.ALL, age -> age > 900)),
                        "A punch has waited {duration} for its delivery.",
                        "Punches come faster than they reach Frappe, or none reaches it."),
                new AlertRule(
                        "PunchbridgeDeliveryRoundFails",
                        Severity.CRITICAL,
                        Duration.ZERO,
                        "",
                        false,
                        rise(DELIVERIES, "", Which.having("outcome", "failed_round"), QUARTER, rise -> rise > 0),
                        "A round of delivery ended by an error that nobody planned.",
                        "This is a bug. The punches of the round are kept, and are looked up before they are sent again."),
                new AlertRule(
                        "PunchbridgeCallbacksRefused",
                        Severity.WARNING,
                        Duration.ZERO,
                        "",
                        false,
                        rise(
                                CALLBACKS,
                                "",
                                Which.having("outcome", "refused", "undecryptable"),
                                QUARTER,
                                rise -> rise > 5),
                        "{count} callbacks were refused within 15 minutes.",
                        "They bear a wrong auth token or are encrypted by an unknown key. If it is your gateway that sends them, that device's queue stands still behind them."),
                ofDevice(
                        "PunchbridgeDeviceSilent",
                        "silent",
                        "The device {subject} has not called back for too long.",
                        "It is off, offline, its callback URL or token is wrong, or its queue at the gateway is stuck."),
                ofDevice(
                        "PunchbridgeDeviceClockOff",
                        "clock-drift",
                        "The clock of the device {subject} is off.",
                        "Its punches carry a wrong time. They are delivered with it, or quarantined."),
                ofDevice(
                        "PunchbridgeDeviceLicenceEnds",
                        "licence-ends",
                        "The licence of the device {subject} ends soon, or has ended.",
                        "After its end the gateway hands over no punches of it."),
                new AlertRule(
                        "PunchbridgeReconciliationFailing",
                        Severity.WARNING,
                        Duration.ofMinutes(30),
                        "device",
                        true,
                        gauge("punchbridge.device.unverified", "device", Which.ALL, lag -> lag > 6 * 3600),
                        "The log of the device {subject} was not loaded whole for {duration}.",
                        "Nobody knows whether punches are missing since. The watermark of its shift types doesn't move."),
                new AlertRule(
                        "PunchbridgeCallbacksLost",
                        Severity.INFO,
                        Duration.ZERO,
                        "device",
                        false,
                        rise(
                                "punchbridge.reconciliation.missing",
                                "device",
                                Which.ALL,
                                Duration.ofDays(1),
                                rise -> rise > 20),
                        "Callbacks of the device {subject} lost {count} punches within a day.",
                        "They were found in the device's own log and are delivered. Punches should come by callback."),
                new AlertRule(
                        "PunchbridgeWatermarkStuck",
                        Severity.WARNING,
                        Duration.ofMinutes(30),
                        "shift",
                        true,
                        gauge("punchbridge.watermark.lag", "shift", Which.ALL, lag -> lag > 36 * 3600),
                        "Auto attendance of the shift type {subject} is behind by {duration}.",
                        "Its last_sync_of_checkin doesn't move, so HRMS makes no attendance of the shifts since."),
                new AlertRule(
                        "PunchbridgeWatermarkHeld",
                        Severity.WARNING,
                        Duration.ofHours(36),
                        "shift",
                        true,
                        gauge("punchbridge.watermark.held", "shift", Which.ALL, held -> held == 1),
                        "Something holds auto attendance of the shift type {subject} back for a day and a half.",
                        "A shift that has ended waits for a device, a punch, a setting or a person, and HRMS makes no attendance of it."),
                new AlertRule(
                        "PunchbridgeLatePunchesWaiting",
                        Severity.WARNING,
                        Duration.ofHours(1),
                        "",
                        true,
                        AlertRules::latePunchesWaiting,
                        "{count} attendances were made without punches that came later.",
                        "These people may stand as absent or half a day though they were there."),
                new AlertRule(
                        "PunchbridgeRepairStuck",
                        Severity.CRITICAL,
                        QUARTER,
                        "",
                        true,
                        gauge("punchbridge.late.punches.stuck", "", Which.ALL, stuck -> stuck > 0),
                        "{count} repairs of attendance don't come to their end.",
                        "After several tries the attendance may be cancelled and not made anew. These people may have none for that day."),
                new AlertRule(
                        "PunchbridgePunchesNeedSomebody",
                        Severity.INFO,
                        Duration.ofHours(12),
                        "state",
                        true,
                        gauge(
                                "punchbridge.punches",
                                "state",
                                Which.having("state", "held", "rejected", "quarantined"),
                                punches -> punches > 0),
                        "{count} punches are {subject}.",
                        "They are stored and don't reach Frappe before somebody has seen to their cause."),
                new AlertRule(
                        "PunchbridgeRosterCommandsGivenUp",
                        Severity.WARNING,
                        Duration.ofHours(1),
                        "",
                        true,
                        gauge(
                                "punchbridge.roster.commands",
                                "",
                                Which.having("state", "given_up"),
                                commands -> commands > 0),
                        "{count} changes of devices' users were given up.",
                        "The device or the gateway refused them, so an employee may be missing on a device, or a leaver still be there."));
    }

    private static AlertRule ofDevice(String name, String warning, String summary, String description) {
        return new AlertRule(
                name,
                Severity.WARNING,
                Duration.ZERO,
                "device",
                true,
                gauge("punchbridge.device.warnings", "device", Which.having("warning", warning), stands -> stands == 1),
                summary,
                description);
    }

    private static Condition gauge(String metric, String label, Which which, DoublePredicate holds) {
        return readings -> found(readings.gauges(metric, label, which), holds);
    }

    private static Condition rise(String metric, String label, Which which, Duration window, DoublePredicate holds) {
        return readings -> found(readings.increase(metric, label, which, window), holds);
    }

    /** What isn't a number isn't known. */
    private static Found found(Map<String, Double> values, DoublePredicate holds) {
        Map<String, Double> standing = new HashMap<>();
        Set<String> unknown = new HashSet<>();
        values.forEach((subject, value) -> {
            if (Double.isNaN(value)) {
                unknown.add(subject);
            } else if (holds.test(value)) {
                standing.put(subject, value);
            }
        });
        return new Found(standing, unknown, true);
    }

    /** Beside what callbacks and delivery met, a write of our own: on a quiet night nobody else may try. */
    private static Found storageFailing(Readings readings) {
        Duration window = Duration.ofMinutes(5);
        double failures = sum(readings.increase(CALLBACKS, "", Which.having("outcome", "not_stored"), window))
                + sum(readings.increase(DELIVERIES, "", Which.having("outcome", "storage_failed"), window))
                + (readings.storageFails() ? 1 : 0);
        return found(Map.of("", failures), count -> count > 0);
    }

    /** As long as nothing was sent since a start, nobody knows how Frappe stands. */
    private static Condition frappeIs(String condition) {
        return readings -> sum(readings.gauges(CONDITION, "", Which.having("condition", "unproven"))) == 1
                ? Found.NOTHING_IS_KNOWN
                : found(readings.gauges(CONDITION, "", Which.having("condition", condition)), is -> is == 1);
    }

    private static boolean isPaused(Readings readings) {
        return readings.gauges("punchbridge.delivery.paused", "", Which.ALL).containsValue(1.0);
    }

    /** With how long punches wait, as nothing else tells that meanwhile. */
    private static Found deliveryPaused(Readings readings) {
        if (!isPaused(readings)) {
            return found(Map.of(), paused -> false);
        }
        double age = readings.gauges(BACKLOG_AGE, "", Which.ALL).getOrDefault("", 0.0);
        return new Found(Map.of("", Double.isNaN(age) ? 0 : age), Set.of(), true);
    }

    /**
     * What a pause brings about by itself isn't told beside it: a person knows, and is reminded by the alert of the pause.
     * Whether anything else is wrong nobody can tell then, so nothing is over either.
     */
    private static Condition unlessPaused(Condition condition) {
        return readings -> isPaused(readings) ? Found.NOTHING_IS_KNOWN : condition.look(readings);
    }

    private static Found latePunchesWaiting(Readings readings) {
        double waiting = sum(
                readings.gauges(LATE_PUNCHES, "state", Which.having("state", "found", "would_repair", "repairing")));
        return found(Map.of("", waiting), count -> count > 0);
    }

    private static double sum(Map<String, Double> values) {
        return values.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
