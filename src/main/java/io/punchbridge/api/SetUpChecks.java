package io.punchbridge.api;

import io.punchbridge.doctor.CheckResult;
import io.punchbridge.doctor.SetUpCheck;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The set-up check of this process: one at a time, whoever asks for it. The last one is remembered until the process ends;
 * other replicas don't know it.
 */
@ApplicationScoped
public class SetUpChecks {
    private final Supplier<List<CheckResult>> check;
    private final Clock clock;
    private final ReentrantLock running = new ReentrantLock();
    private volatile @Nullable Made last;

    /** @param at when it ended */
    public record Made(List<CheckResult> results, Instant at, String by) {}

    @Inject
    public SetUpChecks(SetUpCheck check, Clock clock) {
        this(check::run, clock);
    }

    SetUpChecks(Supplier<List<CheckResult>> check, Clock clock) {
        this.check = check;
        this.clock = clock;
    }

    /**
     * Takes some seconds, and asks the site several dozen questions.
     *
     * @param by who asks
     * @return nothing if one is under way, which this one doesn't wait for
     */
    public Optional<Made> run(String by) {
        if (!running.tryLock()) {
            return Optional.empty();
        }
        try {
            Made made = new Made(check.get(), clock.instant(), by);
            last = made;
            return Optional.of(made);
        } finally {
            running.unlock();
        }
    }

    /** What the last one came to, since this process was started. */
    public Optional<Made> last() {
        return Optional.ofNullable(last);
    }

    public boolean isUnderWay() {
        return running.isLocked();
    }
}
