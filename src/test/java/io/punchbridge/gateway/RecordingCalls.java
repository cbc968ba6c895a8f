package io.punchbridge.gateway;

import io.punchbridge.inbox.GatewayCalls;
import io.punchbridge.inbox.StorageException;
import io.punchbridge.punch.SerialNumber;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Calls in memory; keeping them can be made to fail. */
final class RecordingCalls implements GatewayCalls {
    private final List<GatewayCall> kept = new CopyOnWriteArrayList<>();
    private volatile boolean failing;

    void failing(boolean fails) {
        failing = fails;
    }

    /** In the order in which they were made. */
    List<GatewayCall> kept() {
        return kept;
    }

    @Override
    public void keep(GatewayCall call) {
        if (failing) {
            throw new StorageException("The disk is full.");
        }
        kept.add(call);
    }

    @Override
    public List<GatewayCall> recent(@Nullable SerialNumber device, int limit) {
        throw new UnsupportedOperationException("the gateway only keeps");
    }

    @Override
    public int purge(Instant before, int limit) {
        throw new UnsupportedOperationException("the gateway only keeps");
    }
}
