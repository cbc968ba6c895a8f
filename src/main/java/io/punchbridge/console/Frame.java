package io.punchbridge.console;

import java.util.List;

/**
 * What every page shows around its own.
 *
 * @param who who is logged in
 * @param mayAct whether to offer what only an operator may do
 * @param zone in which times are shown, in words for the foot of the page
 */
public record Frame(Place place, String title, String who, boolean mayAct, String zone) {

    public List<Place> places() {
        return List.of(Place.values());
    }

    public boolean isAt(Place other) {
        return place == other;
    }
}
