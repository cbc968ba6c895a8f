package io.punchbridge.console.held;

import io.punchbridge.console.Moment;
import io.punchbridge.inbox.PunchSearch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * For whom punches are held.
 *
 * @param people those with most punches first
 * @param complete false where others are left out
 * @param readAt when the employees were read from Frappe last; null if never since the start
 */
public record HeldView(
        List<HeldPerson> people, boolean complete, @Nullable Moment readAt) {

    /** Punches of one person are counted no further. */
    public int most() {
        return PunchSearch.MOST_OF_A_USER;
    }
}
