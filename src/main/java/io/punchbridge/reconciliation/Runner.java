package io.punchbridge.reconciliation;

import io.punchbridge.gateway.Gateway;
import io.punchbridge.inbox.History;
import io.punchbridge.inbox.Run;
import io.punchbridge.inbox.StorageException;
import io.punchbridge.punch.Device;
import io.punchbridge.tracing.Attribute;
import io.punchbridge.tracing.TraceSpan;
import io.punchbridge.tracing.Traces;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Brings begun runs to their end, one a thread, and keeps them alive while they wait for their turn. */
final class Runner {
    private final History history;
    private final DeviceWalk walk;
    private final ReconciliationWatch watch;
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    Runner(
            Gateway gateway,
            History history,
            Clock clock,
            Waiting waiting,
            Duration settlingTime,
            ReconciliationWatch watch) {
        this.history = history;
        this.walk = new DeviceWalk(gateway, history, clock, waiting, settlingTime, watch);
        this.watch = watch;
    }

    /** The run counts as alive from here on, also before {@link #run} has a thread for it. */
    void accept(Run run) {
        underWay.add(run.id());
    }

    /**
     * Walks the device's log and notes how that ended.
     *
     * @param zone of the device
     */
    Ending run(Device device, Run run, ZoneId zone) {
        return run(device, run, zone, () -> {});
    }

    /**
     * Walks the device's log and notes how that ended.
     *
     * @param zone of the device
     * @param beforeWindow what is done before each window
     */
    Ending run(Device device, Run run, ZoneId zone, Runnable beforeWindow) {
        underWay.add(run.id());
        try {
            TraceSpan span = Traces.begin(Traces.Kind.INTERNAL, "reconciliation run")
                    .put(Attribute.DEVICE, device.name())
                    .put(Attribute.RUN, run.id());
            return span.around(() -> {
                Ending ending = walk(device, run, zone, beforeWindow);
                span.put(Attribute.OUTCOME, ending.state().name().toLowerCase(Locale.ROOT));
                note(device, run, ending);
                return ending;
            });
        } finally {
            underWay.remove(run.id());
        }
    }

    private Ending walk(Device device, Run run, ZoneId zone, Runnable beforeWindow) {
        try {
            return walk.walk(device, run, zone, beforeWindow, () -> stopping);
        } catch (StorageException failed) {
            return Ending.failed(
                    "The storage failed in the middle of it; the range is walked again. " + failed.getMessage());
        } catch (RuntimeException surprise) {
            watch.surprised(device, surprise);
            return Ending.failed("It ended unexpectedly; the log says why. The range is walked again.");
        }
    }

    private void note(Device device, Run run, Ending ending) {
        try {
            history.end(run.id(), ending.state(), ending.reason());
            history.run(run.id()).ifPresent(ended -> watch.ended(device, ended, ending));
        } catch (StorageException failed) {
            watch.notReached("The end of a run over the log of " + device.name() + " could not be noted", failed);
        }
    }

    /** A sign of life for all runs of this process, however long a page or their turn takes. */
    void keepAlive() {
        underWay.forEach(history::alive);
    }

    /** Lets each run end after the page that is under way. */
    void stop() {
        stopping = true;
    }

    boolean isStopping() {
        return stopping;
    }
}
