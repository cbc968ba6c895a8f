package io.punchbridge.console.loadlog;

import io.punchbridge.console.Moment;
import org.jspecify.annotations.Nullable;

/**
 * A run over a device's log as people see it. Numbers are written out.
 *
 * @param by who wanted it, in words
 * @param state as the badges have it
 * @param tone of the notice that tells its end
 * @param range its days, by the device's zone
 * @param percent of the range that is loaded
 * @param windows e.g. {@code 1 of 3}
 * @param estimate when it ends if it goes on as it went; null where nothing can be told
 * @param words what it comes to, or what it does now
 * @param reason what went wrong last, and what to do; null if nothing did
 * @param mayCancel whether whoever looks can end it
 */
public record RunView(
        String id,
        String device,
        @Nullable String deviceLink,
        String by,
        String state,
        String tone,
        String range,
        int percent,
        String windows,
        String pages,
        String rows,
        String newPunches,
        String lostPunches,
        String errors,
        Moment started,
        @Nullable Moment ended,
        @Nullable Moment estimate,
        String words,
        @Nullable String reason,
        boolean running,
        boolean mayCancel) {

    public String link() {
        return LoadLogPage.PATH + "/runs/" + id;
    }

    public boolean over() {
        return !running;
    }
}
