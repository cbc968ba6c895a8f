package io.punchbridge.inbox;

import io.punchbridge.inbox.ActionRows.Before;
import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.PunchState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** {@link Actions} in the tables beside the punches. A step locks its punches first, so that what it judges stays so. */
final class SqlActions implements Actions {
    private static final int PUNCHES_A_STEP = 500;
    /** As long as retention's. */
    private static final Duration PAUSE = Duration.ofMillis(50);

    private static final Set<PunchState> DISMISSED_FROM =
            Set.of(PunchState.HELD, PunchState.REJECTED, PunchState.QUARANTINED);

    /** Sorts behind every id. */
    private static final String BEHIND_IDS = ":";

    /** What waits for its delivery isn't an action's, and isn't locked: delivery locks in an order of its own. */
    private static final String FIND = """
            SELECT punch_key, state, reason, type FROM punch WHERE punch_key IN (<keys>) AND state <> 'PENDING'
            ORDER BY punch_key""";

    private static final String STATES = "SELECT punch_key, state FROM punch WHERE punch_key IN (<keys>)";

    private static final String DISMISS = """
            UPDATE punch SET state = 'IGNORED', reason = ?, settled_at = ? WHERE punch_key = ? AND state = '%s'""";

    private final SqlPunchStore store;
    private final Clock clock;
    private final Runnable newPunches;

    /** @param newPunches called after each step that made punches pending */
    SqlActions(SqlPunchStore store, Clock clock, Runnable newPunches) {
        this.store = store;
        this.clock = clock;
        this.newPunches = newPunches;
    }

    @Override
    public List<PunchKey> replayable(PunchFilter filter, int most) {
        PunchState[] states = filter.states().isEmpty()
                ? REPLAYED_BY_FILTER.toArray(PunchState[]::new)
                : filter.states().stream().filter(REPLAYED_BY_FILTER::contains).toArray(PunchState[]::new);
        PunchFilter narrowed = filter.in(states);
        FilterSql sql = FilterSql.timed(narrowed, null);
        return store.read(handle -> {
            List<PunchKey> keys = new ArrayList<>();
            for (PunchState state : states) {
                for (Lane lane : Lane.of(Set.of(state))) {
                    keys.addAll(sql.rows(handle, lane, "punch_key", " AND type IS NOT NULL", null, most)
                            .map((row, context) -> new PunchKey(row.getString("punch_key")))
                            .list());
                }
            }
            return keys.stream()
                    .sorted((one, other) -> other.value().compareTo(one.value()))
                    .limit(most)
                    .toList();
        });
    }

    @Override
    public Outcome replay(Collection<PunchKey> keys, Set<PunchState> from, Request request) {
        return inSteps(Kind.REPLAY, keys, request, before -> whyNotReplayed(before, from), this::release);
    }

    @Override
    public Outcome dismiss(Collection<PunchKey> keys, Request request) {
        return inSteps(
                Kind.DISMISS,
                keys,
                request,
                before -> DISMISSED_FROM.contains(before.state()) ? null : Why.OTHER_STATE,
                (handle, state, changed) -> ignore(handle, state, changed, request));
    }

    private static @Nullable Why whyNotReplayed(Before before, Set<PunchState> from) {
        if (!from.contains(before.state())) {
            return Why.OTHER_STATE;
        }
        return before.readable() ? null : Why.UNREADABLE;
    }

    /** Changes punches of one state; returns how many. */
    @FunctionalInterface
    private interface Effect {
        int on(Handle handle, PunchState state, List<PunchKey> keys);
    }

    private int release(Handle handle, PunchState state, List<PunchKey> keys) {
        return store.release(handle, keys, state);
    }

    private int ignore(Handle handle, PunchState state, List<PunchKey> keys, Request request) {
        long now = clock.instant().toEpochMilli();
        String reason = Rows.text(DISMISSED + request.why());
        PreparedBatch batch = handle.prepareBatch(DISMISS.formatted(state));
        keys.forEach(key -> batch.add(reason, now, key.value()));
        int ignored = 0;
        for (int rowCount : batch.execute()) {
            ignored += rowCount;
        }
        return ignored;
    }

