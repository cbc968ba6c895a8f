package io.punchbridge.packaged;

import io.punchbridge.sandbox.SimulatedFrappe;
import io.punchbridge.testing.Callbacks;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * People who punch, and the gateway that carries it: several connections, each of which sends one punch again and again
 * until it is acknowledged, then the next. Now and then one that was acknowledged long ago is sent again, as "resend
 * all" does.
 */
final class PunchingStaff implements AutoCloseable {
    private static final ZoneId SITE = ZoneId.of("Africa/Nairobi");
    private static final String DONE = "{\"status\":\"done\"}";
    private static final int ONE_REPEAT_IN = 10;
    private static final Duration BEFORE_NEXT_TRY = Duration.ofMillis(20);

    /** A check-in as Frappe must come to hold it. */
    record Expected(String employee, LocalDateTime time, String logType) {
        static List<Expected> in(SimulatedFrappe frappe) {
            return frappe.checkins().stream()
                    .map(checkin -> new Expected(checkin.employee(), checkin.time(), checkin.logType()))
                    .toList();
        }
    }

    private record Sent(int user, Instant at, String type) {
        Expected expected() {
            return new Expected(
                    String.format(Locale.ROOT, "HR-EMP-%05d", user),
                    LocalDateTime.ofInstant(at, SITE),
                    type.equals("CheckIn") ? "IN" : "OUT");
        }
    }

    private final String serialNumber;
    private final String token;
    private final Instant firstPunch;
    private final Semaphore ration = new Semaphore(0);
    private final Object door = new Object();
    private @Nullable URI openDoor;
    private final Set<Expected> acknowledged = ConcurrentHashMap.newKeySet();
    private final Queue<String> surprises = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean leaving;

    /** @param firstPunch the first user's first punch; each next one of a user is a second later */
    PunchingStaff(String serialNumber, String token, Instant firstPunch, int connections, Random random) {
        this.serialNumber = serialNumber;
        this.token = token;
        this.firstPunch = firstPunch;
        for (int i = 0; i < connections; i++) {
            int user = i + 1;
            Random own = new Random(random.nextLong());
            Thread thread = new Thread(() -> punchOn(user, own), "staff-" + user);
            threads.add(thread);
            thread.start();
        }
    }

    /** From now on callbacks go there. */
    void open(URI callback) {
        synchronized (door) {
            openDoor = callback;
            door.notifyAll();
        }
    }

    /** Nobody knocks in vain until there is a door again. */
    void shut() {
        synchronized (door) {
            openDoor = null;
        }
    }

    /** Lets that many more punches happen. */
    void punch(int punches) {
        ration.release(punches);
    }

    /** Everything that was answered with {@code done}, which says that it is safe. */
    Set<Expected> acknowledged() {
        return Set.copyOf(acknowledged);
    }

    /** Answers that no good callback may ever get. */
    List<String> surprises() {
        return List.copyOf(surprises);
    }

    /** Everyone gets the punch acknowledged that is under way, and goes home. */
    void goHome() throws InterruptedException {
        leaving = true;
        ration.release(threads.size());
        for (Thread thread : threads) {
            thread.join(TimeUnit.SECONDS.toMillis(60));
            if (thread.isAlive()) {
                throw new IllegalStateException("a punch has not been acknowledged for a minute");
            }
        }
    }

    private void punchOn(int user, Random random) {
        List<Sent> sent = new ArrayList<>();
        try {
            ration.acquire();
            while (!leaving) {
                Instant at = firstPunch.plusSeconds(sent.size());
                Sent punch = new Sent(user, at, random.nextBoolean() ? "CheckIn" : "CheckOut");
                sendUntilAcknowledged(punch);
                sent.add(punch);
                if (random.nextInt(ONE_REPEAT_IN) == 0) {
                    sendUntilAcknowledged(sent.get(random.nextInt(sent.size())));
                }
                ration.acquire();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void sendUntilAcknowledged(Sent punch) throws InterruptedException {
        String body = Callbacks.punch(serialNumber, token, String.valueOf(punch.user()), punch.type(), punch.at());
        while (!isAcknowledged(body)) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        acknowledged.add(punch.expected());
    }

    private boolean isAcknowledged(String body) throws InterruptedException {
        URI callback = awaitDoor();
        try {
            HttpResponse<String> answer = Http.post(callback, body);
            if (answer.statusCode() == 200 && answer.body().equals(DONE)) {
                return true;
            }
            if (answer.statusCode() != 503) {
                surprises.add(answer.statusCode() + " " + answer.body());
            }
        } catch (UncheckedIOException noAnswer) {
            awaitOtherDoorThan(callback);
        }
        return false;
    }

    private URI awaitDoor() throws InterruptedException {
        synchronized (door) {
            while (openDoor == null) {
                door.wait();
            }
            return openDoor;
        }
    }

    /** Who got no answer waits a moment before the next try, unless there is a new door. */
    private void awaitOtherDoorThan(URI callback) throws InterruptedException {
        long until = System.nanoTime() + BEFORE_NEXT_TRY.toNanos();
        synchronized (door) {
            long left = BEFORE_NEXT_TRY.toNanos();
            while (callback.equals(openDoor) && left > 0) {
                TimeUnit.NANOSECONDS.timedWait(door, left);
                left = until - System.nanoTime();
            }
        }
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }
}
