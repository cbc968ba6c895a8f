package io.punchbridge.attendance;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.punchbridge.frappe.AttendanceSite;
import io.punchbridge.frappe.FrappeAnswer;
import io.punchbridge.frappe.SitesOutsideQuarkus;
import io.punchbridge.frappe.WallClock;
import io.punchbridge.inbox.History;
import io.punchbridge.inbox.OpenPunches;
import io.punchbridge.inbox.OpenPunches.Open;
import io.punchbridge.inbox.Run;
import io.punchbridge.inbox.Settlement;
import io.punchbridge.inbox.StoreOnDisk;
import io.punchbridge.inbox.Verified;
import io.punchbridge.inbox.WaitingPunch;
import io.punchbridge.punch.Arrival;
import io.punchbridge.punch.Connection;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.Devices;
import io.punchbridge.punch.Direction;
import io.punchbridge.punch.Punch;
import io.punchbridge.punch.PunchDetails;
import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.PunchState;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.Source;
import io.punchbridge.punch.UnreadablePunch;
import io.punchbridge.punch.UserId;
import io.punchbridge.sandbox.SimulatedFrappe;
import io.punchbridge.sandbox.SimulatedShift;
import io.punchbridge.testing.SettableClock;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Two weeks of a small site, in steps of ten minutes: people punch; callbacks come late or never; a device's log is loaded,
 * or the attempt breaks off; Frappe is away; a punch is refused until somebody mends it, another belongs to nobody at
 * first, a third can't be read; the process dies anywhere, and rows come in between any two looks. HRMS runs all the time.
 * Everything follows from one seed.
 */
final class AttendanceWorld implements AutoCloseable {
    static final int DAYS = 12;
    static final String DAY_SHIFT = "Early";
    static final String NIGHT_SHIFT = "Late";

    private static final LocalDate FIRST_DAY = LocalDate.of(2026, 10, 19);
    private static final List<ZoneId> ZONES =
            List.of(ZoneId.of("Africa/Nairobi"), ZoneId.of("Europe/Berlin"), ZoneId.of("America/St_Johns"));
    private static final Duration STEP = Duration.ofMinutes(10);
    private static final Duration SETTLING = Duration.ofMinutes(15);
    private static final Duration MARGIN = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofDays(5);
    private static final int DAY_PEOPLE = 4;
    private static final int NIGHT_PEOPLE = 2;

    /** What this world's watermark is told instead of the truth; each is a condition of the watermark taken out. */
    enum Lie {
        NONE,
        NOTHING_IS_PENDING,
        NOTHING_IS_HELD,
        NOTHING_IS_REJECTED,
        EVERY_DEVICE_IS_VERIFIED,
        ONE_DEVICE_IS_VERIFIED,
        PROOF_BEGINS_EARLY_ENOUGH
    }

    /** The process died; nobody catches that. */
    private static final class Death extends Error {
        Death() {
            super("died");
        }
    }

    /** @param callbackAt null if no callback ever brings it */
    private record Recorded(
            Punch punch,
            int person,
            LocalDate day,
            @Nullable Instant callbackAt) {}

    private final Path directory;
    private final Random random;
    private final Lie lie;
    private final ZoneId zone;
    private final SettableClock clock;
    private final Instant end;
    private final Instant watchedFrom;
    private final Instant loadedByHandAt;
    private final Instant idKnownAt;
    private final List<Device> devices = List.of(device("north"), device("south"));
    private final List<Recorded> recorded;
    private final Set<Work> worked = new HashSet<>();
    private final Set<PunchKey> toBeReplayed = new HashSet<>();
    private final SimulatedFrappe frappe;
    private final AttendanceSite site;
    private final Instant deadFrom;
    private final Instant deadUntil;
    private StoreOnDisk store;
    private WatermarkRound watermark;
    private final Set<String> undue = new TreeSet<>();
    private boolean calm;
    private boolean loadedByHand;
    private int deaths;
    private int moves;

    /** Somebody was at work on the shift of a day. */
    private record Work(int person, LocalDate day) {}

