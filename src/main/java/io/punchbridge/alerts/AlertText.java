package io.punchbridge.alerts;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.punchbridge.inbox.Alerts.Alert;
import io.punchbridge.inbox.Alerts.Message;
import io.punchbridge.inbox.Alerts.Standing;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Makes messages: a body by the standard-webhooks scheme, with a plain {@code text} for receivers that show one. */
final class AlertText {
    /** What is told of an alert. */
    enum Kind {
        RAISED("alert.raised"),
        REPEATED("alert.repeated"),
        OVER("alert.over");

        private final String type;

        Kind(String type) {
            this.type = type;
        }
    }

    private final String installation;

    AlertText(String installation) {
        this.installation = installation;
    }

    Message message(Kind kind, AlertRule rule, Standing standing, Instant now) {
        Alert alert = standing.alert();
        Instant at = now.truncatedTo(ChronoUnit.SECONDS);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("type", kind.type);
        body.put("timestamp", at.toString());
        body.put("text", text(kind, rule, standing, now));
        ObjectNode data = body.putObject("data");
        data.put("installation", installation);
        data.put("alert", rule.name());
        data.put("severity", rule.severity().label());
        if (!rule.label().isEmpty()) {
            data.put(rule.label(), alert.subject());
        }
        data.put("summary", standing.summary());
        data.put("description", rule.description());
        data.put("runbook", rule.runbook());
        data.put("since", standing.since().truncatedTo(ChronoUnit.SECONDS).toString());
        if (kind == Kind.OVER) {
            data.put("over", at.toString());
        }
        String id = "msg_" + UUID.randomUUID().toString().replace("-", "");
        return new Message(id, alert, now, now, body.toString());
    }

    private String text(Kind kind, AlertRule rule, Standing standing, Instant now) {
        String stood = AlertRule.inWords(Duration.between(standing.since(), now));
        String severity = rule.severity().name();
        return switch (kind) {
            case RAISED ->
                "[%s] %s %s: %s %s Runbook: %s"
                        .formatted(
                                installation,
                                severity,
                                rule.name(),
                                standing.summary(),
                                rule.description(),
                                rule.runbook());
            case REPEATED ->
                "[%s] %s %s, still, for %s: %s Runbook: %s"
                        .formatted(installation, severity, rule.name(), stood, standing.summary(), rule.runbook());
            case OVER ->
                "[%s] OVER %s, after %s. It was: %s".formatted(installation, rule.name(), stood, standing.summary());
        };
    }
}
