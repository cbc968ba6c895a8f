package io.punchbridge.console.today;

import io.punchbridge.console.Moment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that the page shows.
 *
 * @param update whether each part takes the place of the one that an open page shows
 * @param needs what a person should do, the most urgent first
 * @param newest the newest punches by the devices' own time, newest first
 */
public record TodayView(
        boolean update,
        List<Card> cards,
        FrappeCard frappe,
        List<Need> needs,
        AlertsCard alerts,
        HourChart hours,
        List<NewPunch> newest) {

    /** The same, for a page that is open already or for one that isn't. */
    TodayView with(boolean wanted) {
        return new TodayView(wanted, cards, frappe, needs, alerts, hours, newest);
    }

    /** A number, what it is of, and what more there is to say of it. */
    public record Card(String label, String figure, String more) {}

    /**
     * Something that doesn't mend itself.
     *
     * @param id unique on the page, and the same from one look to the next
     * @param tone warn or bad
     * @param words what happened
     * @param toDo one sentence
     * @param link words of the link
     */
    public record Need(String id, String tone, String words, String toDo, String href, String link) {}

    /**
     * A row of the newest.
     *
     * @param at when the device recorded it; where that can't be read, when it came
     * @param who name of the employee, else the id on the device
     * @param justCame whether it came in the last seconds
     */
    public record NewPunch(Moment at, String device, String who, String state, String key, boolean justCame) {}

    /**
     * Whether Frappe is there.
     *
     * @param badge one or two words
     * @param tone ok, warn, bad or idle
     * @param reason what Frappe or the delivery says of it
     * @param since when that began; null while nothing was tried
     * @param paused null while nobody has paused delivery
     */
    public record FrappeCard(
            String badge,
            String tone,
            String words,
            @Nullable String reason,
            @Nullable Moment since,
            @Nullable Moment nextTry,
            @Nullable Moment lastDelivery,
            @Nullable Pause paused) {}

    /** That a person has stopped delivery for a while. */
    public record Pause(Moment since, @Nullable String by, String why) {}
}
