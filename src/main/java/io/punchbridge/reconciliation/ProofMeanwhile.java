package io.punchbridge.reconciliation;

import io.punchbridge.inbox.History;
import io.punchbridge.inbox.History.Plan;
import io.punchbridge.inbox.Run;
import io.punchbridge.inbox.StorageException;
import io.punchbridge.inbox.Verified;
import io.punchbridge.punch.Device;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lets the schedule's proof of a device go on while a run that a person wants has it, which may wait for its turn and walk for days. As often
 * as the schedule would, the scheduled range is walked as a run of its own inside of the person's: before one of its windows, or, while that
 * has no thread yet, on the schedule's. The device never has two walkers.
 */
final class ProofMeanwhile {
    private final History history;
    private final Runner runner;
    private final Function<Device, Optional<Plan>> scheduled;
    private final Function<Device, ZoneId> zones;
    private final ReconciliationSettings settings;
    private final ReconciliationWatch watch;
    private final Clock clock;
    private final Map<String, Held> held = new ConcurrentHashMap<>();

    /** @param scheduled what the schedule would walk of a device now */
    ProofMeanwhile(
            History history,
            Runner runner,
            Function<Device, Optional<Plan>> scheduled,
            Function<Device, ZoneId> zones,
            ReconciliationSettings settings,
            ReconciliationWatch watch,
            Clock clock) {
        this.history = history;
        this.runner = runner;
        this.scheduled = scheduled;
        this.zones = zones;
        this.settings = settings;
        this.watch = watch;
        this.clock = clock;
    }

    /** The run has the device from here on, and waits for a thread. */
    void hold(Device device, Run run) {
        held.put(run.id(), new Held(device, run));
    }

    /** Walks the run to its end, on the thread of the caller. */
    void run(Run run, ZoneId zone) {
        Held one = held.get(run.id());
        if (one != null) {
            try {
                one.begin();
                runner.run(one.device, run, zone, one::proveIfDue);
            } finally {
                held.remove(run.id());
            }
        }
    }

    /** The run will never have a thread. */
    void release(Run run) {
        held.remove(run.id());
    }

    /** Proves the devices whose runs still wait for a thread, where it is time. */
    void proveWaiting() {
        for (Held one : List.copyOf(held.values())) {
            try {
                one.proveIfWaiting();
            } catch (StorageException failed) {
                watch.notReached("The log of " + one.device.name() + " can't be compared now", failed);
            }
        }
    }

    /** A device that a person's run has. Whoever holds the lock is its walker. */
    private final class Held {
        private final Device device;
        private final Run run;
        private final ReentrantLock walker = new ReentrantLock();
        private boolean begun;
        private @Nullable Instant tried;

        Held(Device device, Run run) {
            this.device = device;
            this.run = run;
        }

        /** Waits for whoever proves the device meanwhile. */
        void begin() {
            walker.lock();
            try {
                begun = true;
            } finally {
                walker.unlock();
            }
        }

        void proveIfWaiting() {
            if (walker.tryLock()) {
                try {
                    if (!begun) {
                        proveIfDue();
                    }
                } finally {
                    walker.unlock();
                }
            }
        }

        void proveIfDue() {
            if (settings.scheduled() && !runner.isStopping() && isDue()) {
                tried = clock.instant();
                scheduled
                        .apply(device)
                        .flatMap(plan -> history.beginWithin(run.id(), plan))
                        .ifPresent(proof -> runner.run(device, proof, zones.apply(device)));
            }
        }

        /** What never was proven is the schedule's to begin with, for as long as that may just not have come to it yet. */
        private boolean isDue() {
            Instant proven =
                    history.verified(device.serialNumber()).map(Verified::at).orElse(run.startedAt());
            Instant before = tried;
            return isLongAgo(proven) && (before == null || isLongAgo(before));
        }

        /** An instant ahead of the clock was taken by one that went back since. */
        private boolean isLongAgo(Instant instant) {
            Instant now = clock.instant();
            return instant.isAfter(now) || !now.isBefore(instant.plus(settings.every()));
        }
    }
}
