package io.punchbridge.inbox;

import io.punchbridge.punch.Arrival;
import io.punchbridge.punch.Punch;
import io.punchbridge.punch.SerialNumber;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** {@link History} in the tables beside the punches, so that a page and its figures share one transaction. */
final class SqlHistory implements History {
    private static final String LAST_ROUND = "reconciliation-round";

    private final SqlPunchStore store;
    private final Clock clock;
    private final Runnable newPunches;

    private SqlHistory(SqlPunchStore store, Clock clock, Runnable newPunches) {
        this.store = store;
        this.clock = clock;
        this.newPunches = newPunches;
    }

    /**
     * Ends at once what an earlier process left behind, where it is sure to be dead.
     *
     * @param newPunches called after each commit that brought new punches
     */
    static SqlHistory open(SqlPunchStore store, Clock clock, Runnable newPunches) {
        SqlHistory history = new SqlHistory(store, clock, newPunches);
        history.interruptDead();
        return history;
    }

    private RunRows runs(Handle handle) {
        return new RunRows(handle, store.me(), clock.instant());
    }

    @Override
    public void watch(Collection<SerialNumber> devices) {
        Instant now = clock.instant();
        store.write(handle -> {
            // In one order, so that replicas that start together don't wait for each other in a circle.
            devices.stream()
                    .sorted(Comparator.comparing(SerialNumber::value))
                    .forEach(device -> DeviceRows.watch(handle, device, now));
            return null;
        });
    }

    @Override
    public Optional<Instant> watchedSince(SerialNumber device) {
        return store.read(handle -> DeviceRows.watchedSince(handle, device));
    }

    @Override
    public Map<SerialNumber, Instant> awaitedSince() {
        Instant now = clock.instant();
        return store.read(handle -> {
            Instant first = RunRows.firstScheduled(handle, now).orElse(Instant.MIN);
            Map<SerialNumber, Instant> awaited = DeviceRows.watchedSince(handle);
            awaited.replaceAll((device, watched) -> watched.isAfter(first) ? watched : first);
            return Map.copyOf(awaited);
        });
    }

    @Override
    public Optional<Verified> verified(SerialNumber device) {
        return store.read(handle -> Optional.ofNullable(DeviceRows.verified(handle, device)))
                .filter(this::isBelieved);
    }

    private boolean isBelieved(Verified verified) {
        return !verified.until().isAfter(clock.instant());
    }

