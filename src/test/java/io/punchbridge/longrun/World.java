package io.punchbridge.longrun;

import io.punchbridge.longrun.Plan.Outage;
import io.punchbridge.longrun.Plan.Punching;
import io.punchbridge.punch.LogType;
import io.punchbridge.sandbox.Fault;
import io.punchbridge.sandbox.SimulatedFrappe;
import io.punchbridge.sandbox.SimulatedGateway;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;

/** Lets the planned things happen as time passes: at the devices, at the gateway and in Frappe. */
final class World {
    static final ZoneId SITE = ZoneId.of("Africa/Nairobi");
    private static final Duration BETWEEN_TROUBLES = Duration.ofHours(140);
    private static final Duration TROUBLE = Duration.ofHours(1);
    private static final Duration BETWEEN_RESENDS = Duration.ofHours(170);

    private final Plan plan;
    private final SimulatedGateway gateway;
    private final SimulatedFrappe frappe;
    private final Random random;
    private final Function<Machine, Instant> verifiedUntil;
    private final Deque<Punching> today = new ArrayDeque<>();
    private final Set<CheckedIn> ofOthers = new HashSet<>();
    private Instant midnight = Plan.BEGIN;
    private Instant nextTrouble = Plan.BEGIN.plus(BETWEEN_TROUBLES);
    private Instant troubleUntil = Instant.MIN;
    private Instant nextResend = Plan.BEGIN.plus(BETWEEN_RESENDS);
    private int troubles;
    private int resends;

    /** @param verifiedUntil what the service says of a device; the beginning where it says nothing */
    World(
            Plan plan,
            SimulatedGateway gateway,
            SimulatedFrappe frappe,
            long seed,
            Function<Machine, Instant> verifiedUntil) {
        this.plan = plan;
        this.gateway = gateway;
        this.frappe = frappe;
        this.random = new Random(seed);
        this.verifiedUntil = verifiedUntil;
        for (int user = 1; user <= Plan.USERS; user++) {
            if (!plan.joins().containsKey(user)) {
                addEmployee(user);
            }
        }
        plan.machines().forEach(machine -> gateway.addDevice(machine.device()));
        plan.before().forEach(this::happenUnheard);
    }

    private void addEmployee(int user) {
        frappe.addEmployee(employee(user), String.format(Locale.ROOT, "Emp%03d Test", user), String.valueOf(user));
    }

    static String employee(int user) {
        return String.format(Locale.ROOT, "HR-EMP-%05d", user);
    }

    /** A third of what happened before is in Frappe already: another program brought it, to the minute. */
    private void happenUnheard(Punching punching) {
        Recorded punch = punching.punch();
        punching.machine().recordInVain(gateway, punch);
        if (random.nextInt(3) == 0) {
            LocalDateTime minute = LocalDateTime.ofInstant(punch.at(), SITE).truncatedTo(ChronoUnit.MINUTES);
            String logType =
                    punch.logType() == LogType.NONE ? "" : punch.logType().name();
            frappe.addCheckin(employee(punch.user()), minute, logType);
            ofOthers.add(CheckedIn.of(punch));
        }
    }

    /** Punches that stand in Frappe as another program's check-in of that minute. */
    boolean isOfOthers(Recorded punch) {
        return ofOthers.contains(CheckedIn.of(punch));
    }

    /** Lets happen what is due by now. Returns whether Frappe is in trouble. */
    boolean passTo(Instant now) {
        punchUntil(now);
        breakDownAndComeBack(now);
        plan.joins().entrySet().removeIf(join -> {
            boolean isDue = !join.getValue().isAfter(now);
            if (isDue) {
                addEmployee(join.getKey());
            }
            return isDue;
        });
        resend(now);
        return trouble(now);
    }

    /** After everybody has had the time to answer. */
    void settle(Instant now) {
        plan.machines().forEach(machine -> machine.openIfCaughtUp(gateway, now));
    }

    private void punchUntil(Instant now) {
        while (!midnight.isAfter(now) && midnight.isBefore(Plan.LAST_PUNCH)) {
            today.addAll(plan.day(midnight));
            midnight = midnight.plus(Duration.ofDays(1));
        }
        while (!today.isEmpty() && !today.peek().punch().at().isAfter(now)) {
            Punching next = today.remove();
            // A device goes down before what it records then, however long a step of time is.
            breakDownAndComeBack(next.punch().at());
            next.machine().record(gateway, next.punch(), next.isLost());
            if (next.isRepeated() && !next.machine().isDown()) {
                gateway.repeatLast(next.machine().device());
            }
        }
    }

    private void breakDownAndComeBack(Instant now) {
        for (Outage outage : List.copyOf(plan.outages())) {
            Machine machine = outage.machine();
            if (!outage.from().isAfter(now)
                    && !machine.isDown()
                    && outage.until().isAfter(now)) {
                machine.goDown(outage.statusCode());
            } else if (!outage.until().isAfter(now)) {
                if (machine.isDown()) {
                    machine.comeUp(gateway);
                }
                plan.outages().remove(outage);
            }
        }
    }

    /** Only of what is here already: whether something newer was lost is still to be found out by the log. */
    private void resend(Instant now) {
        if (now.isBefore(nextResend)) {
            return;
        }
        nextResend = now.plus(BETWEEN_RESENDS);
        resends++;
        Machine machine = plan.machines().get(random.nextInt(plan.machines().size()));
        if (!machine.kind().isAskable()) {
            machine.resendAll(gateway);
        } else if (!machine.isDown()) {
            gateway.resend(machine.device(), verifiedUntil.apply(machine));
        }
    }

    /** What devices that can't be asked have lost is brought by a person. */
    void resendWhereNobodyCanAsk() {
        plan.machines().stream()
                .filter(machine -> !machine.kind().isAskable())
                .forEach(machine -> machine.resendAll(gateway));
    }

    private boolean trouble(Instant now) {
        if (troubleUntil.equals(Instant.MIN) && !now.isBefore(nextTrouble)) {
            troubles++;
            troubleUntil = now.plus(TROUBLE);
            begin(random.nextInt(5));
        } else if (!troubleUntil.equals(Instant.MIN) && !now.isBefore(troubleUntil)) {
            frappe.faults().clear();
            frappe.acceptConnections();
            troubleUntil = Instant.MIN;
            nextTrouble = now.plus(BETWEEN_TROUBLES);
        }
        return !troubleUntil.equals(Instant.MIN);
    }

    private void begin(int trouble) {
        switch (trouble) {
            case 0 -> frappe.faults().always(Fault.databaseGone());
            case 1 -> frappe.faults().always(Fault.maintenance());
            case 2 -> frappe.faults().always(Fault.html(502));
            case 3 -> frappe.faults().always(Fault.commitThenReset());
            default -> frappe.refuseConnections();
        }
    }

    int troubles() {
        return troubles;
    }

    int resends() {
        return resends;
    }

    /** What Frappe must hold of ours at the end: what known people did, each once. */
    List<CheckedIn> expectedCheckins() {
        Set<CheckedIn> expected = new HashSet<>();
        for (Machine machine : plan.machines()) {
            for (Recorded punch : new ArrayList<>(machine.log())) {
                if (!Plan.isStranger(punch.user())) {
                    expected.add(isOfOthers(punch) ? CheckedIn.toTheMinute(punch) : CheckedIn.of(punch));
                }
            }
        }
        return List.copyOf(expected);
    }
}
