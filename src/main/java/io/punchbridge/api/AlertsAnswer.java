package io.punchbridge.api;

import io.punchbridge.alerts.AlertBook;
import io.punchbridge.alerts.Reception;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong, as the webhook tells it.
 *
 * @param receiver null where alerts are off
 * @param alerts those that stand, the worst first, then the oldest; none where alerts are off
 * @param note how to turn alerts on; null while they are
 */
@RegisterForReflection
public record AlertsAnswer(
        @Nullable ReceiverAnswer receiver,
        List<AlertAnswer> alerts,
        @Nullable String note) {

    private static final String OFF = "Alerts are off, so nobody is told by webhook when something is wrong. Set"
            + " punchbridge.alerts.url and punchbridge.alerts.secret, and restart.";

    /**
     * Who is told, as far as the replica that answers has seen.
     *
     * @param host no more of its address, which may be a secret
     * @param state untried, takes, away, refuses or gone, by its last answer
     * @param words what it said and what to do
     * @param triedAt in UTC; null while nothing was sent since this process started
     * @param takenAt when it last took a message, in UTC; null if it hasn't since this process started
     * @param waiting of how many alerts a message waits for it
     */
    @RegisterForReflection
    public record ReceiverAnswer(
            String host,
            String state,
            String words,
            @Nullable String triedAt,
            @Nullable String takenAt,
            int waiting) {}

    /**
     * An alert that stands.
     *
     * @param about what the subject is: device, shift or state; null where it is about the service itself
     * @param subject the name of that device, Shift Type or state
     * @param since in UTC
     * @param seenAt when a replica last saw it
     * @param toldAt when its last message was made; null while it hasn't stood for long enough
     * @param told not-yet, waiting, told or given-up: how far its last message came
     * @param summary what is wrong, with the figures of the last look
     * @param description what that means
     * @param runbook where the handbook says what to do
     */
    @RegisterForReflection
    public record AlertAnswer(
            String alert,
            String severity,
            @Nullable String about,
            @Nullable String subject,
            String since,
            String seenAt,
            @Nullable String toldAt,
            String told,
            String summary,
            String description,
            String runbook) {

        static AlertAnswer of(AlertBook.Open open) {
            boolean ofTheService = open.label().isEmpty();
            return new AlertAnswer(
                    open.rule(),
                    FilterReader.word(open.severity()),
                    ofTheService ? null : open.label(),
                    ofTheService ? null : open.subject(),
                    open.since().toString(),
                    open.seenAt().toString(),
                    PunchAnswer.text(open.toldAt()),
                    FilterReader.word(open.told()),
                    open.summary(),
                    open.description(),
                    open.runbook());
        }
    }

    static AlertsAnswer of(Optional<AlertBook.Page> looked) {
        return looked.map(AlertsAnswer::of).orElseGet(() -> new AlertsAnswer(null, List.of(), OFF));
    }

    private static AlertsAnswer of(AlertBook.Page page) {
        Reception reception = page.reception();
        return new AlertsAnswer(
                new ReceiverAnswer(
                        page.host(),
                        FilterReader.word(reception.state()),
                        reception.words(),
                        PunchAnswer.text(reception.at()),
                        PunchAnswer.text(reception.lastTaken()),
                        page.waiting()),
                page.open().stream().map(AlertAnswer::of).toList(),
                null);
    }
}