    AttendanceWorld(Path directory, long seed, Lie lie) {
        this.directory = directory;
        this.random = new Random(seed);
        this.lie = lie;
        this.zone = ZONES.get(random.nextInt(ZONES.size()));
        this.clock = new SettableClock(FIRST_DAY.atStartOfDay(zone).toInstant());
        this.end = FIRST_DAY.plusDays(DAYS).atStartOfDay(zone).toInstant();
        this.watchedFrom = FIRST_DAY.plusDays(2).atTime(3, 0).atZone(zone).toInstant();
        this.loadedByHandAt = FIRST_DAY
                .plusDays(4 + random.nextInt(2))
                .atTime(10, 0)
                .atZone(zone)
                .toInstant();
        this.idKnownAt = FIRST_DAY.plusDays(5).atTime(18, 0).atZone(zone).toInstant();
        this.deadFrom = FIRST_DAY.plusDays(7).atTime(12, 0).atZone(zone).toInstant();
        this.deadUntil = deadFrom.plus(Duration.ofHours(20 + random.nextInt(30)));
        this.recorded = record();
        this.frappe = new SimulatedFrappe(clock)
                .timeZone(zone)
                .addEmployees(DAY_PEOPLE + NIGHT_PEOPLE)
                .start();
        frappe.addShift(SimulatedShift.named(DAY_SHIFT).processAfter(FIRST_DAY));
        frappe.addShift(SimulatedShift.named(NIGHT_SHIFT)
                .hours(LocalTime.of(22, 0), LocalTime.of(6, 0))
                .processAfter(FIRST_DAY));
        for (int person = 1; person <= DAY_PEOPLE + NIGHT_PEOPLE; person++) {
            frappe.assignShift(employee(person), isNight(person) ? NIGHT_SHIFT : DAY_SHIFT);
        }
        frappe.removeShift(SimulatedFrappe.DAY_SHIFT);
        this.site = mortal(AttendanceSite.class, SitesOutsideQuarkus.attendance(frappe, clock));
        this.store = StoreOnDisk.open(directory, clock);
        this.watermark = watermark();
    }

    private static Device device(String name) {
        return new Device(name, new SerialNumber("SN-" + name), Connection.NATIVE_PUSH, Direction.AS_SENT, null);
    }

    private static String employee(int person) {
        return "HR-EMP-%05d".formatted(person);
    }

    private static boolean isNight(int person) {
        return person > DAY_PEOPLE;
    }

    private List<Recorded> record() {
        List<Recorded> all = new ArrayList<>();
        for (int dayNumber = 0; dayNumber < DAYS; dayNumber++) {
            for (int person = 1; person <= DAY_PEOPLE + NIGHT_PEOPLE; person++) {
                if (random.nextInt(100) < 85) {
                    LocalDate day = FIRST_DAY.plusDays(dayNumber);
                    worked.add(new Work(person, day));
                    LocalDateTime start = day.atTime(isNight(person) ? 22 : 9, 0);
                    LocalDateTime stop = start.plusHours(isNight(person) ? 8 : 9);
                    all.add(recorded(person, day, start.plusMinutes(random.nextInt(30) - 20), "CheckIn"));
                    all.add(recorded(person, day, stop.plusMinutes(random.nextInt(45) - 5), "CheckOut"));
                }
            }
        }
        all.sort(Comparator.comparing(one -> one.punch().at()));
        return all;
    }

    private Recorded recorded(int person, LocalDate day, LocalDateTime wallTime, String type) {
        Instant at = wallTime.plusSeconds(random.nextInt(60)).atZone(zone).toInstant();
        SerialNumber device = devices.get(random.nextInt(devices.size())).serialNumber();
        Punch punch = Punch.of(device, new UserId(Integer.toString(person)), at, type, PunchDetails.NONE);
        int fate = random.nextInt(100);
        Instant callbackAt = at.plusSeconds(random.nextInt(30));
        if (fate >= 90 || at.isBefore(watchedFrom)) {
            callbackAt = null;
        } else if (fate >= 75) {
            callbackAt = at.plus(Duration.ofMinutes(random.nextInt(20 * 60)));
        }
        return new Recorded(punch, person, day, callbackAt);
    }

    ZoneId zone() {
        return zone;
    }

    int deaths() {
        return deaths;
    }

    int moves() {
        return moves;
    }

    /** Lives to its end, or until somebody was wronged; says whom. */
    Set<String> live() {
        Set<String> wrongs = wrongs();
        while (!isOver() && wrongs.isEmpty()) {
            step();
            wrongs = wrongs();
        }
        return wrongs;
    }

    private boolean isOver() {
        return !clock.instant().isBefore(end.plus(Duration.ofDays(3)));
    }

