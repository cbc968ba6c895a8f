package io.punchbridge.console.attendance;

import io.punchbridge.console.Moment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far auto attendance of a Shift Type may go.
 *
 * @param anchor id of its part of the page
 * @param decision as badges show it
 * @param since since when it stands so
 * @param stale why what is shown may be out of date; null if it isn't
 * @param lastSync in the site's wall time, as it stands in Frappe
 * @param lag how far that is behind now; null without a value
 * @param alternative the bar in words
 * @param passedOver punches that are not in Frappe and hold it back no longer
 * @param moves where its history stands
 */
public record ShiftView(
        String anchor,
        Link shiftType,
        String decision,
        String words,
        Moment since,
        Moment checked,
        @Nullable String stale,
        @Nullable Moment lastSync,
        @Nullable String lag,
        @Nullable Moment provenUntil,
        LagBar bar,
        Moment barFrom,
        String alternative,
        List<Holder> holders,
        List<Link> passedOver,
        String moves) {

    /**
     * What holds it back.
     *
     * @param kind device, punch, setting or whatever else it is
     */
    public record Holder(String kind, Link link, String words, String toDo, Moment since) {}
}
