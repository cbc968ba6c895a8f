package io.punchbridge.api;

import io.punchbridge.api.LiveChange.Punches;
import io.punchbridge.api.LiveChange.StillThere;
import io.punchbridge.api.LiveListeners.Listener;
import io.punchbridge.inbox.Inbox;
import io.punchbridge.inbox.PunchFilter;
import io.punchbridge.inbox.PunchSearch;
import io.punchbridge.inbox.StorageException;
import io.punchbridge.punch.PunchState;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.inject.Inject;
import jakarta.ws.rs.WebApplicationException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Tells whoever listens when punches came or changed their states, twice a second at most. As long as somebody listens one
 * thread looks: at once after what this process stored, else every two seconds, which finds what delivery and other
 * replicas did. It hands on and never waits for anybody: a listener who doesn't keep up gets the newest alone. While nobody
 * listens, there is no thread and no look. Nobody listens for ever: after a while a stream ends, so that who may look no more
 * is not told for as long as the connection lasts.
 */
@ApplicationScoped
class LiveChanges {
    private static final Logger LOG = Logger.getLogger(LiveChanges.class);

    private static final int NEWEST = 10;
    private static final int BEFORE_OTHERS = 10;
    private static final long STOP_SECONDS = 5;

    /**
     * @param step between two looks at most so often
     * @param unprompted every so many steps a look is taken with nothing that asks for it
     * @param silent after so many steps of silence something is said
     */
    record Pace(Duration step, int unprompted, int silent) {
        static final Pace USUAL = new Pace(Duration.ofMillis(500), 4, 30);
    }

    private final Inbox inbox;
    private final PunchSearch search;
    private final Clock clock;
    private final Pace pace;
    private final ScheduledThreadPoolExecutor looker;
    private final Thread atEnd = new Thread(this::end, "live-changes-end");
    private final LiveListeners listeners = new LiveListeners();
    private @Nullable Future<?> looking;
    private volatile boolean prompted;

    // Of the looking thread alone.
    private long sequence;
    private int steps;
    private int silence;
    private boolean failing;
    private @Nullable Punches last;
    /** The last one that all were told; who has just come may know a later one. */
    private @Nullable Punches told;

    @Inject
    public LiveChanges(Inbox inbox, PunchSearch search, Clock clock) {
        this(inbox, search, clock, Pace.USUAL);
    }

    LiveChanges(Inbox inbox, PunchSearch search, Clock clock, Pace pace) {
        this.inbox = inbox;
        this.search = search;
        this.clock = clock;
        this.pace = pace;
        this.sequence = clock.millis();
        this.looker = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "live-changes");
            thread.setDaemon(true);
            return thread;
        });
        looker.setRemoveOnCancelPolicy(true);
        looker.setKeepAliveTime(10, TimeUnit.SECONDS);
        looker.allowCoreThreadTimeOut(true);
        inbox.onNewPunches(this::prompt);
        // Quarkus waits for requests that are under way before it says that it stops; these would be for ever.
        try {
            Runtime.getRuntime().addShutdownHook(atEnd);
        } catch (IllegalStateException ending) {
            // Somebody came while the service stops.
            listeners.close();
        }
    }

    /**
     * How punches stand at once, and then after each change, until the listener goes, {@link LiveListeners#LONGEST} is over
     * or the service stops.
     *
     * @param who the person's name
     * @throws WebApplicationException with an answer of status 503 where there is no room for anybody, of 429 where there
     *     is none more for this one
     */
    public Multi<LiveChange> listen(String who) {
        listeners.requireRoomFor(who);
        return Multi.createFrom()
                .<LiveChange>emitter(to -> add(new Listener(who, clock.instant(), to)), BackPressureStrategy.LATEST);
    }

    /** Has a look taken soon; returns at once. */
    void prompt() {
        prompted = true;
    }

    /** How many listen now. */
    int listeners() {
        return listeners.number();
    }

    /** Whether looks are taken. */
    boolean isLooking() {
        synchronized (listeners) {
            return looking != null;
        }
    }

    /** Tells everybody that it is over, and takes no one any more. */
    void end() {
        listeners.close();
    }

    // Where nobody has ever listened there is nothing to end, and nothing is made for it.
    void stop(@Observes(notifyObserver = Reception.IF_EXISTS) @Priority(BEFORE_OTHERS) ShutdownEvent event)
            throws InterruptedException {
        end();
        looker.shutdown();
        if (!looker.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("A look at how punches stand hasn't come to its end; the storage is closed all the same.");
        }
        try {
            Runtime.getRuntime().removeShutdownHook(atEnd);
        } catch (IllegalStateException ending) {
            // it runs
        }
    }

    private void add(Listener listener) {
        boolean added;
        synchronized (listeners) {
            added = listeners.add(listener);
            if (added) {
                looker.execute(() -> welcome(listener));
                if (looking == null) {
                    long millis = pace.step().toMillis();
                    looking = looker.scheduleWithFixedDelay(this::step, millis, millis, TimeUnit.MILLISECONDS);
                }
            }
        }
        if (added) {
            listener.to().onTermination(() -> remove(listener));
        } else {
            // Somebody took the last place meanwhile. Whoever comes back is told so.
            listener.to().complete();
        }
    }

    private void remove(Listener listener) {
        synchronized (listeners) {
            listeners.remove(listener);
            if (listeners.number() == 0 && looking != null) {
                looking.cancel(false);
                looking = null;
            }
        }
    }

    private void welcome(Listener listener) {
        guarded(() -> {
            Punches now = look();
            listener.to().emit(now);
            told = told == null ? now : told;
        });
    }

    private void step() {
        guarded(() -> listeners.endOld(clock.instant()));
        steps++;
        silence++;
        if (prompted || steps >= pace.unprompted()) {
            guarded(this::lookForChanges);
        }
        if (silence >= pace.silent()) {
            tell(new StillThere());
        }
    }

    private void lookForChanges() {
        steps = 0;
        // Lowered before the look: what comes during it asks for another one.
        prompted = false;
        Punches now = look();
        if (!now.equals(told)) {
            tell(now);
            told = now;
        }
    }

    /** The same object as the last one, if nothing has changed. */
    private Punches look() {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (Map.Entry<PunchState, Long> count : inbox.counts().entrySet()) {
            counts.put(FilterReader.word(count.getKey()), count.getValue());
        }
        List<String> newest = search.page(PunchFilter.ALL, null, NEWEST).punches().stream()
                .map(punch -> punch.key().value())
                .toList();
        Punches known = last;
        if (known == null || !known.punches().equals(counts) || !known.newest().equals(newest)) {
            sequence++;
            known = new Punches(Long.toString(sequence), Collections.unmodifiableMap(counts), newest);
            last = known;
        }
        return known;
    }

    private void tell(LiveChange change) {
        silence = 0;
        for (Listener listener : listeners.all()) {
            // Whoever hasn't taken the last one yet needs no sign of life, and must not get it in that one's place.
            if (change instanceof Punches || listener.to().requested() > 0) {
                listener.to().emit(change);
            }
        }
    }

    private void guarded(Runnable look) {
        try {
            look.run();
            failing = false;
        } catch (StorageException failed) {
            prompted = true;
            if (!failing) {
                LOG.warnf(
                        "Those who listen to changes aren't told any for now, as the storage can't be asked: %s",
                        failed.getMessage());
            }
            failing = true;
        } catch (RuntimeException failed) {
            // A periodic task that throws is never run again.
            LOG.error("Those who listen to changes miss one, as looking for it failed.", failed);
        }
    }
}
