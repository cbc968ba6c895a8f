package io.punchbridge.console.punches;

import io.punchbridge.console.people.WhoIs.Known;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a search came to: either people among whom to choose, or punches, or nothing with what that can mean.
 *
 * @param sought what was looked for in the end: a name that only one bears has become that one's id
 * @param people who bear the name, if several do
 * @param everybody false where more do than are told
 * @param holder who has the sought id now, where what was delivered under another id may be looked for, too; else null
 * @param next cursor of what is older; null if nothing is left
 * @param replayable whether all that match may be sent again at once
 */
public record Found(
        Sought sought,
        String heading,
        List<Known> people,
        boolean everybody,
        List<Row> rows,
        @Nullable Known holder,
        @Nullable String next,
        @Nullable Nothing nothing,
        boolean replayable) {

    /** As an empty text for the template's switch. */
    public String cursor() {
        return next == null ? "" : next;
    }
}