    @Override
    public Map<SerialNumber, Verified> verified() {
        return store.read(DeviceRows::verified).entrySet().stream()
                .filter(one -> isBelieved(one.getValue()))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public List<SerialNumber> forgetFuture() {
        boolean all = store.read(DeviceRows::verified).values().stream().allMatch(this::isBelieved);
        if (all) {
            return List.of();
        }
        return store.write(handle -> {
            List<SerialNumber> forgotten = new ArrayList<>();
            DeviceRows.verified(handle).forEach((device, verified) -> {
                if (!isBelieved(verified)) {
                    DeviceRows.forget(handle, device);
                    forgotten.add(device);
                }
            });
            return List.copyOf(forgotten);
        });
    }

    @Override
    public void assume(SerialNumber device, Instant until) {
        Instant now = clock.instant();
        store.write(handle -> {
            Verified before = believed(handle, device);
            if (!until.isAfter(now) && (before == null || until.isAfter(before.until()))) {
                Instant since = before == null ? until : before.since();
                DeviceRows.verify(handle, device, new Verified(since, until, null, now));
            }
            return null;
        });
    }

    private @Nullable Verified believed(Handle handle, SerialNumber device) {
        Verified stored = DeviceRows.verified(handle, device);
        return stored != null && isBelieved(stored) ? stored : null;
    }

    @Override
    public Begun begin(Plan plan) {
        Optional<Begun> begun = Optional.empty();
        while (begun.isEmpty()) {
            // Empty only if the other run ended between the two looks at it.
            begun = store.write(handle -> tryBegin(handle, plan));
        }
        return begun.get();
    }

    private Optional<Begun> tryBegin(Handle handle, Plan plan) {
        RunRows runs = runs(handle);
        runs.endDead(store.isAlone());
        String id = UUID.randomUUID().toString();
        if (runs.insert(id, plan)) {
            return RunRows.find(handle, id).map(Begun.Began::new);
        }
        return RunRows.underWay(handle, plan.device()).map(Begun.Busy::new);
    }

    @Override
    public Optional<Run> beginWithin(String run, Plan plan) {
        return store.write(handle -> {
            RunRows runs = runs(handle);
            if (runs.alive(run) != Signal.GO_ON) {
                return Optional.<Run>empty();
            }
            String id = UUID.randomUUID().toString();
            runs.insertWithin(run, id, plan);
            return RunRows.find(handle, id);
        });
    }

    @Override
    public Kept keep(String run, Page page) {
        Kept kept = store.write(handle -> {
            RunRows runs = runs(handle);
            Signal signal = runs.alive(run);
            return signal == Signal.OVER ? new Kept(signal, 0, 0) : keep(handle, runs, signal, run, page);
        });
        if (kept.newPunches() > 0) {
            newPunches.run();
        }
        return kept;
    }

    /** Some of a page's rows, apart from the others because they are counted apart. */
    private record Part(@Nullable LocalDate lostOn, Arrival arrival) {}

    private Kept keep(Handle handle, RunRows runs, Signal signal, String run, Page page) throws SQLException {
        SerialNumber device = RunRows.find(handle, run).orElseThrow().device();
        Instant watchedSince = DeviceRows.watchedSince(handle, device).orElse(Instant.MAX);
        List<Part> parts = parts(page, watchedSince);
        List<Stored> stored =
                store.append(handle, parts.stream().map(Part::arrival).toList());
        long newRows = 0;
        long lost = 0;
        for (int i = 0; i < parts.size(); i++) {
            int fresh = stored.get(i).newPunches();
            LocalDate day = parts.get(i).lostOn();
            newRows += fresh;
            if (day != null && fresh > 0) {
                lost += fresh;
                DeviceRows.countLost(handle, device, day, fresh);
            }
        }
        int unreadable = stored.get(stored.size() - 1).newPunches();
        runs.countPage(run, page.rows(), newRows, lost, unreadable, page.reached());
        return new Kept(signal, newRows, lost);
    }

    /** By the day, in order, what a callback should have brought; then the other punches; then what can't be read. */
    private static List<Part> parts(Page page, Instant watchedSince) {
        Map<LocalDate, List<Punch>> expected = new TreeMap<>();
        List<Punch> others = new ArrayList<>();
        for (Punch punch : page.arrival().punches()) {
            boolean shouldBeHere =
                    !punch.at().isBefore(watchedSince) && punch.at().isBefore(page.settledBefore());
            List<Punch> part = shouldBeHere
                    ? expected.computeIfAbsent(LocalDate.ofInstant(punch.at(), page.zone()), day -> new ArrayList<>())
                    : others;
            part.add(punch);
        }
        List<Part> parts = new ArrayList<>();
        expected.forEach((day, punches) -> parts.add(new Part(day, only(page, punches))));
        parts.add(new Part(null, only(page, others)));
        Arrival all = page.arrival();
        parts.add(
                new Part(null, new Arrival(all.source(), all.receivedAt(), List.of(), all.unreadable(), all.events())));
        return parts;
    }

    private static Arrival only(Page page, List<Punch> punches) {
        return new Arrival(page.arrival().source(), page.arrival().receivedAt(), punches, List.of(), List.of());
    }

    @Override
    public Signal failed(String run, String reason) {
        return store.write(handle -> {
            RunRows runs = runs(handle);
            runs.countError(run, reason);
            return runs.alive(run);
        });
    }

    @Override
    public Signal alive(String run) {
        return store.write(handle -> runs(handle).alive(run));
    }

    @Override
    public Signal whole(String run, WholeWindow window) {
        Instant now = clock.instant();
        return store.write(handle -> {
            RunRows runs = runs(handle);
            Signal signal = runs.alive(run);
            if (signal == Signal.OVER) {
                return signal;
            }
            runs.countWindow(run, window);
            Run walked = RunRows.find(handle, run).orElseThrow();
            Verified before = believed(handle, walked.device());
            Verified after = Verified.afterWindow(before, walked, window.settledUntil(), now);
            if (after != null && !after.equals(before)) {
                DeviceRows.verify(handle, walked.device(), after);
            }
            return signal;
        });
    }

    @Override
    public void end(String run, Run.State state, @Nullable String reason) {
        store.write(handle -> {
            runs(handle).end(run, state, reason);
            return null;
        });
    }

    @Override
    public boolean cancel(String run) {
        return store.write(handle -> runs(handle).cancel(run));
    }

    @Override
    public boolean isRoundDue(Instant now, Duration every) {
        return store.recall(LAST_ROUND)
                .map(Instant::parse)
                .filter(last -> !last.isAfter(now) && now.isBefore(last.plus(every)))
                .isEmpty();
    }

    @Override
    public void noteRound(Instant begun) {
        store.remember(LAST_ROUND, begun.toString());
    }

    @Override
    public int interruptDead() {
        return store.write(handle -> {
            RunRows runs = runs(handle);
            return runs.endDead(store.isAlone()) + runs.endOrphans();
        });
    }

    @Override
    public Optional<Run> run(String id) {
        return store.read(handle -> RunRows.find(handle, id));
    }

    @Override
    public List<Run> runs(@Nullable SerialNumber device, @Nullable Place after, int limit) {
        return store.read(handle -> RunRows.newestFirst(handle, device, after, limit));
    }

    @Override
    public List<Run> underWay() {
        return store.read(RunRows::underWay);
    }

    @Override
    public Map<LocalDate, Long> lostByDay(SerialNumber device) {
        return store.read(handle -> DeviceRows.lostByDay(handle, device));
    }

    @Override
    public Optional<Instant> lastCallback(SerialNumber device, Instant punchedAfter) {
        return store.read(handle -> DeviceRows.lastCallback(handle, device, punchedAfter));
    }

    @Override
    public int purgeRuns(Instant before, int limit) {
        return store.write(handle -> runs(handle).purge(before, limit));
    }

    @Override
    public int purgeLost(Instant before, int limit) {
        LocalDate day = LocalDate.ofInstant(before, ZoneOffset.UTC);
        return store.write(handle -> DeviceRows.purgeLost(handle, day, limit));
    }
}