    /** Ten minutes. */
    void step() {
        clock.forward(STEP);
        Instant now = clock.instant();
        if (now.isBefore(watchedFrom)) {
            return;
        }
        living(this::callbacks);
        living(this::garbage);
        if (chance(15)) {
            living(this::loadLogs);
        }
        if (!loadedByHand && now.isAfter(loadedByHandAt)) {
            living(this::loadByHand);
        }
        if (chance(70)) {
            living(this::deliver);
        }
        if (chance(3)) {
            living(this::replay);
        }
        if (now.isAfter(idKnownAt) && chance(20)) {
            living(() -> store.release(store.keysIn(PunchState.HELD), PunchState.HELD));
        }
        if (chance(40)) {
            living(this::lookAtWatermark);
        }
        frappe.runScheduledHourly();
    }

    private void lookAtWatermark() {
        calm = chance(25);
        watermark.run();
        for (int again = 0; calm && again < 3; again++) {
            // A punch between two shifts holds the later one back until the earlier one is let go, a round long.
            watermark.run();
        }
        if (calm && lie == Lie.NONE) {
            for (SimulatedShift shift : frappe.shifts()) {
                firstOpen(shift)
                        .filter(day -> isProven(shift, day))
                        .ifPresent(day -> undue.add(shift.name() + " of " + day + " is proven at " + clock.instant()
                                + ", and HRMS isn't given it"));
            }
        }
        calm = false;
    }

    /** The first day that HRMS has not been given, of those that are over. */
    private Optional<LocalDate> firstOpen(SimulatedShift shift) {
        LocalDateTime lastSync = shift.lastSync();
        return FIRST_DAY
                .datesUntil(FIRST_DAY.plusDays(DAYS))
                .filter(day -> lastSync == null || !shift.on(day).actualEnd().isBefore(lastSync))
                .findFirst();
    }

    private boolean isProven(SimulatedShift shift, LocalDate day) {
        // The day before counts too: who has no check-in of it is marked Absent only with this one.
        LocalDate from = day.equals(FIRST_DAY) ? day : day.minusDays(1);
        Instant opens = shift.on(from).actualStart().atZone(zone).toInstant();
        Instant closes = shift.on(day).actualEnd().atZone(zone).toInstant().plusSeconds(1);
        boolean verified = devices.stream().allMatch(device -> {
            Verified known = store.history().verified().get(device.serialNumber());
            return known != null
                    && !known.since().isAfter(opens)
                    && !known.until().minus(MARGIN).isBefore(closes);
        });
        return verified
                && open().stream()
                        .filter(one -> !one.holdsFrom(opens).isBefore(opens)
                                && one.holdsFrom(opens).isBefore(closes))
                        .allMatch(one -> one.state() != PunchState.PENDING
                                && one.state() != PunchState.REJECTED
                                && !one.receivedAt().isAfter(clock.instant().minus(PATIENCE)));
    }

