package io.punchbridge.gateway;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.punchbridge.gateway.CallerCheck.Why;
import io.punchbridge.inbox.Stored;
import io.punchbridge.punch.Arrival;
import io.punchbridge.punch.Devices;
import io.punchbridge.punch.PunchTrail;
import io.punchbridge.punch.SerialNumber;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * What is told of the door: counters, and log lines for a person. Anyone can knock, so a complaint is logged at most once
 * a minute and kind, and says how many it stands for.
 */
@ApplicationScoped
public class DoorWatch {
    private static final Logger LOG = Logger.getLogger(DoorWatch.class);
    private static final Duration BETWEEN_COMPLAINTS = Duration.ofMinutes(1);
    private static final int MOST_COMPLAINTS = 1000;

    /** How a callback ended, as the label of {@code punchbridge_callbacks_total}. */
    enum Outcome {
        STORED,
        REPEATED,
        UNREADABLE,
        EVENT,
        REFUSED,
        UNDECRYPTABLE,
        NOT_JSON,
        NOT_STORED,
        /** The body was not read to its end: it came too slowly, or too many large ones at once, or it is larger than allowed. */
        HINDERED
    }

    /** Why a body was not read to its end. */
    enum Hindrance {
        SLOW_BODY("A request was cut off: its body took longer than %d seconds to arrive."
                .formatted(BodyGuard.TIME_FOR_A_BODY.toSeconds())),
        TOO_MANY_LARGE_BODIES("A request with a large body was answered with 503, because others use up the memory for"
                + " such. The gateway sends it again; if nobody floods this port, give Punchbridge more heap (-Xmx)."),
        TOO_LARGE_BODY(
                "A request was refused with 413: its body is larger than"
                        + " quarkus.http.limits.max-body-size. If it is a callback of the gateway's, it is sent again and again, and later punches of"
                        + " its device wait behind it: raise that limit (QUARKUS_HTTP_LIMITS_MAX_BODY_SIZE, e.g. 4M) and restart.");

        private final String complaint;

        Hindrance(String complaint) {
            this.complaint = complaint;
        }
    }

    private record Complaint(Instant loggedAt, long suppressed) {}

    private final Devices devices;
    private final Clock clock;
    private final Map<Outcome, Counter> outcomes = new EnumMap<>(Outcome.class);
    private final Map<String, Complaint> complaints = new ConcurrentHashMap<>();

    public DoorWatch(Devices devices, MeterRegistry metrics, Clock clock) {
        this.devices = devices;
        this.clock = clock;
        for (Outcome outcome : Outcome.values()) {
            outcomes.put(
                    outcome,
                    Counter.builder("punchbridge.callbacks")
                            .description("Callbacks of the gateway, by how they ended")
                            .tag("outcome", outcome.name().toLowerCase(java.util.Locale.ROOT))
                            .register(metrics));
        }
    }

    void stored(SerialNumber device, Arrival arrival, Stored stored) {
        count(outcomeOf(arrival, stored));
        if (!arrival.unreadable().isEmpty()) {
            complain(
                    "unreadable " + device,
                    "A punch from %s could not be read, and is quarantined: %s"
                            .formatted(
                                    printable(devices.nameOf(device)),
                                    arrival.unreadable().get(0).reason()));
        }
        if (LOG.isDebugEnabled()) {
            arrival.punches()
                    .forEach(punch -> PunchTrail.mark(
                            punch.key(),
                            () -> LOG.debugf(
                                    "Punch %s from %s: stored and acknowledged.",
                                    punch.key(), printable(devices.nameOf(device)))));
            arrival.events()
                    .forEach(event -> LOG.debugf(
                            "%s from %s: stored as an event and acknowledged.",
                            printable(event.operation()), printable(devices.nameOf(device))));
        }
    }

