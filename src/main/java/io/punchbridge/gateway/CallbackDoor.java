package io.punchbridge.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.punchbridge.gateway.CallbackReader.Envelope;
import io.punchbridge.gateway.CallerCheck.Caller;
import io.punchbridge.inbox.Inbox;
import io.punchbridge.inbox.Stored;
import io.punchbridge.punch.Arrival;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.tracing.Attribute;
import io.punchbridge.tracing.PunchSpans;
import io.punchbridge.tracing.TraceSpan;
import io.punchbridge.tracing.Traces;
import io.punchbridge.tracing.Traces.Kind;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Where a callback comes in. The order of the steps is the specification: open the body, check the caller, read, store,
 * and only then answer. (Its size was checked before: a larger body never gets here.)
 *
 * <p>Guarantee: {@link DoorAnswer#DONE} means that all it brought has reached the disk.
 */
@ApplicationScoped
public class CallbackDoor {
    private final GatewaySettings settings;
    private final CallerCheck callers;
    private final CallbackReader reader;
    private final Inbox inbox;
    private final DoorWatch watch;
    private final FallbackZone fallbackZone;
    private final List<ArrivalListener> listeners;
    private final Clock clock;

    /** Zone of a device time that comes without an offset, where the device has none configured. */
    @FunctionalInterface
    public interface FallbackZone {
        @Nullable ZoneId get();
    }

    public CallbackDoor(
            GatewaySettings settings,
            Inbox inbox,
            DoorWatch watch,
            FallbackZone fallbackZone,
            @All List<ArrivalListener> listeners,
            Clock clock) {
        this.settings = settings;
        this.callers = new CallerCheck(settings.credentials());
        this.reader = new CallbackReader(settings.keepHealthData());
        this.inbox = inbox;
        this.watch = watch;
        this.fallbackZone = fallbackZone;
        this.listeners = listeners;
        this.clock = clock;
    }

    /**
     * Takes a callback in. Never completes exceptionally.
     *
     * @param serviceTagId the URL's {@code stgid}, or null
     */
    public CompletionStage<DoorAnswer> knock(byte[] body, @Nullable String serviceTagId) {
        TraceSpan span = Traces.begin(Kind.SERVER, "POST " + CallbackResource.PATH);
        CompletionStage<DoorAnswer> answer = open(body, serviceTagId, span);
        return span.isRecorded() ? answer.whenComplete((told, never) -> end(span, told)) : answer;
    }

    private static void end(TraceSpan span, DoorAnswer answer) {
        span.put(Attribute.METHOD, "POST")
                .put(Attribute.ROUTE, CallbackResource.PATH)
                .put(Attribute.STATUS, answer.status())
                .put(Attribute.OUTCOME, answer.name().toLowerCase(Locale.ROOT));
        if (answer == DoorAnswer.NOT_STORED) {
            span.failed(String.valueOf(answer.status()));
        }
        span.end();
    }

    private CompletionStage<DoorAnswer> open(byte[] body, @Nullable String serviceTagId, TraceSpan span) {
        Instant receivedAt = clock.instant();
        CallbackBody opened = CallbackBody.open(body, settings.securityKeys());
        if (opened instanceof CallbackBody.Opened readable) {
            return letIn(readable.json(), serviceTagId, receivedAt, span);
        }
        if (opened instanceof CallbackBody.Undecryptable undecryptable) {
            watch.undecryptable(undecryptable.haveKeys());
            return CompletableFuture.completedFuture(DoorAnswer.UNDECRYPTABLE);
        }
        watch.notJson();
        return CompletableFuture.completedFuture(DoorAnswer.NOT_JSON);
    }

    private CompletionStage<DoorAnswer> letIn(
            ObjectNode json, @Nullable String serviceTagId, Instant receivedAt, TraceSpan span) {
        Envelope envelope = reader.envelope(json);
        String tag = serviceTagId != null && !serviceTagId.isBlank() ? serviceTagId.strip() : envelope.serviceTagId();
        Caller caller = callers.check(envelope.authToken(), envelope.serialNumber(), tag);
        if (caller instanceof Caller.Refused refused) {
            watch.refused(refused.why(), envelope.serialNumber());
            return CompletableFuture.completedFuture(DoorAnswer.REFUSED);
        }
        Redactor.removeEverywhere(json, envelope.authToken());
        SerialNumber keptUnder = SerialNumber.UNKNOWN;
        ZoneId zone = null;
        if (caller instanceof Caller.Known known) {
            Device device = known.device();
            keptUnder = device.serialNumber();
            zone = device.timeZone();
            span.put(Attribute.DEVICE, device.name());
        } else if (caller instanceof Caller.Undeclared undeclared) {
            keptUnder = undeclared.serialNumber();
            watch.undeclared(keptUnder);
        }
        Arrival arrival = reader.read(json, keptUnder, zone != null ? zone : fallbackZone.get(), receivedAt);
        return store(arrival, keptUnder, span);
    }

    private CompletionStage<DoorAnswer> store(Arrival arrival, SerialNumber device, TraceSpan span) {
        PunchSpans punches = span.punches(
                "store punch", arrival.punches(), punch -> punch.key().value());
        return inbox.store(arrival).handle((stored, failure) -> {
            if (failure != null) {
                watch.notStored(failure);
                punches.fail("not_stored");
                return DoorAnswer.NOT_STORED;
            }
            punches.end();
            span.put(Attribute.REPEATS, stored.repeats());
            watch.stored(device, arrival, stored);
            tellListeners(device, arrival, stored);
            return DoorAnswer.DONE;
        });
    }

    /** It is stored and must be acknowledged, whatever happens to those who look on: hence each throwable. */
    private void tellListeners(SerialNumber device, Arrival arrival, Stored stored) {
        for (ArrivalListener listener : listeners) {
            try {
                listener.arrived(device, arrival, stored);
            } catch (Throwable failure) {
                watch.listenerFailed(failure);
            }
        }
    }
}
