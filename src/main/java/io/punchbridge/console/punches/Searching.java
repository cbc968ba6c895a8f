package io.punchbridge.console.punches;

import io.punchbridge.api.FilterReader;
import io.punchbridge.api.Members;
import io.punchbridge.api.PunchesResource;
import io.punchbridge.console.Times;
import io.punchbridge.console.people.WhoIs;
import io.punchbridge.console.people.WhoIs.Known;
import io.punchbridge.console.people.WhoIs.Named;
import io.punchbridge.frappe.Directory;
import io.punchbridge.inbox.Actions;
import io.punchbridge.inbox.PunchFilter;
import io.punchbridge.inbox.PunchSearch;
import io.punchbridge.inbox.PunchSearch.Page;
import io.punchbridge.inbox.StoredPunch;
import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.UserId;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
    private final Times times;

    Searching(
            PunchSearch search,
            FilterReader filters,
            WhoIs whoIs,
            Directory directory,
            PunchRows rows,
            NothingFound nothing,
            Times times) {
        this.search = search;
        this.filters = filters;
        this.whoIs = whoIs;
        this.directory = directory;
        this.rows = rows;
        this.nothing = nothing;
        this.times = times;
    }

    /** An id says more than a name, but where both are given and don't belong together, only the person knows which is meant. */
    Found first(Sought sought) {
        if (sought.name().isEmpty()) {
            return punches(sought, null);
        }
        Named named = whoIs.named(sought.name());
        if (!sought.user().isEmpty() || !sought.employee().isEmpty()) {
            return named.people().stream().anyMatch(known -> isOne(known, sought))
                    ? punches(sought, null)
                    : whichOfBoth(sought, named);
        }
        if (named.people().isEmpty()) {
            return none(sought, "Nobody is called so", nothing.nobodyIsCalledSo(named.complete()));
        }
        if (named.people().size() > 1 || !named.complete()) {
            return whoIsMeant(sought, "Who is meant?", named.people(), named.complete());
        }
        Known one = named.people().get(0);
        String user = one.user();
        if (user != null) {
            return punches(sought.ofUser(user), null);
        }
        return punches(sought.ofEmployee(String.valueOf(one.employee())), null);
    }

    private static boolean isOne(Known known, Sought sought) {
        return (sought.user().isEmpty() || sought.user().equals(known.user()))
                && (sought.employee().isEmpty() || sought.employee().equals(known.employee()));
    }

    /** Those of the name, and who has the id. */
    private Found whichOfBoth(Sought sought, Named named) {
        String id = sought.user().isEmpty() ? "employee" : "user id";
        List<Known> people = new ArrayList<>(named.people());
        if (sought.user().isEmpty()) {
            whoIs.employee(sought.employee()).ifPresent(people::add);
        } else {
            people.add(Objects.requireNonNullElseGet(
                    holder(sought.user()), () -> new Known("Somebody else", sought.user(), null, List.of())));
        }
        if (people.isEmpty()) {
            return none(sought, "Nobody is called so", nothing.nobodyIsCalledSo(named.complete()));
        }
        String heading = named.people().isEmpty()
                ? "Nobody is called so; is the " + id + " meant?"
                : "The name and the " + id + " aren't one person's: who is meant?";
        return whoIsMeant(sought, heading, List.copyOf(people), named.complete());
    }

    private @Nullable Known holder(String user) {
        return directory
                .find(new UserId(user))
                .map(holder -> new Known(holder.employeeName(), user, holder.name(), List.of()))
                .orElse(null);
    }

    private static Found whoIsMeant(Sought sought, String heading, List<Known> people, boolean all) {
        return new Found(sought, heading, people, all, List.of(), null, null, null, false);
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
        return new Found(
                sought,
                heading(sought, page.punches(), next != null),
                List.of(),
                true,
                rows.of(page.punches()),
                sought.isOfUserInEveryState() ? holder(sought.user()) : null,
                next == null ? null : next.value(),
                after == null && page.punches().isEmpty() ? nothing(sought, next != null) : null,
                !filter.states().isEmpty() && Actions.REPLAYED_BY_FILTER.containsAll(filter.states()));
    }

    /** @param more whether older punches were not looked at yet */
    private @Nullable Nothing nothing(Sought sought, boolean more) {
        if (sought.isOfEmployeeAlone()) {
            return nothing.nothingDelivered(sought);
        }
        return more ? null : nothing.noPunch(sought);
    }

    private static Found none(Sought sought, String heading, Nothing why) {
        return new Found(sought, heading, List.of(), true, List.of(), null, null, why, false);
    }

    private String heading(Sought sought, List<StoredPunch> found, boolean more) {
        List<String> parts = new ArrayList<>();
        int number = found.size();
        String punches = number == 1 ? "1 punch" : number + " punches";
        parts.add(number == 0 ? "No punch found" : more ? "The newest " + punches : punches);
        if (!sought.user().isEmpty()) {
            parts.add(userAndHolder(new UserId(sought.user()), found));
        }
        if (!sought.employee().isEmpty()) {
            parts.add(directory
                    .nameOf(sought.employee())
                    .map(name -> name + " (" + sought.employee() + ")")
                    .orElse(sought.employee()));
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

    /** Not by the name alone where somebody else had the id when some of them were delivered. */
    private String userAndHolder(UserId user, List<StoredPunch> found) {
        String name = whoIs.whose(user, null);
        if (name == null) {
            return "user " + user.value();
        }
        return found.stream().anyMatch(punch -> whoIs.isFormerHolder(user, punch.employee()))
                ? "user " + user.value() + ", now " + name
                : name + " (user " + user.value() + ")";
    }
}
