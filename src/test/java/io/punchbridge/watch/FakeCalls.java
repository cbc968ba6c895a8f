package io.punchbridge.watch;

import io.punchbridge.inbox.GatewayCalls;
import io.punchbridge.punch.SerialNumber;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls that somebody made. */
final class FakeCalls implements GatewayCalls {
    private final List<GatewayCall> kept = new ArrayList<>();

    @Override
    public void keep(GatewayCall call) {
        kept.add(call);
    }

    @Override
    public List<GatewayCall> recent(@Nullable SerialNumber device, int limit) {
        List<GatewayCall> newestFirst = new ArrayList<>(kept);
        Collections.reverse(newestFirst);
        return newestFirst.stream()
                .filter(call -> device == null || device.equals(call.device()))
                .limit(limit)
                .toList();
    }

    @Override
    public int purge(Instant before, int limit) {
        throw new UnsupportedOperationException("nobody here purges");
    }
}
