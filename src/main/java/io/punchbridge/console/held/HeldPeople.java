package io.punchbridge.console.held;

import io.punchbridge.api.SiteLinks;
import io.punchbridge.console.Times;
import io.punchbridge.console.people.WhoIs;
import io.punchbridge.frappe.Directory;
import io.punchbridge.inbox.PunchSearch;
import io.punchbridge.inbox.PunchSearch.Held;
import io.punchbridge.inbox.PunchSearch.HeldUser;
import io.punchbridge.punch.Devices;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds for whom punches are held, and who they could be. */
@Singleton
class HeldPeople {
    /** As many as a person works through; the next come when these are gone. */
    private static final int MOST = 100;

    private final PunchSearch search;
    private final Directory directory;
    private final WhoIs whoIs;
    private final Devices devices;
    private final SiteLinks links;
    private final Times times;

    HeldPeople(PunchSearch search, Directory directory, WhoIs whoIs, Devices devices, SiteLinks links, Times times) {
        this.search = search;
        this.directory = directory;
        this.whoIs = whoIs;
        this.devices = devices;
        this.links = links;
        this.times = times;
    }

    HeldView look() {
        Held held = search.held();
        List<HeldPerson> people = new ArrayList<>();
        if (!held.users().isEmpty()) {
            Suggester suggester = new Suggester(directory.employees(), directory.withoutDeviceId(), links);
            List<HeldUser> shown =
                    held.users().subList(0, Math.min(MOST, held.users().size()));
            Map<String, Map<String, Set<String>>> names =
                    whoIs.namesOnDevices(shown.stream().map(HeldUser::user).toList());
            shown.forEach(user -> people.add(person(
                    people.size() + 1, user, names.getOrDefault(user.user().value(), Map.of()), suggester)));
        }
        return new HeldView(
                List.copyOf(people),
                held.complete() && held.users().size() <= MOST,
                times.momentOrNull(directory.loadedAt()));
    }

    private HeldPerson person(int place, HeldUser user, Map<String, Set<String>> names, Suggester suggester) {
        return new HeldPerson(
                place,
                user.user().value(),
                user.punches(),
                user.more(),
                times.moment(user.oldest()),
                times.moment(user.newest()),
                user.devices().stream().map(devices::nameOf).toList(),
                names.entrySet().stream()
                        .map(name -> "\"" + name.getKey() + "\" on " + String.join(", ", name.getValue()))
                        .toList(),
                user.reasons(),
                suggester.of(user.user(), names.keySet()));
    }
}
