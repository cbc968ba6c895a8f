package io.punchbridge.alerts;

import io.punchbridge.inbox.Alerts;
import io.punchbridge.inbox.Alerts.Alert;
import io.punchbridge.inbox.Alerts.Standing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is wrong, since when, and whether it was told: for who looks, beside those who are told. Changes nothing. */
@ApplicationScoped
public class AlertBook {
    private static final Map<String, AlertRule> RULES =
            AlertRules.all().stream().collect(Collectors.toUnmodifiableMap(AlertRule::name, Function.identity()));

    private final AlertSettings settings;
    private final Alerts store;
    private final Supplier<Optional<AlertRound>> round;

    @Inject
    AlertBook(AlertSettings settings, Alerts store, AlertJobs jobs) {
        this(settings, store, jobs::round);
    }

    /** @param round of this process; empty before it has started, and without a receiver */
    AlertBook(AlertSettings settings, Alerts store, Supplier<Optional<AlertRound>> round) {
        this.settings = settings;
        this.store = store;
        this.round = round;
    }

    /** How far an alert has come on its way to a person. */
    public enum Told {
        /** It hasn't stood for long enough yet. */
        NOT_YET,
        /** A message of it waits for the receiver. */
        WAITING,
        /** The receiver has taken the last message. */
        TOLD,
        /** The last message was given up, so nobody has heard of it; told again when it is repeated. */
        GIVEN_UP
    }

    /**
     * An alert that stands.
     *
     * @param label what the subject is: {@code device}, {@code shift} or {@code state}; empty where there is none
     * @param subject empty where it is about the service itself
     * @param seenAt when a replica last saw it
     * @param toldAt when its last message was made; null if none was
     * @param summary in words, with the figures of the last look
     * @param description what it means
     * @param runbook section of the handbook
     */
    public record Open(
            String rule,
            Severity severity,
            String label,
            String subject,
            Instant since,
            Instant seenAt,
            @Nullable Instant toldAt,
            Told told,
            String summary,
            String description,
            String runbook) {}

    /**
     * All there is to see.
     *
     * @param host of the receiver; no more of its address, which may be a secret
     * @param waiting of how many alerts a message waits for the receiver, those that are over among them
     * @param open the worst first, then the oldest
     */
    public record Page(String host, Reception reception, int waiting, List<Open> open) {
        public Page {
            open = List.copyOf(open);
        }
    }

    /**
     * Reads the storage anew each time; empty where alerts are off.
     *
     * @throws io.punchbridge.inbox.StorageException if it can't be read
     */
    public Optional<Page> look() {
        return settings.receiver().map(receiver -> {
            // In this order: a message that is made in between waits, and is never taken for one that has arrived.
            List<Standing> standing = store.standing();
            Set<Alert> waiting = store.waiting();
            Map<Alert, Instant> givenUp = store.givenUp();
            List<Open> open = standing.stream()
                    .flatMap(one -> Stream.ofNullable(RULES.get(one.alert().rule()))
                            .map(rule -> open(rule, one, told(one, waiting, givenUp))))
                    .sorted(Comparator.comparing(Open::severity).thenComparing(Open::since))
                    .toList();
            return new Page(receiver.url().getHost(), reception(), waiting.size(), open);
        });
    }

    private Reception reception() {
        return round.get().map(AlertRound::reception).orElse(Reception.UNTRIED);
    }

    private static Open open(AlertRule rule, Standing standing, Told told) {
        return new Open(
                rule.name(),
                rule.severity(),
                rule.label(),
                standing.alert().subject(),
                standing.since(),
                standing.seenAt(),
                standing.toldAt(),
                told,
                standing.summary(),
                rule.description(),
                rule.runbook());
    }

    private static Told told(Standing standing, Set<Alert> waiting, Map<Alert, Instant> givenUp) {
        if (waiting.contains(standing.alert())) {
            return Told.WAITING;
        }
        Instant toldAt = standing.toldAt();
        if (toldAt == null) {
            return Told.NOT_YET;
        }
        // Of an older message it says nothing: the last one was taken after it.
        return toldAt.equals(givenUp.get(standing.alert())) ? Told.GIVEN_UP : Told.TOLD;
    }
}
