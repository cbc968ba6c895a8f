package io.punchbridge.longrun;

import io.punchbridge.sandbox.GatewayFault;
import io.punchbridge.sandbox.SimulatedDevice;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** What goes wrong with requests to the gateway, and at which of them the service dies. */
final class GatewayTroubles {
    /** A device has one trouble in so long a time, so that the next round is sure to get through. */
    private static final Duration BETWEEN = Duration.ofHours(40);

    /** The service asks again after some minutes, so that these may come twice. */
    private static final List<GatewayFault> PASSING = List.of(
            GatewayFault.status(37),
            GatewayFault.status(999),
            GatewayFault.connectionClosed(),
            GatewayFault.answerLost(),
            GatewayFault.answerHalf(),
            GatewayFault.html(502));

    /** These end a run, and the device is left alone for an hour. */
    private static final List<GatewayFault> GARBLED = List.of(
            GatewayFault.raw(200, "{\"Status\":\"done\",\"StatusCode\":0,\"PunchLog\":{\"Log\":[{\"Type\":\"Chec"),
            GatewayFault.raw(200, "PunchLog"));

    private record Trouble(GatewayFault fault, int left) {}

    private final Clock clock;
    private final Random random;
    private final Map<String, Trouble> troubles = new HashMap<>();
    private final Map<String, Instant> lastTrouble = new HashMap<>();
    private int requests;
    private int failed;
    private int countdown;
    private @Nullable Runnable atZero;

    GatewayTroubles(Clock clock, long seed) {
        this.clock = clock;
        this.random = new Random(seed);
    }

    /** Runs something at one of the requests to come: 1 is the next. */
    synchronized void at(int request, Runnable action) {
        countdown = request;
        atZero = action;
    }

    synchronized Optional<GatewayFault> judge(SimulatedDevice device) {
        requests++;
        Runnable action = atZero;
        if (action != null && --countdown <= 0) {
            atZero = null;
            action.run();
        }
        String name = device.label();
        Trouble trouble = troubles.remove(name);
        if (trouble == null && mayBeTroubled(name) && random.nextInt(40) == 0) {
            lastTrouble.put(name, clock.instant());
            trouble = random.nextInt(4) == 0
                    ? new Trouble(GARBLED.get(random.nextInt(GARBLED.size())), 1)
                    : new Trouble(PASSING.get(random.nextInt(PASSING.size())), 1 + random.nextInt(2));
        }
        if (trouble == null) {
            return Optional.empty();
        }
        failed++;
        if (trouble.left > 1) {
            troubles.put(name, new Trouble(trouble.fault, trouble.left - 1));
        }
        return Optional.of(trouble.fault);
    }

    private boolean mayBeTroubled(String name) {
        Instant last = lastTrouble.get(name);
        return last == null || last.plus(BETWEEN).isBefore(clock.instant());
    }

    synchronized int requests() {
        return requests;
    }

    synchronized int failed() {
        return failed;
    }
}
