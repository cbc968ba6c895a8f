package io.punchbridge.api;

import io.punchbridge.access.Asker;
import io.punchbridge.access.Problem;
import io.punchbridge.inbox.Actions;
import io.punchbridge.inbox.Actions.Outcome;
import io.punchbridge.inbox.Actions.Request;
import io.punchbridge.inbox.PunchFilter;
import io.punchbridge.inbox.PunchSearch;
import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.PunchState;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;

/** What a person may do to punches, whether a program asks for it or a page; recorded and logged alike. */
@Singleton
public class PunchActions {
    private static final Logger LOG = Logger.getLogger(PunchActions.class);

    /** So many take a few seconds. */
    static final int MOST_BY_FILTER = PunchSearch.MOST_OF_A_USER;

    private final Actions actions;

    public PunchActions(Actions actions) {
        this.actions = actions;
    }

    /** For the record of an action; the reason is the member {@code why}, if it is given. */
    public static Request request(Members members, String what, Asker asker) {
        return ActionRequests.request(members, what, asker);
    }

    /** In words, for the record of an action. */
    public static String words(List<PunchKey> keys) {
        return ActionRequests.words(keys);
    }

    /** Those that a filter means; refuses one that says no states, or others than a filter may, or means too many. */
    public List<PunchKey> matching(PunchFilter filter) {
        if (filter.states().isEmpty() || !Actions.REPLAYED_BY_FILTER.containsAll(filter.states())) {
            throw Members.unprocessable(
                    "A filter must say the states, of rejected, held, quarantined and ignored. Pending"
                            + " punches are sent anyway; a delivered one is replayed by its key alone.");
        }
        List<PunchKey> keys = actions.replayable(filter, MOST_BY_FILTER + 1);
        if (keys.size() > MOST_BY_FILTER) {
            throw Members.unprocessable("More than " + MOST_BY_FILTER
                    + " punches match, which is the most at once. Narrow the filter, e.g. by from and to.");
        }
        return keys;
    }

    /** Refuses where other punches match now than the person has been told of. */
    public static void confirm(int confirmed, List<PunchKey> matching) {
        if (confirmed == matching.size()) {
            return;
        }
        Map<String, Object> problem = Problem.body(
                Status.CONFLICT,
                "Other punches match than were confirmed, so nothing was done. Look at them, and confirm their number"
                        + " as it is now.");
        problem.put("matching", matching.size());
        throw new WebApplicationException(Response.status(Status.CONFLICT)
                .type(Problem.TYPE)
                .entity(problem)
                .build());
    }

    public ActedAnswer replay(List<PunchKey> keys, Set<PunchState> from, Request request) {
        Outcome outcome = actions.replay(keys, from, request);
        LOG.infof(
                "%d punches were replayed by a person, and %d left as they are (action %s).",
                outcome.changed(), outcome.left().size(), outcome.action());
        return ActedAnswer.of(
                outcome,
                keys.size(),
                "Those that changed are pending, and are sent as soon as Frappe takes them; what may stand there"
                        + " already is looked up first. Where the reason still holds, they are held, quarantined or ignored again.");
    }

    /** @param request says why */
    public ActedAnswer dismiss(List<PunchKey> keys, Request request) {
        if (request.why() == null) {
            throw Members.bad("A punch isn't dismissed without a reason that others can read: say why.");
        }
        Outcome outcome = actions.dismiss(keys, request);
        LOG.infof(
                "%d punches were dismissed by a person, and %d left as they are (action %s).",
                outcome.changed(), outcome.left().size(), outcome.action());
        return ActedAnswer.of(
                outcome,
                keys.size(),
                "Those that changed are ignored: they become no check-ins, and don't hold the attendance watermark back any"
                        + " more, so their time counts as complete. A replay takes that back, but for unreadable ones, which nobody can send:"
                        + " those stay ignored and are purged in the end.");
    }
}
