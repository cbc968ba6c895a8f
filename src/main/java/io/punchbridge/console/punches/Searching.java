package io.punchbridge.console.punches;

import io.punchbridge.api.FilterReader;
import io.punchbridge.api.Members;
import io.punchbridge.api.PunchesResource;
import io.punchbridge.api.SiteLinks;
import io.punchbridge.console.Times;
import io.punchbridge.console.people.WhoIs;
import io.punchbridge.console.people.WhoIs.Known;
import io.punchbridge.console.people.WhoIs.Named;
import io.punchbridge.frappe.Directory;
import io.punchbridge.frappe.Employee;
import io.punchbridge.inbox.Actions;
import io.punchbridge.inbox.PunchFilter;
import io.punchbridge.inbox.PunchSearch;
import io.punchbridge.inbox.PunchSearch.Page;
import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.UserId;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds what a person looks for. */
@Singleton
class Searching {
    private static final int AT_ONCE = 25;

    private final PunchSearch search;
    private final FilterReader filters;
    private final WhoIs whoIs;
    private final Directory directory;
    private final PunchRows rows;
    private final NothingFound nothing;
    private final SiteLinks links;
    private final Times times;

    Searching(
            PunchSearch search,
            FilterReader filters,
            WhoIs whoIs,
            Directory directory,
            PunchRows rows,
            NothingFound nothing,
            SiteLinks links,
            Times times) {
        this.search = search;
        this.filters = filters;
        this.whoIs = whoIs;
        this.directory = directory;
        this.rows = rows;
        this.nothing = nothing;
        this.links = links;
        this.times = times;
    }

    /** An id says more than a name, but where both are given and don't belong together, only the person knows which is meant. */
    Found first(Sought sought) {
        if (sought.name().isEmpty()) {
            return punches(sought, null);
        }
        Named named = whoIs.named(sought.name());
        if (!sought.user().isEmpty()) {
            return named.people().stream().anyMatch(known -> sought.user().equals(known.user()))
                    ? punches(sought, null)
                    : whichOfBoth(sought, named);
        }
        if (named.people().isEmpty()) {
            return none(sought, "Nobody is called so", nothing.nobodyIsCalledSo(named.complete()));
        }
        if (named.people().size() > 1 || !named.complete()) {
            return new Found(sought, "Who is meant?", named.people(), named.complete(), List.of(), null, null, false);
        }
        Known one = named.people().get(0);
        String user = one.user();
        if (user != null) {
            return punches(sought.ofUser(user), null);
        }
        String employee = one.employee();
        return none(
                sought,
                "No device id",
                nothing.hasNoDeviceId(one.name(), employee == null ? "" : links.employee(employee)));
    }

    /** Those of the name, and who has the id. */
    private Found whichOfBoth(Sought sought, Named named) {
        Employee employee = directory.find(new UserId(sought.user())).orElse(null);
        List<Known> people = new ArrayList<>(named.people());
        people.add(
                employee == null
                        ? new Known("Somebody else", sought.user(), null, List.of())
                        : new Known(employee.employeeName(), sought.user(), employee.name(), List.of()));
        String heading = named.people().isEmpty()
                ? "Nobody is called so; is the user id meant?"
                : "The name and the user id aren't one person's: who is meant?";
        return new Found(sought, heading, List.copyOf(people), named.complete(), List.of(), null, null, false);
    }

    Found older(Sought sought, String cursor) {
        if (!cursor.matches(PunchesResource.KEY)) {
            throw Members.bad("This page is out of date: search again.");
        }
        return punches(sought, new PunchKey(cursor));
    }

    PunchFilter filter(Sought sought) {
        return filters.read(members(sought));
    }

    Members members(Sought sought) {
        return new Members(sought.members(times.zone()), FilterReader.MEMBERS);
    }

    private Found punches(Sought sought, @Nullable PunchKey after) {
        PunchFilter filter = filter(sought);
        Page page = search.page(filter, after, AT_ONCE);
        PunchKey next = page.next();
        boolean none = page.punches().isEmpty() && next == null && after == null;
        return new Found(
                sought,
                heading(sought, page.punches().size(), next != null),
                List.of(),
                true,
                rows.of(page.punches()),
                next == null ? null : next.value(),
                none ? nothing.noPunch(sought) : null,
                !filter.states().isEmpty() && Actions.REPLAYED_BY_FILTER.containsAll(filter.states()));
    }

    private static Found none(Sought sought, String heading, Nothing why) {
        return new Found(sought, heading, List.of(), true, List.of(), null, why, false);
    }

    private String heading(Sought sought, int number, boolean more) {
        List<String> parts = new ArrayList<>();
        String punches = number == 1 ? "1 punch" : number + " punches";
        parts.add(number == 0 ? "No punch found" : more ? "The newest " + punches : punches);
        if (!sought.user().isEmpty()) {
            String name = whoIs.nameOf(new UserId(sought.user()));
            parts.add(name == null ? "user " + sought.user() : name + " (user " + sought.user() + ")");
        }
        if (!sought.device().isEmpty()) {
            parts.add(sought.device());
        }
        parts.add(sought.day().isEmpty() ? "any day" : sought.day());
        if (!sought.state().isEmpty()) {
            parts.add(sought.state());
        }
        return String.join(" · ", parts);
    }
}
