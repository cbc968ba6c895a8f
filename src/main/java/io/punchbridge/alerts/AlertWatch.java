package io.punchbridge.alerts;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.punchbridge.inbox.Alerts.Alert;
import io.punchbridge.inbox.Alerts.Message;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jboss.logging.Logger;

/** What is told of telling: a counter, and log lines. None holds the receiver's address, which may be a secret. */
final class AlertWatch {
    private static final Logger LOG = Logger.getLogger(AlertWatch.class);

    /** What became of a try to bring a message to its receiver. */
    private enum Outcome {
        DELIVERED,
        RETRIED,
        REFUSED,
        GIVEN_UP
    }

    private final MeterRegistry metrics;
    private final String host;
    private final Set<String> surprised = new HashSet<>();
    private boolean away;
    private boolean blind;

    /** @param host of the receiver */
    AlertWatch(MeterRegistry metrics, String host) {
        this.metrics = metrics;
        this.host = host;
        for (Outcome outcome : Outcome.values()) {
            counter(outcome);
        }
    }

    synchronized void taken(Message message) {
        counter(Outcome.DELIVERED).increment();
        LOG.infof("The alert %s was told to %s.", message.alert().rule(), host);
        if (away) {
            away = false;
            LOG.infof("%s takes alerts again.", host);
        }
    }

    synchronized void later(Receiver.Answer answer, Duration wait) {
        counter(Outcome.RETRIED).increment();
        if (!away) {
            away = true;
            LOG.warnf(
                    "Alerts can't be told to %s at the moment: %s They wait, for a day at most; it is tried again in %d s,"
                            + " and then less and less often.",
                    host, answer.words(), wait.toSeconds());
        }
    }

    void refused(Message message, Receiver.Answer answer) {
        counter(Outcome.REFUSED).increment();
        LOG.warnf(
                "The alert %s was refused by %s, so nobody hears of it: %s It is tried again in an hour, and given up after"
                        + " a day.",
                message.alert().rule(), host, answer.words());
    }

    void gone(Receiver.Answer answer) {
        counter(Outcome.REFUSED).increment();
        LOG.errorf("No alerts are told any more: %s %s %s", host, answer.words(), Reception.GONE_FOR_GOOD);
    }

    /** @param alerts of each message that was given up; a line for each alert, however many they were */
    void givenUp(List<Alert> alerts) {
        counter(Outcome.GIVEN_UP).increment(alerts.size());
        for (Alert alert : new LinkedHashSet<>(alerts)) {
            LOG.warnf(
                    "The alert %s could not be told to %s for a day, or too many wait, and is given up. If it still stands, it"
                            + " is told again when punchbridge.alerts.repeat is over.",
                    alert.rule(), host);
        }
    }

    /** Once a rule: its place is a bug. */
    void surprised(AlertRule rule, RuntimeException surprise) {
        if (surprised.add(rule.name())) {
            LOG.errorf(surprise, "The alert rule %s can't be judged. This is a bug; report it.", rule.name());
        }
    }

    void storageFails(RuntimeException failure) {
        LOG.debugf("What was told of alerts is kept in memory for now: %s", failure.getMessage());
    }

    /** Once, until metrics are seen. */
    void blind(boolean nothingIsMeasured) {
        if (nothingIsMeasured && !blind) {
            LOG.warn(
                    "Metrics are switched off (quarkus.micrometer.*), and alerts are made of them: but for a storage that"
                            + " fails, none is told. Switch them on, or remove punchbridge.alerts.url.");
        }
        blind = nothingIsMeasured;
    }

    private Counter counter(Outcome outcome) {
        return Counter.builder("punchbridge.alert.messages")
                .description("Tries to bring an alert's message to its receiver, by how they ended")
                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .register(metrics);
    }
}
