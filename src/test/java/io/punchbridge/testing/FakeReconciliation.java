package io.punchbridge.testing;

import io.punchbridge.inbox.History;
import io.punchbridge.inbox.Run;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.reconciliation.Reconciliation;
import io.quarkus.test.junit.QuarkusTestProfile;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reconciliation that does what a test says; in the place of the real one only under {@link Profile}. */
@Alternative
@Singleton
public class FakeReconciliation implements Reconciliation {
    /** Runs the application with it. */
    public static final class Profile implements QuarkusTestProfile {
        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(FakeReconciliation.class);
        }
    }

    /** What it was asked to load. */
    public record Asked(String device, LocalDate from, LocalDate to) {}

    private static final Instant BEGIN = Instant.parse("2026-10-01T00:00:00Z");
    private static final Instant END = Instant.parse("2026-11-01T00:00:00Z");

    private final List<Asked> asked = new ArrayList<>();
    private final Map<String, Deque<Run>> runs = new LinkedHashMap<>();
    private final List<String> cancelled = new ArrayList<>();
    private Started next = new Started.Refused("no test has said what comes of it");
    private @Nullable RuntimeException failure;
    private Runnable whenAsked = () -> {};

    public synchronized void reset() {
        asked.clear();
        runs.clear();
        cancelled.clear();
        failure = null;
        whenAsked = () -> {};
    }

    /** What the next start comes to. */
    public synchronized FakeReconciliation answers(Started started) {
        next = started;
        return this;
    }

    /** So many runs of one wish, each begun a second after the one before; the first of them has come furthest. */
    public synchronized FakeReconciliation showsWaiting(int many) {
        for (int i = 0; i < many; i++) {
            Run like = run("many-" + i, Run.State.RUNNING, i == 0 ? 3 : 0, null);
            runs.put(like.id(), new ArrayDeque<>(List.of(begun(like, BEGIN.plusSeconds(i)))));
        }
        return this;
    }

    private static Run begun(Run like, Instant at) {
        return new Run(
                like.id(),
                like.device(),
                like.triggerWord(),
                like.from(),
                like.until(),
                like.stateWord(),
                like.provenUntil(),
                like.reached(),
                like.windows(),
                like.windowsDone(),
                like.pages(),
                like.rows(),
                like.newPunches(),
                like.lostPunches(),
                like.unreadable(),
                like.errors(),
                at,
                at,
                like.endedAt(),
                like.reason());
    }

    /** What is seen of a run, one after the other; the last one stays. */
    public synchronized FakeReconciliation shows(Run... seen) {
        runs.put(seen[0].id(), new ArrayDeque<>(List.of(seen)));
        return this;
    }

    public synchronized FakeReconciliation fails(RuntimeException with) {
        failure = with;
        return this;
    }

    /** Runs when it is asked to load or to cancel, before it does. */
    public synchronized FakeReconciliation whenAsked(Runnable look) {
        whenAsked = look;
        return this;
    }

    public synchronized List<Asked> asked() {
        return List.copyOf(asked);
    }

    public synchronized List<String> cancelled() {
        return List.copyOf(cancelled);
    }

    /** A run of six windows over October 2026. */
    public static Run run(String id, Run.State state, int windowsDone, @Nullable String reason) {
        return new Run(
                id,
                new SerialNumber(TestSettings.SERIAL_NUMBER),
                Run.Trigger.PERSON,
                BEGIN,
                END,
                state,
                windowsDone == 6 ? END : BEGIN,
                windowsDone == 6 ? END : BEGIN,
                6,
                windowsDone,
                windowsDone * 4,
                windowsDone * 200L,
                windowsDone * 2L,
                windowsDone,
                0,
                0,
                BEGIN,
                BEGIN.plusSeconds(windowsDone),
                state == Run.State.RUNNING ? null : END,
                reason);
    }

    @Override
    public synchronized Started start(Device device, LocalDate from, LocalDate to) {
        whenAsked.run();
        if (failure != null) {
            throw failure;
        }
        asked.add(new Asked(device.name(), from, to));
        return next;
    }

    @Override
    public synchronized Optional<Run> run(String id) {
        Deque<Run> seen = runs.get(id);
        if (seen == null) {
            return Optional.empty();
        }
        return Optional.ofNullable(seen.size() > 1 ? seen.poll() : seen.peek());
    }

    @Override
    public synchronized List<Run> recent(int limit) {
        return runs.values().stream()
                .map(Deque::getFirst)
                .sorted((one, other) -> other.startedAt().compareTo(one.startedAt()))
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<Run> runs(@Nullable Device device, History.@Nullable Place after, int limit) {
        return recent(Integer.MAX_VALUE).stream()
                .filter(run -> device == null || run.device().equals(device.serialNumber()))
                .filter(run -> after == null || run.startedAt().isBefore(after.startedAt()))
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<Run> underWay() {
        return runs.values().stream()
                .map(Deque::getFirst)
                .filter(run -> run.state() == Run.State.RUNNING)
                .sorted(Comparator.comparing(Run::startedAt))
                .toList();
    }

    @Override
    public synchronized boolean cancel(String run) {
        whenAsked.run();
        cancelled.add(run);
        return run(run).map(found -> found.state() == Run.State.RUNNING).orElse(false);
    }
}
