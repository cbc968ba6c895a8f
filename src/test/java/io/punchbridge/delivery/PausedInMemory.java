package io.punchbridge.delivery;

import io.punchbridge.inbox.Actions.Request;
import io.punchbridge.inbox.DeliveryPause;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A pause that no database keeps; it counts how often it was asked for. */
final class PausedInMemory implements DeliveryPause {
    private final Clock clock;
    private final AtomicInteger asked = new AtomicInteger();
    private volatile @Nullable Paused paused;

    PausedInMemory(Clock clock) {
        this.clock = clock;
    }

    int asked() {
        return asked.get();
    }

    @Override
    public Optional<Paused> current() {
        Optional<Paused> current = Optional.ofNullable(paused);
        asked.incrementAndGet();
        return current;
    }

    @Override
    public Begun pause(Request request) {
        Paused wanted = new Paused(clock.instant(), request.authority(), request.who(), String.valueOf(request.why()));
        paused = wanted;
        return new Begun(wanted, true);
    }

    @Override
    public Optional<Paused> resume(Request request) {
        Optional<Paused> ended = Optional.ofNullable(paused);
        paused = null;
        return ended;
    }
}
