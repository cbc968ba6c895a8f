package io.punchbridge.console.today;

import io.punchbridge.console.Place;
import io.punchbridge.console.today.TodayView.Need;
import io.punchbridge.delivery.DeliveryStatus.Frappe;
import io.punchbridge.inbox.Watermarks.Outcome;
import io.punchbridge.inbox.Watermarks.Standing;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.PunchState;
import io.punchbridge.watch.DeviceState;
import io.punchbridge.watch.Warning;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What doesn't mend itself, and what to do about it, by how things stand. */
final class Needs {
    /** What is proven comes so much later at times; nobody has to do anything about that. */
    private static final Duration PATIENCE = Duration.ofHours(1);

    /** As the alert of a log that isn't loaded whole. */
    static final Duration UNVERIFIED = Duration.ofHours(6);

    /** Ids with held punches are counted no further. */
    static final int MOST_IDS = 500;

    private static final int FEW = 4;
    private static final String BAD = "bad";
    private static final String WARN = "warn";

    /**
     * How things stand.
     *
     * @param alive whether anything delivers at all
     * @param reason why it is set up wrong
     * @param counts of all stored punches
     * @param heldIds of how many ids punches are held; one more than {@link #MOST_IDS} for more
     * @param unverified those whose own logs can be asked for, and didn't come whole for longer than {@link #UNVERIFIED}
     * @param watermarks none where they aren't looked after
     * @param repairing how many days' attendance is under repair
     */
    record Facts(
            boolean alive,
            Frappe frappe,
            @Nullable String reason,
            Map<PunchState, Long> counts,
            int heldIds,
            List<DeviceState> devices,
            List<Device> unverified,
            List<Standing> watermarks,
            long repairing,
            Instant now) {}

    private final Facts facts;
    private final List<Need> needs = new ArrayList<>();

    private Needs(Facts facts) {
        this.facts = facts;
    }

    /** The most urgent first. */
    static List<Need> of(Facts facts) {
        Needs all = new Needs(facts);
        all.addDelivery();
        all.addPunches();
        for (Warning warning : Warning.values()) {
            all.addDevices(warning);
        }
        all.addUnverified();
        all.addWatermarks();
        all.addLatePunches();
        return List.copyOf(all.needs);
    }

    private void addDelivery() {
        if (!facts.alive()) {
            needs.add(need(
                    "delivery",
                    BAD,
                    "Delivery has stopped for a reason that nobody planned.",
                    "Restart Punchbridge; its log tells what happened.",
                    Place.SET_UP_CHECK,
                    "Check the set-up"));
        } else if (facts.frappe() == Frappe.SET_UP_WRONG) {
            String reason = facts.reason();
            needs.add(need(
                    "set-up",
                    BAD,
                    "Nothing is delivered, since something is set up wrong" + (reason == null ? "." : ": " + reason),
                    "Mend that; the set-up check says whether all is well then, and punches go by themselves.",
                    Place.SET_UP_CHECK,
                    "Check the set-up"));
        }
    }

    private void addPunches() {
        long rejected = facts.counts().getOrDefault(PunchState.REJECTED, 0L);
        if (rejected > 0) {
            needs.add(need(
                    "rejected",
                    BAD,
                    "Frappe refused " + Numbers.of(rejected, "punch.", "punches."),
                    "Correct the cause that Frappe names, then replay " + (rejected == 1 ? "it" : "them")
                            + ", or dismiss " + (rejected == 1 ? "it" : "them") + " with a reason.",
                    Place.PUNCHES.path() + "?state=rejected",
                    "See rejected punches"));
        }
        long held = facts.counts().getOrDefault(PunchState.HELD, 0L);
        int ids = facts.heldIds();
        if (held > 0 && ids > 0) {
            needs.add(need(
                    "held",
                    WARN,
                    Numbers.of(held, "punch", "punches") + " of " + (ids <= MOST_IDS ? "" : "more than ")
                            + Numbers.of(Math.min(ids, MOST_IDS), "device id", "device ids")
                            + (held == 1 ? " is" : " are") + " held: no employee may be given them now.",
                    "See for each id who it could be, and set it at that employee in ERPNext; the punches then go by"
                            + " themselves.",
                    Place.HELD,
                    "See held ids"));
        }
        long quarantined = facts.counts().getOrDefault(PunchState.QUARANTINED, 0L);
        if (quarantined > 0) {
            needs.add(need(
                    "quarantined",
                    WARN,
                    Numbers.of(quarantined, "punch is", "punches are")
                            + " quarantined: the time or the user can't be believed or read.",
                    "Correct the device's clock; enter what is real in ERPNext by hand, and dismiss the punches. A replay works"
                            + " only after punchbridge.check-in.oldest or future-tolerance was changed.",
                    Place.PUNCHES.path() + "?state=quarantined",
                    "See quarantined punches"));
        }
    }

