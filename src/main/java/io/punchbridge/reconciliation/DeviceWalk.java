package io.punchbridge.reconciliation;

import io.punchbridge.gateway.Gateway;
import io.punchbridge.gateway.GatewayAnswer;
import io.punchbridge.gateway.GatewayAnswer.GatewayFailure;
import io.punchbridge.gateway.LogPage;
import io.punchbridge.gateway.StatusCode.WhoActs;
import io.punchbridge.inbox.History;
import io.punchbridge.inbox.History.Kept;
import io.punchbridge.inbox.History.Page;
import io.punchbridge.inbox.History.Signal;
import io.punchbridge.inbox.History.WholeWindow;
import io.punchbridge.inbox.Run;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.Punch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Walks one run over one device's log: window after window, page after page, into the inbox. What it has stored stays,
 * however it ends; a window that did not come whole proves nothing and is walked again by the next run.
 */
final class DeviceWalk {
    /** How often a request is made before the run fails; the next scheduled run makes it again. */
    static final int TRIES = 4;

    private static final Duration FIRST_BACK_OFF = Duration.ofSeconds(15);
    private static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(5);
    /** So soon is a wish to cancel seen while it waits. */
    private static final Duration LONGEST_SLEEP = Duration.ofSeconds(10);

    private final Gateway gateway;
    private final History history;
    private final Clock clock;
    private final Waiting waiting;
    private final Duration settlingTime;
    private final ReconciliationWatch watch;

    DeviceWalk(
            Gateway gateway,
            History history,
            Clock clock,
            Waiting waiting,
            Duration settlingTime,
            ReconciliationWatch watch) {
        this.gateway = gateway;
        this.history = history;
        this.clock = clock;
        this.waiting = waiting;
        this.settlingTime = settlingTime;
        this.watch = watch;
    }

    /**
     * Returns how the run ended; it is still noted as running.
     *
     * @param zone of the device
     * @param beforeWindow what is done before each window
     * @param stopping whether the process stops
     */
    Ending walk(Device device, Run run, ZoneId zone, Runnable beforeWindow, BooleanSupplier stopping) {
        return new Walk(device, run, zone, beforeWindow, stopping).run();
    }

    /** What came of asking for a page: the page, or the run's end. */
    private sealed interface Asked {
        record Got(LogPage page) implements Asked {}

        record Ended(Ending ending) implements Asked {}
    }

    /** What came of a window: nothing where it ended the run. */
    private sealed interface Walked {
        record Whole() implements Walked {}

        record Cut(String why) implements Walked {}

        record Ended(Ending ending) implements Walked {}
    }

    private final class Walk {
        private final Device device;
        private final Run run;
        private final ZoneId zone;
        private final Runnable beforeWindow;
        private final BooleanSupplier stopping;
        private final Deque<Window> todo;
        private int windows;

        Walk(Device device, Run run, ZoneId zone, Runnable beforeWindow, BooleanSupplier stopping) {
            this.device = device;
            this.run = run;
            this.zone = zone;
            this.beforeWindow = beforeWindow;
            this.stopping = stopping;
            this.todo = new ArrayDeque<>(Window.cut(run.from(), run.until()));
            this.windows = todo.size();
        }

        Ending run() {
            Ending ending = null;
            while (ending == null && !todo.isEmpty()) {
                beforeWindow.run();
                Window window = todo.removeFirst();
                Instant askedAt = clock.instant();
                Walked walked = walk(window);
                if (walked instanceof Walked.Ended ended) {
                    ending = ended.ending();
                } else if (walked instanceof Walked.Cut cut) {
                    ending = halve(window, cut.why());
                } else {
                    ending = whole(window, askedAt);
                }
            }
            return ending == null ? Ending.DONE : ending;
        }

        private @Nullable Ending whole(Window window, Instant askedAt) {
            Instant settled = askedAt.minus(settlingTime);
            Instant settledUntil = settled.isBefore(window.until()) ? settled : window.until();
            Signal signal = history.whole(run.id(), new WholeWindow(window.until(), settledUntil, windows));
            return todo.isEmpty() && signal != Signal.OVER ? null : ending(signal);
        }

