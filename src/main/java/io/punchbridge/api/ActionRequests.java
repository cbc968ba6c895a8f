package io.punchbridge.api;

import io.punchbridge.access.Asker;
import io.punchbridge.inbox.Actions.Request;
import io.punchbridge.punch.PunchKey;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a request for an action says: which punches, and why. */
final class ActionRequests {
    static final String KEYS = "keys";
    static final String WHY = "why";
    static final Set<String> MEMBERS = Set.of(KEYS);

    /** What fits into a request. */
    static final int MOST_KEYS = 200;

    private static final int LONGEST_WHY = 500;

    private ActionRequests() {}

    static List<PunchKey> keys(Members members) {
        List<String> keys = members.texts(KEYS, MOST_KEYS);
        if (!keys.stream().allMatch(key -> key.matches(PunchesResource.KEY))) {
            throw Members.bad("keys must be keys of punches, as lists of punches show them.");
        }
        return keys.stream().map(PunchKey::new).toList();
    }

    static Request request(Members members, String what, Asker asker) {
        return request(members, WHY, what, asker);
    }

    /** @param why the member that gives the reason */
    static Request request(Members members, String why, String what, Asker asker) {
        return new Request(asker.authority(), asker.who(), what, printable(members.prose(why, LONGEST_WHY)));
    }

    static String words(List<PunchKey> keys) {
        return keys.size() == 1 ? "one punch by its key" : keys.size() + " punches by their keys";
    }

    /** On one line, wherever it is shown, and of characters that a database takes. */
    private static @Nullable String printable(@Nullable String text) {
        return text == null ? null : text.replaceAll("[\\p{Cntrl}\\p{Cs}\\u0085\\u2028\\u2029]+", " ");
    }
}
