package io.punchbridge.longrun;

import io.punchbridge.punch.Connection;
import io.punchbridge.punch.PunchKey;
import io.punchbridge.sandbox.SimulatedDevice;
import io.punchbridge.sandbox.SimulatedGateway;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A device of the world: all that it recorded, what became of each callback, and whether anybody reaches it. */
final class Machine {
    /**
     * What sort of device it is.
     *
     * @param punchesADay on average
     * @param lossRate share of its callbacks that never come
     */
    record Kind(String name, ZoneId zone, Connection connection, int punchesADay, double lossRate) {
        boolean isAskable() {
            return connection.answersRequests();
        }
    }

    private enum Line {
        UP,
        DOWN,
        /** Its callbacks come again; requests reach it once they are through. */
        COMING_UP
    }

    private final Kind kind;
    private final SimulatedDevice device;
    private final List<Recorded> log = new ArrayList<>();
    private final Set<PunchKey> called = new HashSet<>();
    private final List<Recorded> heldBack = new ArrayList<>();
    private Line line = Line.UP;
    private Instant upSince = Instant.MIN;

    Machine(Kind kind) {
        this.kind = kind;
        this.device = new SimulatedDevice(
                        kind.name(), "ZHM11" + kind.name(), "token-of-" + kind.name(), kind.zone(), "ST-" + kind.name())
                .connection(kind.connection());
    }

    Kind kind() {
        return kind;
    }

    SimulatedDevice device() {
        return device;
    }

    String serialNumber() {
        return device.serialNumber();
    }

    /** Recorded before anybody listened. */
    void recordInVain(SimulatedGateway gateway, Recorded punch) {
        log.add(punch);
        gateway.punchUnnoticed(device, punch.logged());
    }

    /** Recorded, and called back now, later or never. */
    void record(SimulatedGateway gateway, Recorded punch, boolean isLost) {
        log.add(punch);
        if (!isLost) {
            called.add(punch.key(device));
        }
        if (isLost || line == Line.DOWN) {
            gateway.punchUnnoticed(device, punch.logged());
        } else {
            gateway.punch(device, punch.logged());
        }
        if (!isLost && line == Line.DOWN) {
            heldBack.add(punch);
        }
    }

    /** @param statusCode what the gateway says of it meanwhile */
    void goDown(int statusCode) {
        line = Line.DOWN;
        device.offline(statusCode);
    }

    void comeUp(SimulatedGateway gateway) {
        line = Line.COMING_UP;
        heldBack.forEach(punch -> gateway.callBack(device, punch.logged()));
        heldBack.clear();
    }

    /** Lets requests through again, once all that the device had kept has been taken. */
    void openIfCaughtUp(SimulatedGateway gateway, Instant now) {
        if (line == Line.COMING_UP && gateway.waiting(device) == 0) {
            line = Line.UP;
            upSince = now;
            device.online();
        }
    }

    boolean isUpFor(Duration time, Instant now) {
        return line == Line.UP && !upSince.isAfter(now.minus(time));
    }

    boolean isDown() {
        return line == Line.DOWN;
    }

    /** Someone has the gateway send all of its log once more. */
    void resendAll(SimulatedGateway gateway) {
        log.forEach(punch -> called.add(punch.key(device)));
        gateway.resendAll(device);
    }

    /** In the order in which it was recorded. */
    List<Recorded> log() {
        return log;
    }

    /** Keys of what no callback brought, by when it was recorded. */
    Map<PunchKey, Instant> lost(Instant watchedSince) {
        Map<PunchKey, Instant> lost = new HashMap<>();
        for (Recorded punch : log) {
            PunchKey key = punch.key(device);
            if (!punch.at().isBefore(watchedSince) && !called.contains(key)) {
                lost.put(key, punch.at());
            }
        }
        return lost;
    }

    Map<LocalDate, Long> lostByDay(Instant watchedSince) {
        Map<LocalDate, Long> days = new TreeMap<>();
        lost(watchedSince).values().forEach(at -> days.merge(LocalDate.ofInstant(at, kind.zone()), 1L, Long::sum));
        return days;
    }

    /** Double touches counted once. */
    Set<PunchKey> keys() {
        Set<PunchKey> keys = new LinkedHashSet<>();
        log.forEach(punch -> keys.add(punch.key(device)));
        return keys;
    }

    @Override
    public String toString() {
        return kind.name();
    }
}