    private static Outcome outcomeOf(Arrival arrival, Stored stored) {
        if (!arrival.unreadable().isEmpty()) {
            return Outcome.UNREADABLE;
        }
        if (arrival.punches().isEmpty()) {
            return stored.newEvents() > 0 ? Outcome.EVENT : Outcome.REPEATED;
        }
        return stored.newPunches() > 0 ? Outcome.STORED : Outcome.REPEATED;
    }

    void undeclared(SerialNumber device) {
        complain(
                "undeclared " + device,
                "Device %s isn't declared in the configuration, but holds one of its tokens. Its punches are kept under its serial number; declare it under punchbridge.devices to give it a name."
                        .formatted(printable(device.value())));
    }

    void refused(Why why, SerialNumber device) {
        count(Outcome.REFUSED);
        String claimed =
                device.isKnown() ? "serial number " + printable(device.value()) : "a device without serial number";
        switch (why) {
            case NO_TOKEN ->
                complain("no token", "A callback for " + claimed + " was refused: it carries no auth token.");
            case WRONG_TOKEN ->
                complain(
                        "wrong token",
                        "A callback for " + claimed
                                + " was refused: its auth token belongs to no device of the configuration. If it is yours, set punchbridge.devices.<name>.auth-token to the token that the CAMS API monitor shows.");
            case OTHER_DEVICES_TOKEN ->
                complain(
                        "other token",
                        "A callback for " + claimed
                                + " was refused: its auth token belongs to another device of the configuration. Compare the tokens of both with the CAMS API monitor.");
        }
    }

    void undecryptable(boolean haveKeys) {
        count(Outcome.UNDECRYPTABLE);
        complain(
                "undecryptable",
                haveKeys
                        ? "An encrypted callback was refused: neither punchbridge.gateway.security-key nor the previous one decrypts it."
                        : "An encrypted callback was refused: set punchbridge.gateway.security-key to the key of your CAMS account.");
    }

    void notJson() {
        count(Outcome.NOT_JSON);
        complain(
                "not json", "A request to /cams/callback was refused: its body isn't JSON, so it isn't the gateway's.");
    }

    void notStored(Throwable failure) {
        count(Outcome.NOT_STORED);
        Throwable cause = failure.getCause() != null && failure instanceof java.util.concurrent.CompletionException
                ? failure.getCause()
                : failure;
        complain(
                "not stored",
                "A callback could not be stored, and was answered with 503 so that the gateway keeps it and sends it again: "
                        + cause.getMessage());
    }

    void listenerFailed(Throwable failure) {
        LOG.debug("A listener at the door failed", failure);
        complain(
                "listener",
                "What a device is known by was not brought up to date by its callback, which is stored and acknowledged"
                        + " all the same; the next callback does. This is a bug (%s); report it."
                                .formatted(failure.getClass().getName()));
    }

    void hindered(Hindrance why) {
        count(Outcome.HINDERED);
        complain(why.name(), why.complaint);
    }

    private void count(Outcome outcome) {
        java.util.Objects.requireNonNull(outcomes.get(outcome)).increment();
    }

    private void complain(String kind, String message) {
        Instant now = clock.instant();
        if (complaints.size() > MOST_COMPLAINTS) {
            complaints.clear();
        }
        long[] toLog = {-1};
        complaints.compute(kind, (key, last) -> {
            boolean quiet =
                    last != null && Duration.between(last.loggedAt(), now).abs().compareTo(BETWEEN_COMPLAINTS) < 0;
            if (quiet) {
                return new Complaint(last.loggedAt(), last.suppressed() + 1);
            }
            toLog[0] = last == null ? 0 : last.suppressed();
            return new Complaint(now, 0);
        });
        if (toLog[0] == 0) {
            LOG.warn(message);
        } else if (toLog[0] > 0) {
            LOG.warnf("%s (%d more like it since the last such line)", message, toLog[0]);
        }
    }

    /** What an outsider sent, made safe for a log line. */
    private static String printable(String text) {
        String safe = text.replaceAll("[^\\p{Graph} ]", "?");
        return safe.length() > 64 ? safe.substring(0, 64) + "…" : safe;
    }
}