    private List<Open> open() {
        Instant now = clock.instant();
        return store.openPunches()
                .oldest(
                        OpenPunches.Whose.allBut(Set.of()),
                        FIRST_DAY.minusDays(9).atStartOfDay(zone).toInstant(),
                        now,
                        now,
                        1000);
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private void living(Runnable work) {
        try {
            work.run();
        } catch (Death death) {
            deaths++;
            store.close();
            store = StoreOnDisk.open(directory, clock);
            watermark = watermark();
        }
    }

    private void mayDie() {
        if (random.nextInt(1000) < 15) {
            throw new Death();
        }
    }

    private void callbacks() {
        Instant now = clock.instant();
        List<Punch> due = recorded.stream()
                .filter(one -> one.callbackAt() != null
                        && one.callbackAt().isAfter(now.minus(STEP))
                        && !one.callbackAt().isAfter(now))
                .map(Recorded::punch)
                .filter(punch -> !isOffLine(punch.device()))
                .toList();
        if (!due.isEmpty()) {
            store.append(new Arrival(Source.CALLBACK, now, due, List.of(), List.of()));
        }
    }

    /** Once something comes that nobody can read. */
    private void garbage() {
        Instant now = clock.instant();
        Instant at = FIRST_DAY.plusDays(3).atTime(12, 0).atZone(zone).toInstant();
        if (!now.isBefore(at) && now.minus(STEP).isBefore(at)) {
            UnreadablePunch unreadable =
                    UnreadablePunch.of(devices.get(0).serialNumber(), null, null, "It has no time.", "{}");
            store.append(new Arrival(Source.CALLBACK, now, List.of(), List.of(unreadable), List.of()));
        }
    }

    /** One device has no line for a day or two; what it would call back then is lost. */
    private boolean isOffLine(SerialNumber device) {
        Instant now = clock.instant();
        return device.equals(devices.get(1).serialNumber()) && now.isAfter(deadFrom) && now.isBefore(deadUntil);
    }

    private void loadLogs() {
        Instant now = clock.instant();
        for (Device device : devices) {
            if (!isOffLine(device.serialNumber())) {
                Verified verified = store.history().verified().get(device.serialNumber());
                Instant from = verified == null ? watchedFrom : verified.until().minus(Duration.ofDays(1));
                load(
                        device,
                        Run.Trigger.SCHEDULE,
                        from.isBefore(watchedFrom) ? watchedFrom : from,
                        now.minus(SETTLING));
            }
        }
    }

    /** An operator sees that the proof begins too late. */
    private void loadByHand() {
        for (Device device : devices) {
            Verified verified = store.history().verified().get(device.serialNumber());
            if (verified == null) {
                return;
            }
            load(
                    device,
                    Run.Trigger.PERSON,
                    FIRST_DAY.minusDays(1).atStartOfDay(zone).toInstant(),
                    verified.since().plusSeconds(1));
        }
        loadedByHand = devices.stream().allMatch(device -> {
            Verified verified = store.history().verified().get(device.serialNumber());
            return verified != null
                    && verified.since().isBefore(FIRST_DAY.atStartOfDay(zone).toInstant());
        });
    }

    private void load(Device device, Run.Trigger trigger, Instant from, Instant until) {
        if (!from.isBefore(until)) {
            return;
        }
        History history = store.history();
        history.interruptDead();
        History.Begun begun = history.begin(new History.Plan(device.serialNumber(), trigger, from, until, 1));
        if (!(begun instanceof History.Begun.Began began)) {
            return;
        }
        String run = began.run().id();
        List<Punch> rows = recorded.stream()
                .map(Recorded::punch)
                .filter(punch -> punch.device().equals(device.serialNumber())
                        && !punch.at().isBefore(from)
                        && punch.at().isBefore(until))
                .toList();
        boolean breaksOff = chance(20);
        int half = rows.size() / 2;
        keep(run, rows.subList(0, half), from);
        mayDie();
        if (breaksOff) {
            history.end(run, Run.State.FAILED, "it broke off");
            return;
        }
        keep(run, rows.subList(half, rows.size()), until);
        mayDie();
        history.whole(run, new History.WholeWindow(until, until, 1));
        mayDie();
        history.end(run, Run.State.DONE, null);
    }

    private void keep(String run, List<Punch> rows, Instant reached) {
        Instant now = clock.instant();
        store.history()
                .keep(
                        run,
                        new History.Page(
                                new Arrival(Source.LOAD_LOG, now, rows, List.of(), List.of()),
                                rows.size(),
                                reached,
                                now.minus(SETTLING),
                                zone));
    }

    private void deliver() {
        WallClock wallClock = new WallClock(zone);
        List<Settlement> settlements = new ArrayList<>();
        for (WaitingPunch waiting : store.claim(8)) {
            Punch punch = waiting.punch();
            int person = Integer.parseInt(punch.user().value());
            if (person == DAY_PEOPLE && clock.instant().isBefore(idKnownAt)) {
                settlements.add(Settlement.withReason(punch.key(), PunchState.HELD, "Nobody has this device id."));
            } else if (waiting.inDoubtSince() == null && chance(2)) {
                toBeReplayed.add(punch.key());
                settlements.add(Settlement.withReason(punch.key(), PunchState.REJECTED, "Frappe refused it."));
            } else if (chance(5)) {
                settlements.add(Settlement.again(punch.key(), null));
            } else {
                settlements.add(Settlement.delivered(punch.key(), employee(person), checkin(person, punch, wallClock)));
                mayDie();
            }
        }
        store.settle(settlements);
    }

    private String checkin(int person, Punch punch, WallClock wallClock) {
        LocalDateTime time = wallClock.at(punch.at());
        String logType = punch.type().word().equals("CheckIn") ? "IN" : "OUT";
        return frappe.checkins().stream()
                .filter(row ->
                        row.employee().equals(employee(person)) && row.time().equals(time))
                .findFirst()
                .orElseGet(() -> frappe.addCheckin(
                        employee(person), time, logType, punch.device().value()))
                .name();
    }

    private void replay() {
        store.release(toBeReplayed, PunchState.REJECTED);
        toBeReplayed.clear();
    }

    private WatermarkRound watermark() {
        AttendanceSettings settings = new AttendanceSettings(
                AttendanceSettings.Mode.ADVANCE,
                Duration.ofMinutes(5),
                MARGIN,
                AttendanceSettings.DeviceChoice.ALL,
                Map.of(),
                PATIENCE,
                true,
                new AttendanceSettings.LatePunches(
                        AttendanceSettings.LateMode.OFF, Duration.ofMinutes(10), Duration.ofDays(31)));
        return new WatermarkRound(
                site,
                () -> new FrappeAnswer.Success<>(zone),
                new Devices(devices),
                interrupted(History.class, store.history()),
                interrupted(OpenPunches.class, store.openPunches()),
                store.watermarks(),
                settings,
                new WatermarkWatch(new SimpleMeterRegistry(), clock),
                "the only one",
                clock);
    }

    /** Rows come in between any two looks, and some looks are lied to. */
    private <T> T interrupted(Class<T> type, T real) {
        return proxy(type, real, (name, call) -> {
            Object seen = call.make();
            meanwhile();
            return lieAbout(seen);
        });
    }

    private void meanwhile() {
        if (!calm && chance(30)) {
            callbacks();
            loadLogs();
        }
    }

    @SuppressWarnings("unchecked")
    private Object lieAbout(Object seen) {
        if (seen instanceof Map<?, ?> verified) {
            return verifiedAsTold((Map<SerialNumber, Verified>) verified);
        }
        if (seen instanceof List<?> open) {
            return ((List<Open>) open).stream().filter(this::isTold).toList();
        }
        return seen;
    }

    private boolean isTold(Open open) {
        return switch (lie) {
            case NOTHING_IS_PENDING -> open.state() != PunchState.PENDING;
            case NOTHING_IS_HELD -> open.state() != PunchState.HELD;
            case NOTHING_IS_REJECTED -> open.state() != PunchState.REJECTED;
            default -> true;
        };
    }

    private Map<SerialNumber, Verified> verifiedAsTold(Map<SerialNumber, Verified> verified) {
        Instant now = clock.instant();
        Map<SerialNumber, Verified> told = new HashMap<>(verified);
        for (Device device : devices) {
            Verified true_ = verified.get(device.serialNumber());
            boolean south = device.name().equals("south");
            if (lie == Lie.EVERY_DEVICE_IS_VERIFIED || (lie == Lie.ONE_DEVICE_IS_VERIFIED && south)) {
                told.put(device.serialNumber(), new Verified(Instant.EPOCH, now, null, now));
            } else if (lie == Lie.PROOF_BEGINS_EARLY_ENOUGH && true_ != null) {
                told.put(device.serialNumber(), new Verified(Instant.EPOCH, true_.until(), true_.run(), true_.at()));
            }
        }
        return told;
    }

    private <T> T mortal(Class<T> type, T real) {
        return proxy(type, real, (name, call) -> {
            if (name.equals("moveLastSync")) {
                mayDie();
                Object answer = call.make();
                moves++;
                mayDie();
                return answer;
            }
            return call.make();
        });
    }

    private interface Call {
        Object make();
    }

    private interface Around {
        Object go(String method, Call call);
    }

    private static <T> T proxy(Class<T> type, T real, Around around) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, args) -> around.go(method.getName(), () -> {
                    try {
                        return method.invoke(real, args);
                    } catch (InvocationTargetException | IllegalAccessException e) {
                        throw new IllegalStateException(e.getCause());
                    }
                })));
    }

    /** Who was at work and is marked otherwise, by any run of HRMS so far; in words. */
    private Set<String> wrongs() {
        return frappe.attendances().stream()
                .filter(attendance -> worked.contains(new Work(person(attendance.employee()), attendance.date()))
                        && !attendance.status().equals("Present"))
                .map(attendance ->
                        attendance.employee() + " worked on " + attendance.date() + ", and is " + attendance.status())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What was proven at a look, and HRMS wasn't given then; in words. */
    Set<String> undue() {
        return undue;
    }

    /** Attendance that should have been made by now and wasn't, in words. */
    Set<String> missing() {
        Set<Work> made = frappe.attendances().stream()
                .map(attendance -> new Work(person(attendance.employee()), attendance.date()))
                .collect(Collectors.toSet());
        return worked.stream()
                .filter(work -> !made.contains(work))
                .map(work -> employee(work.person()) + " worked on " + work.day() + ", and nothing is said of it")
                .collect(Collectors.toCollection(TreeSet::new));
    }

    long absences() {
        return frappe.attendances().stream()
                .filter(attendance -> attendance.status().equals("Absent"))
                .count();
    }

    private static int person(String employee) {
        return Integer.parseInt(employee.substring("HR-EMP-".length()));
    }

    @Override
    public void close() {
        store.close();
        frappe.close();
    }
}
