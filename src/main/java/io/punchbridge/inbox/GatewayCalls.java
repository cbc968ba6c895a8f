package io.punchbridge.inbox;

import io.punchbridge.punch.SerialNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Durable record of what the gateway was asked, kept as long as events are. Every method blocks. */
public interface GatewayCalls {
    /**
     * One request to the gateway.
     *
     * @param operationId ours, different for each call
     * @param operation in CAMS' words, e.g. {@code Load.PunchLog}
     * @param statusCode the gateway's number, or null if there was no readable answer
     * @param outcome our words for it, for a person
     */
    record GatewayCall(
            String operationId,
            SerialNumber device,
            String operation,
            Instant sentAt,
            Duration took,
            @Nullable Integer statusCode,
            String outcome) {}

    void keep(GatewayCall call);

    /** The newest calls, newest first; of one device, or of all where it is null. */
    List<GatewayCall> recent(@Nullable SerialNumber device, int limit);

    /** Purges up to {@code limit} of the calls sent before an instant, the oldest first. Returns how many. */
    int purge(Instant before, int limit);
}