    private void addDevices(Warning warning) {
        List<String> names = facts.devices().stream()
                .filter(state -> state.warnings().contains(warning))
                .map(DeviceState::device)
                .map(device -> device.name())
                .toList();
        if (names.isEmpty()) {
            return;
        }
        boolean one = names.size() == 1;
        String named = named(names);
        String words = switch (warning) {
            case CLOCK_DRIFT ->
                (one ? "The clock of " + named + " is" : "The clocks of " + named + " are")
                        + " off, so punches carry a wrong time.";
            case LICENCE_ENDS ->
                (one ? "The licence of " + named + " has" : "The licences of " + named + " have")
                        + " ended, or will soon.";
            case SILENT -> named + (one ? " has" : " have") + " not been heard for long, so punches may be missing.";
        };
        String toDo = switch (warning) {
            case CLOCK_DRIFT -> "Set the clock, and have the device take its time from the network.";
            case LICENCE_ENDS -> "Renew it; without it no punch comes from there.";
            case SILENT -> "See whether it has power and network, and whether its callback address is right.";
        };
        needs.add(need("device-" + warning.label(), WARN, words, toDo, Place.DEVICES, "See devices"));
    }

    private void addUnverified() {
        List<Device> devices = facts.unverified();
        if (!devices.isEmpty()) {
            boolean one = devices.size() == 1;
            needs.add(need(
                    "unverified",
                    WARN,
                    (one ? "The own log of " : "The own logs of ")
                            + named(devices.stream().map(Device::name).toList())
                            + (one ? " has" : " have")
                            + " not been loaded whole for more than 6 hours, so nobody knows whether punches are missing.",
                    "See why the last run failed, and do what it says; it is then tried again within the hour.",
                    Place.LOAD_LOG,
                    "See runs"));
        }
    }

    private static String named(List<String> names) {
        String first = String.join(", ", names.subList(0, Math.min(FEW, names.size())));
        return names.size() <= FEW ? first : first + " and " + (names.size() - FEW) + " more";
    }

    private void addWatermarks() {
        List<String> stuck = facts.watermarks().stream()
                .filter(this::needsSomebody)
                .map(standing -> standing.decided().shiftType())
                .toList();
        if (!stuck.isEmpty()) {
            needs.add(need(
                    "attendance",
                    WARN,
                    "Auto attendance of " + named(stuck) + " goes no further.",
                    "See what holds it back, and do what is said there.",
                    Place.ATTENDANCE,
                    "See attendance"));
        }
    }

    private boolean needsSomebody(Standing standing) {
        Outcome outcome = standing.decided().outcome();
        if (outcome == null) {
            return false;
        }
        return switch (outcome) {
            case REFUSED -> true;
            case HELD_BACK, NOT_WRITTEN -> standing.since().isBefore(facts.now().minus(PATIENCE));
            case UNREAD, NOTHING_DUE, WOULD_MOVE, MOVED -> false;
        };
    }

    private void addLatePunches() {
        long repairing = facts.repairing();
        if (repairing > 0) {
            needs.add(need(
                    "late",
                    WARN,
                    "The attendance of " + Numbers.of(repairing, "day", "days")
                            + " is being made anew, as punches came late; it may be missing in Frappe meanwhile.",
                    "Look again in a few minutes; if it is still under repair then, see what it waits for.",
                    Place.ATTENDANCE,
                    "See late punches"));
        }
    }

    private static Need need(String id, String tone, String words, String toDo, Place place, String link) {
        return need(id, tone, words, toDo, place.path(), link);
    }

    private static Need need(String id, String tone, String words, String toDo, String href, String link) {
        return new Need("need-" + id, tone, words, toDo, href, link);
    }
}
