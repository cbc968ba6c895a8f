package io.punchbridge.longrun;

import io.punchbridge.longrun.Deaths.Death;
import io.punchbridge.longrun.Deaths.Moment;
import io.punchbridge.sandbox.SimulatedFrappe;
import io.punchbridge.sandbox.SimulatedGateway;
import io.punchbridge.simulation.TimeFile;
import io.punchbridge.testing.TestSettings;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Moves time on, half an hour at a step, and lets everybody do at each step what is due: devices record, the gateway calls
 * back, the service stores, delivers, and reads devices' logs. Nobody is hurried: the next step comes when all have done
 * what they can do at that time, or are dead.
 */
final class Simulation implements AutoCloseable {
    static final Duration STEP = Duration.ofMinutes(30);
    /** A punch is called back up to a step after it was recorded. */
    static final Duration SETTLING = Duration.ofHours(1);

    /** After a trouble nobody is waited for, since doubts and back-offs end with time alone. */
    private static final Duration AFTER_TROUBLE = Duration.ofHours(2);

    private static final Duration A_MOMENT = Duration.ofMillis(200);

    private final TimeFile time;
    private final Plan plan;
    private final SimulatedFrappe frappe;
    private final SimulatedGateway gateway;
    private final GatewayTroubles gatewayTroubles;
    private final World world;
    private final Deaths deaths;
    private final Life life;
    private final Path storeFile;
    private @Nullable Store store;
    private @Nullable Death death;
    private Instant startAgainAt = Instant.MIN;
    private Instant upSince = Instant.MIN;
    private Instant troubledUntil = Instant.MIN;

    Simulation(Path directory, long seed) {
        Random seeds = new Random(seed);
        time = TimeFile.open(directory.resolve("time"));
        time.setNow(Plan.BEGIN);
        Clock clock = new WorldClock(time);
        plan = new Plan(seeds.nextLong());
        int port = TestSettings.freePort();
        frappe = new SimulatedFrappe(clock).timeZone(World.SITE).start();
        gatewayTroubles = new GatewayTroubles(clock, seeds.nextLong());
        gateway = new SimulatedGateway(clock, URI.create("http://127.0.0.1:" + port + "/cams/callback"))
                .repeatAfter(Duration.ofMillis(150))
                .start();
        gateway.api().latency(Duration.ZERO).judge(gatewayTroubles::judge);
        world = new World(plan, gateway, frappe, seeds.nextLong(), this::verifiedUntil);
        deaths = new Deaths(seeds.nextLong());
        storeFile = directory.resolve("punches.db");
        life = new Life(Settings.service(directory, port, frappe, gateway, plan, storeFile), time);
    }

    Plan plan() {
        return plan;
    }

    World world() {
        return world;
    }

    SimulatedFrappe frappe() {
        return frappe;
    }

    SimulatedGateway gateway() {
        return gateway;
    }

    GatewayTroubles gatewayTroubles() {
        return gatewayTroubles;
    }

    Life life() {
        return life;
    }

    Store store() {
        if (store == null) {
            throw new IllegalStateException("the service has not begun");
        }
        return store;
    }

    Instant now() {
        return time.now();
    }

    /** Since when the service runs without a break. */
    Instant upSince() {
        return upSince;
    }

    private Instant verifiedUntil(Machine machine) {
        try {
            Store.Range range = store().verified().get(machine.serialNumber());
            return range == null ? Plan.BEGIN : range.until();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Starts the service, and waits until it expects callbacks of every device. */
    void begin() throws Exception {
        life.begin();
        upSince = now();
        Store opened = new Store(storeFile);
        store = opened;
        Patience.until(
                () -> {
                    for (Machine machine : plan.machines()) {
                        if (opened.watchedSince(machine.serialNumber()).isEmpty()) {
                            return false;
                        }
                    }
                    return true;
                },
                () -> "The service doesn't watch all devices. It said:\n" + life.lastOutput());
    }

    /** Moves on by a step, or by as much as the service waits for in the middle of its work. */
    void step() throws Exception {
        Instant before = now();
        Instant next = before.plus(STEP);
        Instant waitedFor = time.waitingUntil();
        if (life.isUp() && waitedFor.isAfter(before) && waitedFor.isBefore(next)) {
            next = waitedFor;
        }
        time.setNow(next);
        if (world.passTo(next)) {
            troubledUntil = next.plus(AFTER_TROUBLE);
        }
        dieIfDue(next);
        letAllDoTheirWork(next);
        if (!life.isUp()) {
            rise(next);
        }
        world.settle(next);
    }

    private void dieIfDue(Instant now) {
        Death due = death == null && life.isUp() ? deaths.due(now) : null;
        if (due == null) {
            return;
        }
        death = due;
        if (due.moment() == Moment.AT_LOAD_LOG) {
            gatewayTroubles.at(due.request(), () -> life.endAfter(due.delay()));
        } else {
            life.endAfter(due.delay());
        }
    }

    private void rise(Instant now) throws Exception {
        Death died = death;
        if (died == null) {
            throw new AssertionError("The service ended by itself. It said:\n" + life.lastOutput());
        }
        if (startAgainAt.equals(Instant.MIN)) {
            startAgainAt = now.plus(died.gone());
        }
        if (now.isBefore(startAgainAt)) {
            return;
        }
        if (died.moment() == Moment.AT_START) {
            life.beginInVain(deaths.shortLife());
        }
        life.begin();
        death = null;
        startAgainAt = Instant.MIN;
        upSince = now;
        troubledUntil = now.plus(AFTER_TROUBLE);
        letAllDoTheirWork(now);
    }

    private void letAllDoTheirWork(Instant now) throws Exception {
        Patience.until(
                () -> !life.isUp() || (gateway.isDrained() && hasCaughtUp(now)),
                () ->
                        "At %s callbacks are taken: %s; the schedule has come to %s and waits for %s. The service said:%n%s"
                                .formatted(
                                        now,
                                        gateway.isDrained(),
                                        time.caughtUpTo(),
                                        time.waitingUntil(),
                                        life.lastOutput()));
        if (now.isBefore(troubledUntil)) {
            Patience.comesTrue(A_MOMENT, () -> !life.isUp() || !store().anyPending());
        } else {
            Patience.until(
                    () -> !life.isUp() || !store().anyPending(),
                    () -> "At " + now + " punches wait for delivery though Frappe is well. The service said:\n"
                            + life.lastOutput());
        }
    }

    /** Whether a run waits for time to pass, e.g. for the minute that the gateway wants between two requests. */
    boolean isInTheMiddleOfARun() {
        return life.isUp() && time.waitingUntil().isAfter(now());
    }

    private boolean hasCaughtUp(Instant now) {
        return !time.caughtUpTo().isBefore(now) || time.waitingUntil().isAfter(now);
    }

    @Override
    public void close() throws SQLException {
        life.close();
        if (store != null) {
            store.close();
        }
        gateway.close();
        frappe.close();
    }
}
