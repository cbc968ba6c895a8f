package io.punchbridge.console.punches;

import io.punchbridge.api.SiteLinks;
import io.punchbridge.console.Moment;
import io.punchbridge.console.Place;
import io.punchbridge.console.Times;
import io.punchbridge.console.people.WhoIs;
import io.punchbridge.console.people.WhoIs.Known;
import io.punchbridge.console.punches.Nothing.Heard;
import io.punchbridge.console.punches.Nothing.Meaning;
import io.punchbridge.frappe.Directory;
import io.punchbridge.frappe.Employee;
import io.punchbridge.inbox.History;
import io.punchbridge.inbox.RetentionSettings;
import io.punchbridge.inbox.Verified;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.Devices;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.UserId;
import io.punchbridge.watch.DeviceWatch;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.UriBuilder;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says what a person should think of where a punch isn't found, and where to look next. */
@Singleton
class NothingFound {
    /** As many as are read; who has more devices chooses one. */
    private static final int MOST_DEVICES = 12;

    private final DeviceWatch watch;
    private final History history;
    private final WhoIs whoIs;
    private final Directory directory;
    private final Devices devices;
    private final RetentionSettings retention;
    private final SiteLinks links;
    private final Times times;
    private final Clock clock;

    NothingFound(
            DeviceWatch watch,
            History history,
            WhoIs whoIs,
            Directory directory,
            Devices devices,
            RetentionSettings retention,
            SiteLinks links,
            Times times,
            Clock clock) {
        this.watch = watch;
        this.history = history;
        this.whoIs = whoIs;
        this.directory = directory;
        this.devices = devices;
        this.retention = retention;
        this.links = links;
        this.times = times;
        this.clock = clock;
    }

    /** @param all whether all whom devices know were looked through */
    Nothing nobodyIsCalledSo(boolean all) {
        List<Meaning> meanings = new ArrayList<>();
        notRead(meanings);
        if (!all) {
            meanings.add(
                    Meaning.of("Devices know more users whom no employee is than were looked through, so there may be"
                            + " somebody: search by the user id on the device."));
        }
        meanings.add(new Meaning(
                "No employee in ERPNext and no user of a device has a name with these words. Devices often have a shorter"
                        + " name, or none: search by another part of it, or by the user id on the device.",
                Place.HELD.path(),
                "See for whom punches are held"));
        return new Nothing(List.copyOf(meanings), List.of());
    }

    /** Of an employee whose id on devices isn't looked for: who has none, or whom a person names by Frappe's id. */
    Nothing nothingDelivered(Sought sought) {
        String id = sought.employee();
        List<Meaning> meanings = new ArrayList<>();
        notRead(meanings);
        onlySome(sought, meanings);
        Known employee = whoIs.employee(id).orElse(null);
        if (employee == null) {
            meanings.add(Meaning.of("No employee " + id
                    + " is known here. The field Employee takes ERPNext's own id, e.g. HR-EMP-00001, and no name."));
        } else if (employee.user() == null) {
            hasNoDeviceId(employee.name(), links.employee(id), meanings);
        } else {
            meanings.add(
                    Meaning.of("Only what was delivered is found by the employee. What waits, is held or was rejected"
                            + " is found by the user id on the device, which is " + employee.user() + "."));
        }
        if (!sought.day().isEmpty()) {
            meanings.add(Meaning.of("Only this day was looked at: clear the day to look at all."));
        }
        purged(sought, meanings);
        return new Nothing(List.copyOf(meanings), List.of());
    }

    private static void hasNoDeviceId(String name, String href, List<Meaning> meanings) {
        meanings.add(new Meaning(
                name
                        + " has no Attendance Device ID in ERPNext, so no punch that comes now can be given to this person."
                        + " Punches that came are held, not lost, under the id on the device.",
                Place.HELD.path(),
                "Find the id among the held punches"));
        meanings.add(new Meaning(
                "If you know the id, set it in ERPNext (Attendance Device ID): held punches then follow by themselves.",
                href,
                "Open the employee in ERPNext"));
        meanings.add(Meaning.of(
                "What was delivered for " + name + " under a former id would stand here. If you know that id,"
                        + " search by it, too: what was not delivered is found by the id alone."));
    }

    private static void onlySome(Sought sought, List<Meaning> meanings) {
        if (!sought.state().isEmpty() || !sought.reason().isEmpty()) {
            meanings.add(
                    Meaning.of("Only some punches were looked at, by state or reason: clear both to look at all."));
        }
    }

