package io.punchbridge.console.attendance;

import io.punchbridge.console.Moment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Days whose attendance was made without some of their punches, the newest first.
 *
 * @param heading what is listed
 * @param state that is asked for; empty for all
 * @param empty what it means that nothing is listed
 * @param older where the list goes on; null if it ends here
 * @param isFirst whether nothing newer is left out
 */
public record LateView(
        ModeView mode,
        String heading,
        String state,
        List<Choice> choices,
        List<Entry> entries,
        String empty,
        @Nullable String older,
        boolean isFirst) {

    /** A state that may be asked for; without a word all are. */
    public record Choice(String word, String text, boolean isChosen) {}

    /**
     * A person's day.
     *
     * @param name null if the directory of employees doesn't know it, or no more
     * @param attendance the one that was made without the punches; null if none stands
     * @param state as badges show it, {@code means} in words
     * @param reason why it stands so, and what to do
     */
    public record Entry(
            String anchor,
            Link employee,
            @Nullable String name,
            String day,
            Link shift,
            @Nullable Link attendance,
            @Nullable Said says,
            @Nullable Said wouldSay,
            String state,
            String means,
            @Nullable String reason,
            @Nullable Link remade,
            Moment found,
            Moment changed,
            @Nullable Moment lookedAtAgain,
            List<Punch> punches,
            List<Step> steps) {}

    /** Times are wall times of the site. */
    public record Said(String status, String hours, String inTime, String outTime) {}

    /** @param device its name, or its serial number if it isn't declared any more */
    public record Punch(Link story, Moment at, Link device, Link checkin, Moment delivered) {}

    /** @param begun null for what a dry run would do */
    public record Step(
            String words,
            Link subject,
            @Nullable Moment begun,
            @Nullable Moment done) {}
}
