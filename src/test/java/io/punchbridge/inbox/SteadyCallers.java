package io.punchbridge.inbox;

import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.punchbridge.gateway.CallbackDoor;
import io.punchbridge.gateway.DoorAnswer;
import io.punchbridge.gateway.DoorWatch;
import io.punchbridge.gateway.GatewaySettings;
import io.punchbridge.gateway.GatewaySettings.Credentials;
import io.punchbridge.punch.Connection;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.Devices;
import io.punchbridge.punch.Direction;
import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.PunchState;
import io.punchbridge.testing.Callbacks;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A gateway that never stops calling: each of a few connections brings a new punch as soon as its last was answered,
 * and once more if that was refused. Remembers what each answer said.
 */
final class SteadyCallers implements AutoCloseable {
    private static final int CONNECTIONS = 4;
    /** Generous: the machine that runs the tests may be busy. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Inbox inbox;
    private final CallbackDoor door;
    private final Clock clock;
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<DoorAnswer> answers = ConcurrentHashMap.newKeySet();
    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicInteger nextUser = new AtomicInteger();
    private final ExecutorService connections = Executors.newFixedThreadPool(CONNECTIONS);
    /** Fair: those who call without end would else never let in who waits to be alone. */
    private final ReentrantReadWriteLock calls = new ReentrantReadWriteLock(true);

    private volatile boolean ended;

    SteadyCallers(Inbox inbox, Clock clock) {
        this.inbox = inbox;
        this.clock = clock;
        Device device = new Device("head-office", Samples.DEVICE, Connection.NATIVE_PUSH, Direction.AS_SENT, null);
        GatewaySettings settings = new GatewaySettings(
                null, List.of(), List.of(new Credentials(device, null, "token", null)), Duration.ofSeconds(90), false);
        DoorWatch watch = new DoorWatch(new Devices(List.of(device)), new SimpleMeterRegistry(), clock);
        this.door = new CallbackDoor(settings, inbox, watch, () -> null, List.of(), clock);
        for (int i = 0; i < CONNECTIONS; i++) {
            connections.execute(this::call);
        }
    }

    /** Does something while no call is under way, so that what it does can't be mixed with what callers write. */
    void between(Runnable deed) {
        calls.writeLock().lock();
        try {
            deed.run();
        } finally {
            calls.writeLock().unlock();
        }
    }

    private void call() {
        while (!ended) {
            String user = Integer.toString(nextUser.getAndIncrement());
            while (!ended && !knock(user)) {
                refusals.incrementAndGet();
            }
        }
    }

    private boolean knock(String user) {
        calls.readLock().lock();
        try {
            return bring(user);
        } finally {
            calls.readLock().unlock();
        }
    }

    private boolean bring(String user) {
        String body = Callbacks.punch(Samples.DEVICE.value(), "token", user, "CheckIn", clock.instant());
        DoorAnswer answer = door.knock(body.getBytes(StandardCharsets.UTF_8), null)
                .toCompletableFuture()
                .join();
        answers.add(answer);
        return answer == DoorAnswer.DONE && acknowledged.add(user);
    }

    void awaitAcknowledgements() {
        int before = acknowledged.size();
        await("acknowledgements").atMost(PATIENCE).until(() -> acknowledged.size() >= before + 20);
    }

    void awaitRefusals() {
        int before = refusals.get();
        await("refusals").atMost(PATIENCE).until(() -> refusals.get() > before);
    }

    /** Ends the calls. Returns users whose punch was acknowledged and is not stored. */
    Set<String> lost() throws InterruptedException {
        ended = true;
        connections.shutdown();
        if (!connections.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("a call was not answered");
        }
        Set<String> lost = new TreeSet<>(acknowledged);
        PunchKey last = null;
        List<WaitingPunch> page = inbox.inState(PunchState.PENDING, null, 1000);
        while (!page.isEmpty()) {
            for (WaitingPunch stored : page) {
                lost.remove(stored.punch().user().value());
                last = stored.punch().key();
            }
            page = inbox.inState(PunchState.PENDING, last, 1000);
        }
        return lost;
    }

    /** Every kind of answer that was given. */
    Set<DoorAnswer> answers() {
        return Set.copyOf(answers);
    }

    @Override
    public void close() {
        ended = true;
        connections.shutdownNow();
    }
}