    Nothing noPunch(Sought sought) {
        List<Meaning> meanings = new ArrayList<>();
        onlySome(sought, meanings);
        if (!sought.user().isEmpty()) {
            meaningsOf(new UserId(sought.user()), meanings);
        }
        LocalDate day = sought.date();
        if (day != null && day.atStartOfDay(times.zone()).toInstant().isAfter(clock.instant())) {
            meanings.add(Meaning.of("This day lies ahead."));
        }
        meanings.add(Meaning.of((sought.device().isEmpty() ? "The device" : sought.device())
                + " has recorded nothing that fits, or hasn't told it yet. Below stands how far that is known."));
        if (!sought.day().isEmpty()) {
            meanings.add(
                    Meaning.of("A device whose clock is wrong records punches on another day: look at the day before"
                            + " and after, or clear the day."));
        }
        purged(sought, meanings);
        meanings.add(new Meaning(
                "A punch that came without a readable time or user is among the quarantined ones.",
                Place.PUNCHES.path() + "?state=quarantined",
                "See the quarantined punches"));
        return new Nothing(
                List.copyOf(meanings), heard(sought), (int) meant(sought).count());
    }

    private void purged(Sought sought, List<Meaning> meanings) {
        LocalDate day = sought.date();
        if (!sought.meansSettled()
                || (day != null && isKept(day.atStartOfDay(times.zone()).toInstant()))) {
            return;
        }
        String kept = "Delivered and ignored punches are kept here for "
                + retention.punches().toDays() + " days";
        meanings.add(new Meaning(
                kept + (day == null ? ": what is older" : ", so those of this day may be gone: what was delivered")
                        + " stands in ERPNext alone.",
                links.checkins(),
                "Look at the check-ins in ERPNext"));
    }

    /** Whether nothing that was recorded since then may have been purged. */
    private boolean isKept(Instant since) {
        return !since.isBefore(clock.instant().minus(retention.punches()));
    }

    private void meaningsOf(UserId user, List<Meaning> meanings) {
        notRead(meanings);
        Employee employee = directory.find(user).orElse(null);
        if (employee == null) {
            meanings.add(new Meaning(
                    "No employee has the device id " + user.value()
                            + " in ERPNext, or several have. Punches of such an id are held, not lost.",
                    Place.HELD.path(),
                    "See the held punches"));
        } else if (!employee.status().equals("Active")) {
            meanings.add(new Meaning(
                    employee.employeeName() + " has this id, and is " + employee.status()
                            + " in ERPNext. Punches of such an employee may be held.",
                    Place.HELD.path(),
                    "See the held punches"));
        }
    }

    private void notRead(List<Meaning> meanings) {
        if (!directory.isLoaded()) {
            meanings.add(new Meaning(
                    "The employees were not read from Frappe yet, so names and ids are unknown here.",
                    Place.SET_UP_CHECK.path(),
                    "See what is wrong"));
        }
    }

    private List<Heard> heard(Sought sought) {
        Map<SerialNumber, Verified> verified = history.verified();
        LocalDate day = sought.date();
        boolean some = !sought.state().isEmpty() || !sought.reason().isEmpty();
        return meant(sought)
                .limit(MOST_DEVICES)
                .map(device -> new Heard(
                        device.name(),
                        lastHeard(device),
                        log(verified.get(device.serialNumber()), day, some),
                        loadLog(device, day == null ? times.today() : day)))
                .toList();
    }

    private Stream<Device> meant(Sought sought) {
        return devices.all().stream()
                .filter(device -> sought.device().isEmpty() || device.name().equals(sought.device()));
    }

    private @Nullable Moment lastHeard(Device device) {
        return times.momentOrNull(watch.state(device.serialNumber())
                .map(state -> state.lastCallback())
                .orElse(null));
    }

    /** @param some whether only punches of some state or reason are looked for, of which the log knows nothing */
    private String log(@Nullable Verified verified, @Nullable LocalDate day, boolean some) {
        if (verified == null) {
            return "Its own log was never compared with what came here.";
        }
        boolean assumed = verified.run() == null;
        String proof = assumed ? "By configuration it is assumed complete" : "Its own log was read";
        if (day == null) {
            String holds = holds(assumed, some, verified.since());
            return proof + " from " + times.moment(verified.since()).site() + " to "
                    + times.moment(verified.until()).site() + holds + ".";
        }
        Instant from = day.atStartOfDay(times.zone()).toInstant();
        Instant until = day.plusDays(1).atStartOfDay(times.zone()).toInstant();
        if (verified.since().isAfter(from) || !verified.until().isAfter(from)) {
            return "Its own log of this day was not read yet, or not from the day's beginning.";
        }
        String holds = holds(assumed, some, from);
        return verified.until().isBefore(until)
                ? proof + " up to " + times.moment(verified.until()).site() + holds
                        + "; what it recorded later is not compared yet."
                : proof + " for the whole day" + holds + ".";
    }

    /** What was purged here may stand in the log all the same. */
    private String holds(boolean assumed, boolean some, Instant since) {
        return assumed ? "; its log was not read" : some || !isKept(since) ? "" : " and holds no such punch";
    }

    private static String loadLog(Device device, LocalDate day) {
        return UriBuilder.fromPath(Place.LOAD_LOG.path())
                .queryParam("device", "{device}")
                .queryParam("from", day)
                .queryParam("to", day)
                .build(device.name())
                .toString();
    }
}
