package io.punchbridge.console.today;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One look for all who ask at the same time: each change has every open page ask anew, and many pages must not multiply
 * the work. Whoever comes while a look is taken waits for that one; whoever comes while it is young is shown it.
 */
@Singleton
class SharedLook {
    /**
     * How long after its begin a look is young. An open page asks once more a second after the last change that it heard of,
     * and must then be shown a look that has begun since.
     */
    static final Duration YOUNG = Duration.ofSeconds(1);

    private final Supplier<TodayView> look;
    private final Clock clock;
    private @Nullable Taken last;

    private record Taken(Instant begun, CompletableFuture<TodayView> view) {

        boolean serves(Instant now) {
            return !view.isDone() || (!view.isCompletedExceptionally() && isYoung(now));
        }

        /** A clock that was stepped makes none young for long. */
        boolean isYoung(Instant now) {
            return Duration.between(begun, now).abs().compareTo(YOUNG) < 0;
        }
    }

    @Inject
    SharedLook(TodayLook look, Clock clock) {
        this(look::take, clock);
    }

    SharedLook(Supplier<TodayView> look, Clock clock) {
        this.look = look;
        this.clock = clock;
    }

    /**
     * At most {@link #YOUNG} old by its begin, when it was asked for.
     *
     * @param update see {@link TodayView#update}
     */
    TodayView take(boolean update) {
        return current().with(update);
    }

    private TodayView current() {
        Taken mine = taken();
        Taken other;
        synchronized (this) {
            other = last != null && last.serves(mine.begun()) ? last : null;
            if (other == null) {
                last = mine;
            }
        }
        if (other == null) {
            return begin(mine);
        }
        return other.isYoung(mine.begun()) ? await(other) : after(other);
    }

    /** A look that has lasted long began before what whoever comes now may have heard of; one more is taken after it. */
    private TodayView after(Taken old) {
        old.view().exceptionally(failed -> null).join();
        Taken mine = taken();
        Taken other;
        synchronized (this) {
            other = old.equals(last) ? null : last;
            if (other == null) {
                last = mine;
            }
        }
        return other == null ? begin(mine) : await(other);
    }

    private Taken taken() {
        return new Taken(clock.instant(), new CompletableFuture<>());
    }

    /** Begun now, for who has just changed something; the next are shown it too. */
    TodayView fresh(boolean update) {
        Taken mine = taken();
        synchronized (this) {
            last = mine;
        }
        return begin(mine).with(update);
    }

    private TodayView begin(Taken mine) {
        try {
            TodayView view = look.get();
            mine.view().complete(view);
            return view;
        } catch (RuntimeException | Error failed) {
            // Those who wait fail alike; the next who comes looks anew.
            mine.view().completeExceptionally(failed);
            throw failed;
        }
    }

    private static TodayView await(Taken other) {
        try {
            return other.view().join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw failed;
        }
    }
}
