package io.punchbridge.console;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What every page shows around its own.
 *
 * @param place where in the navigation it is; null for a page that belongs nowhere, as one of a failure
 * @param who who is logged in; null where that isn't known
 * @param mayAct whether to offer what only an operator may do
 * @param mayLogOut whether there is a session here that can be ended
 * @param places what the navigation shows; nothing to whom is let in nowhere
 * @param zone in which times are shown, in words for the foot of the page; null for strangers, who see no times
 */
public record Frame(
        @Nullable Place place,
        String title,
        @Nullable String who,
        boolean mayAct,
        boolean mayLogOut,
        List<Place> places,
        @Nullable String zone) {

    public boolean isAt(Place other) {
        return place == other;
    }
}