    private Outcome inSteps(
            Kind kind,
            Collection<PunchKey> keys,
            Request request,
            Function<Before, @Nullable Why> judge,
            Effect effect) {
        List<PunchKey> inOrder = keys.stream()
                .map(PunchKey::value)
                .distinct()
                .sorted()
                .map(PunchKey::new)
                .toList();
        if (inOrder.isEmpty()) {
            return new Outcome(null, 0, List.of());
        }
        Action begun = begun(kind, request, inOrder.size());
        int changed = 0;
        List<Left> left = new ArrayList<>();
        for (int start = 0; start < inOrder.size(); start += PUNCHES_A_STEP) {
            if (start > 0) {
                LockSupport.parkNanos(PAUSE.toNanos());
            }
            List<PunchKey> part = inOrder.subList(start, Math.min(start + PUNCHES_A_STEP, inOrder.size()));
            Step step = store.write(handle -> step(handle, begun, part, judge, effect));
            changed += step.changed();
            left.addAll(step.left());
            if (kind == Kind.REPLAY && step.changed() > 0) {
                newPunches.run();
            }
        }
        return new Outcome(begun.id(), changed, List.copyOf(left));
    }

    private record Step(int changed, List<Left> left) {}

    private Step step(
            Handle handle, Action begun, List<PunchKey> keys, Function<Before, @Nullable Why> judge, Effect effect) {
        Map<PunchKey, Before> found = found(handle, keys);
        Map<PunchKey, PunchState> others = states(
                handle, keys.stream().filter(key -> !found.containsKey(key)).toList());
        List<Left> left = new ArrayList<>();
        Map<PunchState, List<Before>> taken = new EnumMap<>(PunchState.class);
        for (PunchKey key : keys) {
            Before before = found.get(key);
            if (before == null) {
                PunchState other = others.get(key);
                left.add(new Left(key, other == null ? Why.UNKNOWN : Why.OTHER_STATE, other));
                continue;
            }
            Why why = judge.apply(before);
            if (why == null) {
                taken.computeIfAbsent(before.state(), first -> new ArrayList<>())
                        .add(before);
            } else {
                left.add(new Left(key, why, before.state()));
            }
        }
        Changes changes = new Changes();
        PunchState to = begun.kind() == Kind.REPLAY ? PunchState.PENDING : PunchState.IGNORED;
        taken.forEach((state, some) -> {
            int number = effect.on(handle, state, some.stream().map(Before::key).toList());
            if (number != some.size()) {
                throw new IllegalStateException(
                        "Punches that were locked have changed, so nothing of this step was kept.");
            }
            changes.add(state, -number);
            changes.add(to, number);
        });
        List<Before> changed = taken.values().stream().flatMap(List::stream).toList();
        Action step = new Action(
                begun.id(),
                begun.kindWord(),
                begun.begunAt(),
                begun.request(),
                begun.wanted(),
                changed.size(),
                left.size());
        ActionRows.keep(handle, step, changed);
        changes.write(handle, store.countSlot());
        return new Step(changed.size(), left);
    }

    /** Those that aren't pending; locks them, in the order of their keys, where others could be at them. */
    private Map<PunchKey, Before> found(Handle handle, List<PunchKey> keys) {
        return handle
                .createQuery(store.isAlone() ? FIND : FIND + " FOR UPDATE")
                .bindList("keys", keys.stream().map(PunchKey::value).toList())
                .map((row, context) -> new Before(
                        new PunchKey(row.getString("punch_key")),
                        PunchState.valueOf(row.getString("state")),
                        row.getString("reason"),
                        row.getString("type") != null))
                .stream()
                .collect(Collectors.toMap(Before::key, Function.identity()));
    }

    private static Map<PunchKey, PunchState> states(Handle handle, List<PunchKey> keys) {
        if (keys.isEmpty()) {
            return Map.of();
        }
        return handle
                .createQuery(STATES)
                .bindList("keys", keys.stream().map(PunchKey::value).toList())
                .map((row, context) ->
                        Map.entry(new PunchKey(row.getString("punch_key")), PunchState.valueOf(row.getString("state"))))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public String note(Kind kind, Request request) {
        Action action = begun(kind, request, 0);
        store.write(handle -> {
            ActionRows.keep(handle, action, List.of());
            return null;
        });
        return action.id();
    }

    @Override
    public void conclude(String action, String outcome) {
        store.write(handle -> {
            ActionRows.conclude(handle, action, outcome);
            return null;
        });
    }

    private Action begun(Kind kind, Request request, long wanted) {
        Instant now = clock.instant();
        return new Action(ActionRows.newId(now), kind, now, request, wanted, 0, 0);
    }

    @Override
    public List<Action> recent(@Nullable String before, int limit) {
        return store.read(handle -> ActionRows.recent(handle, before == null ? BEHIND_IDS : before, limit));
    }

    @Override
    public int purge(Instant before, int limit) {
        return store.write(handle -> ActionRows.purge(handle, ActionRows.before(before), limit));
    }
}
