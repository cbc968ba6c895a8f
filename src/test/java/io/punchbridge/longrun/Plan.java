package io.punchbridge.longrun;

import io.punchbridge.longrun.Machine.Kind;
import io.punchbridge.punch.Connection;
import io.punchbridge.punch.PunchType;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** All that will happen in the world, made up from a seed beforehand: it doesn't depend on what the service does. */
final class Plan {
    static final Instant BEGIN = Instant.parse("2026-09-01T00:00:00Z");
    static final Duration BEFORE_THAT = Duration.ofDays(2);
    static final int DAYS = Integer.getInteger("simulation.days", 90);
    static final Instant LAST_PUNCH = BEGIN.plus(Duration.ofDays(DAYS));
    /** Two days without a punch, in which all that was lost is found. */
    static final Instant END = LAST_PUNCH.plus(Duration.ofDays(2));

    static final int DEVICES = 50;
    static final int USERS_A_DEVICE = 10;
    static final int USERS = DEVICES * USERS_A_DEVICE;

    /** So many people at the devices whom Frappe never gets to know. */
    static final int STRANGERS = 3;

    private static final int FIRST_STRANGER = 9_001;

    private static final List<PunchType> TYPES = List.of(
            PunchType.CHECK_IN,
            PunchType.CHECK_OUT,
            PunchType.CHECK_IN,
            PunchType.CHECK_OUT,
            PunchType.BREAK_OUT,
            PunchType.BREAK_IN);

    /** A punch that will happen. */
    record Punching(Machine machine, Recorded punch, boolean isLost, boolean isRepeated) {}

    /** A time in which a device is not reached; what it records meanwhile is lost, or comes late. */
    record Outage(Machine machine, Instant from, Instant until, boolean losesAll, int statusCode) {
        boolean covers(Machine other, Instant instant) {
            return machine == other && !instant.isBefore(from) && instant.isBefore(until);
        }
    }

    private final Random random;
    private final List<Machine> machines = new ArrayList<>();
    private final List<Outage> outages = new ArrayList<>();
    private final Map<Integer, Instant> joins = new TreeMap<>();
    private final Set<Long> taken = new HashSet<>();

    Plan(long seed) {
        random = new Random(seed);
        for (int i = 0; i < DEVICES; i++) {
            machines.add(new Machine(kind(i)));
        }
        planOutages();
        for (int user = 7; user <= USERS; user += 40) {
            joins.put(user, BEGIN.plus(days(2 + random.nextInt(Math.max(1, DAYS - 10)))));
        }
    }

    private Kind kind(int i) {
        String name = String.format(Locale.ROOT, "gate-%02d", i + 1);
        // Every fifth is a busy door, whose log doesn't fit on a page.
        int punches = i % 5 == 4 ? 45 : 8 + random.nextInt(10);
        double loss = 0.05 + random.nextDouble() * 0.05;
        return switch (i) {
            case 0 -> new Kind(name, ZoneId.of("Europe/Berlin"), Connection.NATIVE_PUSH, punches, loss);
            case 1 -> new Kind(name, ZoneId.of("America/New_York"), Connection.DEVICE_SDK, punches, loss);
            case 2 -> new Kind(name, ZoneId.of("Africa/Nairobi"), Connection.DB_PULL, punches, loss);
            case 3 -> new Kind(name, ZoneId.of("Asia/Kathmandu"), Connection.NATIVE_PUSH, punches, loss);
            default -> new Kind(name, ZoneId.of("Africa/Nairobi"), Connection.NATIVE_PUSH, punches, loss);
        };
    }

    private void planOutages() {
        for (Machine machine : machines) {
            boolean isReliable = !machine.kind().isAskable() || random.nextInt(3) == 0;
            if (!isReliable && DAYS > 10) {
                int day = 1 + random.nextInt(DAYS - 9);
                Instant from = BEGIN.plus(days(day)).plusSeconds(random.nextInt(86_400));
                Instant until = from.plusSeconds(86_400 + random.nextInt(5 * 86_400));
                outages.add(new Outage(machine, from, until, random.nextInt(3) == 0, random.nextBoolean() ? 5 : 999));
            }
        }
    }