        private @Nullable Ending halve(Window window, String why) {
            if (!window.canBeHalved()) {
                return Ending.failed(("The gateway %s, for the time from %s to %s. So punches may be missing there, and"
                                + " nothing from then on counts as verified. It is tried again; if that lasts, ask the"
                                + " vendor why the device's log does not come whole.")
                        .formatted(why, window.from(), window.until()));
            }
            List<Window> halves = window.halves();
            todo.addFirst(halves.get(1));
            todo.addFirst(halves.get(0));
            windows++;
            return null;
        }

        private Walked walk(Window window) {
            WindowProof proof = new WindowProof();
            String offset = null;
            while (true) {
                Asked asked = ask(window, offset);
                if (asked instanceof Asked.Ended ended) {
                    return new Walked.Ended(ended.ending());
                }
                LogPage page = ((Asked.Got) asked).page();
                Ending ending = keep(window, page);
                if (ending != null) {
                    return new Walked.Ended(ending);
                }
                WindowProof.Next next = proof.take(page);
                if (next instanceof WindowProof.Next.Ask more) {
                    offset = more.offset();
                } else if (next instanceof WindowProof.Next.Cut cut) {
                    return new Walked.Cut(cut.why());
                } else {
                    return new Walked.Whole();
                }
            }
        }

        private @Nullable Ending keep(Window window, LogPage page) {
            Instant reached = page.arrival().punches().stream()
                    .map(Punch::at)
                    .max(Instant::compareTo)
                    .map(window::nearest)
                    .orElse(window.from());
            Instant settledBefore = page.arrival().receivedAt().minus(settlingTime);
            Kept kept = history.keep(run.id(), new Page(page.arrival(), page.rows(), reached, settledBefore, zone));
            watch.missing(device, kept.lostPunches());
            // A cancelled run ends at the next request, or not at all if this was the last page.
            return kept.signal() == Signal.OVER ? Ending.OVER : null;
        }

        private Asked ask(Window window, @Nullable String offset) {
            Duration backOff = FIRST_BACK_OFF;
            for (int tries = 1; ; tries++) {
                Ending before = ending(history.alive(run.id()));
                if (before != null) {
                    return new Asked.Ended(before);
                }
                GatewayAnswer<LogPage> answer = gateway.loadLog(device, window.from(), window.until(), offset);
                if (answer instanceof GatewayAnswer.Success<LogPage> success) {
                    return new Asked.Got(success.value());
                }
                GatewayFailure failure = ((GatewayAnswer.Failure<LogPage>) answer).failure();
                history.failed(run.id(), failure.words());
                boolean personMustAct = failure.whoActs() != WhoActs.NOBODY;
                if (personMustAct || tries == TRIES) {
                    return new Asked.Ended(new Ending(Run.State.FAILED, failure.words(), personMustAct));
                }
                Ending during = rest(pause(failure, backOff));
                if (during != null) {
                    return new Asked.Ended(during);
                }
                backOff = backOff.multipliedBy(2);
            }
        }

        private static Duration pause(GatewayFailure failure, Duration backOff) {
            Duration wanted = failure.retryAfter();
            Duration wait = wanted != null && wanted.compareTo(backOff) > 0 ? wanted : backOff;
            return wait.compareTo(LONGEST_BACK_OFF) > 0 ? LONGEST_BACK_OFF : wait;
        }

        private @Nullable Ending rest(Duration wait) {
            Duration left = wait;
            while (left.compareTo(Duration.ZERO) > 0) {
                Duration sleep = left.compareTo(LONGEST_SLEEP) > 0 ? LONGEST_SLEEP : left;
                try {
                    waiting.await(sleep);
                } catch (InterruptedException stop) {
                    Thread.currentThread().interrupt();
                    return Ending.STOPPED;
                }
                left = left.minus(sleep);
                Ending ending = ending(history.alive(run.id()));
                if (ending != null) {
                    return ending;
                }
            }
            return null;
        }

        private @Nullable Ending ending(Signal signal) {
            return switch (signal) {
                case OVER -> Ending.OVER;
                case CANCEL -> Ending.CANCELLED;
                case GO_ON -> stopping.getAsBoolean() ? Ending.STOPPED : null;
            };
        }
    }
}
