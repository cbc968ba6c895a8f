package io.punchbridge.delivery;

import io.punchbridge.frappe.CheckinFields;
import io.punchbridge.frappe.Directory;
import io.punchbridge.frappe.FrappeSite;
import io.punchbridge.frappe.SiteZone;
import io.punchbridge.inbox.Actions;
import io.punchbridge.inbox.DeliveryPause;
import io.punchbridge.inbox.Inbox;
import io.punchbridge.inbox.StorageException;
import io.punchbridge.punch.Devices;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The job that delivers: one thread, one round after the other, as long as the process runs. One connection with
 * batches is already Frappe's own limit, so a second thread would gain nothing, and one sender a punch is what its
 * duplicate check needs.
 */
@ApplicationScoped
public class Delivery {
    /** How long an idle loop sleeps at most: punches become due by time, too. */
    private static final Duration LONGEST_NAP = Duration.ofSeconds(1);

    /** How often the log reminds of a pause that somebody may have forgotten. */
    static final Duration REMINDER = Duration.ofDays(1);

    private static final Duration AFTER_SURPRISE = Duration.ofSeconds(5);
    private static final Duration SHUTDOWN_PATIENCE = Duration.ofSeconds(12);

    private final Inbox inbox;
    private final DeliveryRound round;
    private final DeliveryWatch watch;
    private final DeliveryPause pauses;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition woken = lock.newCondition();
    private final Object pauseLock = new Object();
    private boolean newPunches;
    private boolean urged;
    private @Nullable Instant remindedAt;
    private volatile DeliveryPause.@Nullable Paused paused;
    private volatile boolean stopping;
    private volatile @Nullable Thread thread;

    public Delivery(
            Inbox inbox,
            FrappeSite site,
            Directory directory,
            SiteZone siteZone,
            CheckinFields fields,
            Devices devices,
            CheckInPolicy policy,
            DeliverySettings settings,
            DeliveryWatch watch,
            HistoryLookUp historyLookUp,
            DeliveryPause pauses,
            Clock clock) {
        this.inbox = inbox;
        this.watch = watch;
        this.pauses = pauses;
        this.clock = clock;
        this.round = new DeliveryRound(
                inbox,
                site,
                directory,
                siteZone,
                fields,
                devices,
                policy,
                settings,
                watch,
                historyLookUp,
                clock,
                RandomGenerator.getDefault());
    }

    void start(@Observes StartupEvent event) {
        inbox.onNewPunches(this::wake);
        Thread worker = new Thread(this::run, "delivery");
        worker.setDaemon(true);
        thread = worker;
        worker.start();
    }

    /** Lets the batch in flight end, for a while; what then still hangs is looked up by the next process. */
    void stop(@Observes @Priority(1) ShutdownEvent event) throws InterruptedException {
        stopping = true;
        wake();
        Thread worker = thread;
        if (worker != null) {
            worker.join(SHUTDOWN_PATIENCE.toMillis());
            worker.interrupt();
        }
    }

    /** Whether Frappe takes punches, and if not, why, since when, and who must act. */
    public DeliveryStatus status() {
        Gate.State state = round.gateState();
        return new DeliveryStatus(
                DeliveryStatus.Frappe.valueOf(state.condition().name()),
                state.reason(),
                state.since(),
                state.closedUntil(clock.instant()).orElse(null),
                watch.lastDeliveryAt(),
                paused);
    }

    /**
     * Stops delivery in all processes within seconds, until a person resumes it; what is under way ends. Callbacks are
     * stored and acknowledged as ever, and so is what reconciliation finds.
     */
    public DeliveryPause.Begun pause(Actions.Request request) {
        synchronized (pauseLock) {
            DeliveryPause.Begun begun = pauses.pause(request);
            paused = begun.pause();
            return begun;
        }
    }

    /**
     * Goes on at once, in other processes within a second, and tries Frappe again whatever stood in the way. Returns the
     * pause that ended; empty if there was none.
     */
    public Optional<DeliveryPause.Paused> resume(Actions.Request request) {
        Optional<DeliveryPause.Paused> ended;
        synchronized (pauseLock) {
            ended = pauses.resume(request);
            paused = null;
        }
        if (ended.isPresent()) {
            resume();
        }
        return ended;
    }

    /** Tries Frappe again now, whatever stands in the way: someone has mended it, or wants to know. */
    public void resume() {
        round.reopen();
        urge();
    }

    /** Reads the site's zone and employees anew before the next punch goes, and proves the way anew. */
    public void rereadSite() {
        round.rereadSite();
        urge();
    }

    /** False only if the delivering thread has died, which nothing but a new process mends. */
    public boolean isAlive() {
        Thread worker = thread;
        return worker == null || worker.isAlive() || stopping;
    }

    private void wake() {
        lock.lock();
        try {
            newPunches = true;
            woken.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Ends any rest, as a person expects who has done something about its cause. */
    private void urge() {
        lock.lock();
        try {
            urged = true;
            woken.signal();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        while (!stopping) {
            try {
                nap(once());
            } catch (InterruptedException shutDown) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** One round; returns how long to rest, and whether a new punch may end the rest. */
    private Rest once() {
        Gate.State before = round.gateState();
        try {
            if (isPaused()) {
                return new Rest(LONGEST_NAP, false);
            }
            DeliveryRound.Next next = round.deliver();
            return rest(next);
        } catch (StorageException failed) {
            watch.storageFailed(String.valueOf(failed.getMessage()));
            return new Rest(AFTER_SURPRISE, false);
        } catch (RuntimeException surprise) {
            watch.roundFailed(surprise);
            return new Rest(AFTER_SURPRISE, false);
        } finally {
            watch.gateChanged(before, round.gateState());
        }
    }

    /** Asks the storage, since another process may have been told, or one before this. */
    private boolean isPaused() {
        DeliveryPause.Paused standing;
        synchronized (pauseLock) {
            standing = pauses.current().orElse(null);
            paused = standing;
        }
        if (standing == null) {
            remindedAt = null;
            return false;
        }
        Instant now = clock.instant();
        if (remindedAt == null || Duration.between(remindedAt, now).abs().compareTo(REMINDER) >= 0) {
            watch.stillPaused(standing.since());
            remindedAt = now;
        }
        return true;
    }

    private record Rest(Duration duration, boolean endsWithNewPunches) {}

    private Rest rest(DeliveryRound.Next next) {
        if (next instanceof DeliveryRound.Next.ClosedUntil closed) {
            Duration wait = Duration.between(clock.instant(), closed.instant());
            // In short naps: a clock that is stepped, or a person, may open the gate earlier.
            return new Rest(wait.compareTo(LONGEST_NAP) < 0 ? wait : LONGEST_NAP, false);
        }
        return next instanceof DeliveryRound.Next.Idle ? new Rest(LONGEST_NAP, true) : new Rest(Duration.ZERO, true);
    }

    private void nap(Rest rest) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = rest.duration().toNanos();
            while (left > 0 && !stopping && !urged && !(rest.endsWithNewPunches() && newPunches)) {
                left = woken.awaitNanos(left);
            }
            newPunches = false;
            urged = false;
        } finally {
            lock.unlock();
        }
    }
}