    static Duration days(int days) {
        return Duration.ofDays(days);
    }

    List<Machine> machines() {
        return machines;
    }

    List<Outage> outages() {
        return outages;
    }

    /** When users become known to Frappe who aren't from the beginning. */
    Map<Integer, Instant> joins() {
        return joins;
    }

    static boolean isStranger(int user) {
        return user >= FIRST_STRANGER;
    }

    /** What stands in the devices' logs already: nobody listened yet. */
    List<Punching> before() {
        List<Punching> punches = new ArrayList<>();
        Instant first = BEGIN.minus(BEFORE_THAT).plusSeconds(3_600);
        long seconds = BEFORE_THAT.toSeconds() - 7_200;
        for (Machine machine : machines) {
            int count = machine.kind().isAskable() ? machine.kind().punchesADay() : 0;
            for (int i = 0; i < count; i++) {
                Instant at = first.plusSeconds((long) (random.nextDouble() * seconds));
                int user = ownUser(machine);
                if (!joins.containsKey(user) && isAlone(user, at)) {
                    punches.add(new Punching(machine, new Recorded(user, type(), at), true, false));
                }
            }
        }
        punches.sort(Comparator.comparing(punching -> punching.punch().at()));
        return punches;
    }

    /** Nobody punches twice within three minutes then, so that no other program's check-in can be meant by two. */
    private boolean isAlone(int user, Instant at) {
        long minute = at.getEpochSecond() / 60;
        for (long near = minute - 3; near <= minute + 3; near++) {
            if (taken.contains(-(user * 100_000_000L + near))) {
                return false;
            }
        }
        taken.add(-(user * 100_000_000L + minute));
        return true;
    }

    /** What happens at the devices on one day (UTC), in the order of time. */
    List<Punching> day(Instant midnight) {
        List<Punching> punches = new ArrayList<>();
        for (Machine machine : machines) {
            Kind kind = machine.kind();
            int usual = kind.punchesADay() / 2 + random.nextInt(kind.punchesADay() + 1);
            int count = random.nextInt(60) == 0 ? usual * 3 : usual;
            for (int i = 0; i < count; i++) {
                add(punches, machine, midnight);
            }
        }
        punches.sort(Comparator.comparing(punching -> punching.punch().at()));
        return punches;
    }

    private void add(List<Punching> punches, Machine machine, Instant midnight) {
        // People work by day, but for the two places whose clocks change by night.
        boolean roundTheClock = machine == machines.get(0) || machine == machines.get(1);
        int second = roundTheClock ? random.nextInt(86_400) : 3 * 3_600 + random.nextInt(16 * 3_600);
        Instant at = midnight.plusSeconds(second);
        Recorded punch = new Recorded(user(machine), type(), at);
        if (!taken.add(punch.user() * 10_000_000_000L + at.getEpochSecond())) {
            return;
        }
        boolean isLost = outages.stream()
                .filter(outage -> outage.covers(machine, at))
                .findFirst()
                .map(Outage::losesAll)
                .orElseGet(() -> random.nextDouble() < machine.kind().lossRate());
        boolean isRepeated = random.nextInt(30) == 0;
        punches.add(new Punching(machine, punch, isLost, isRepeated));
        if (random.nextInt(250) == 0) {
            // Touched twice within a second: two rows of the log, one punch.
            punches.add(new Punching(machine, punch, isLost, false));
        }
    }

    private int user(Machine machine) {
        int chance = random.nextInt(400);
        if (chance == 0) {
            return FIRST_STRANGER + random.nextInt(STRANGERS);
        }
        return chance < 20 ? 1 + random.nextInt(USERS) : ownUser(machine);
    }

    private int ownUser(Machine machine) {
        return machines.indexOf(machine) * USERS_A_DEVICE + 1 + random.nextInt(USERS_A_DEVICE);
    }

    private PunchType type() {
        return TYPES.get(random.nextInt(TYPES.size()));
    }
}
