package io.punchbridge.testing;

import io.punchbridge.inbox.Attempted;
import io.punchbridge.inbox.Inbox;
import io.punchbridge.inbox.Settlement;
import io.punchbridge.inbox.StorageException;
import io.punchbridge.inbox.Stored;
import io.punchbridge.inbox.StoredEvent;
import io.punchbridge.inbox.StoredPunch;
import io.punchbridge.inbox.WaitingPunch;
import io.punchbridge.punch.Arrival;
import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.PunchState;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What the door hands over, the last of it kept; the storage behind it can be made to fail. */
public final class RecordingInbox implements Inbox {
    private @Nullable Arrival last;
    private boolean failing;

    public void failing(boolean fails) {
        failing = fails;
    }

    /** What came since the last call, if anything. */
    public Optional<Arrival> take() {
        Optional<Arrival> taken = Optional.ofNullable(last);
        last = null;
        return taken;
    }

    @Override
    public CompletionStage<Stored> store(Arrival arrival) {
        if (failing) {
            return CompletableFuture.failedFuture(new StorageException("The disk is full."));
        }
        last = arrival;
        int punches = arrival.punches().size() + arrival.unreadable().size();
        return CompletableFuture.completedFuture(
                new Stored(punches, 0, arrival.events().size()));
    }

    @Override
    public void onNewPunches(Runnable listener) {
        throw notTheDoors();
    }

    @Override
    public List<WaitingPunch> claim(int limit) {
        throw notTheDoors();
    }

    @Override
    public void settle(Collection<Settlement> settlements, Collection<Attempted> attempts) {
        throw notTheDoors();
    }

    @Override
    public boolean renew(Collection<PunchKey> keys) {
        throw notTheDoors();
    }

    @Override
    public List<WaitingPunch> inState(PunchState state, @Nullable PunchKey after, int limit) {
        throw notTheDoors();
    }

    @Override
    public int release(Collection<PunchKey> keys, PunchState from) {
        throw notTheDoors();
    }

    @Override
    public Map<PunchState, Long> counts() {
        throw notTheDoors();
    }

    @Override
    public Optional<Instant> oldestPending() {
        throw notTheDoors();
    }

    @Override
    public Optional<StoredPunch> find(PunchKey key) {
        throw notTheDoors();
    }

    @Override
    public List<StoredEvent> recentEvents(int limit) {
        throw notTheDoors();
    }

    @Override
    public void remember(String name, String value) {
        throw notTheDoors();
    }

    @Override
    public Optional<String> recall(String name) {
        throw notTheDoors();
    }

    @Override
    public void probe() {
        throw notTheDoors();
    }

    private static UnsupportedOperationException notTheDoors() {
        return new UnsupportedOperationException("the door only stores");
    }
}
