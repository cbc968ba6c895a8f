package io.punchbridge.reconciliation;

import io.punchbridge.gateway.LogPage;
import io.punchbridge.punch.PunchKey;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Judges by the pages of one window whether all of it came. A page that "brings nothing new" ends a window by the
 * vendor's rule, but a gateway that ignores the offset looks the same: only a count, or a page with room left on it,
 * proves the end.
 */
final class WindowProof {
    /** Rows of a full page in the field. A shorter one was not cut. */
    static final int FULL_PAGE = 50;

    /** Half a million punches in a month: no device has them, a gateway that never ends might. */
    static final int MOST_PAGES = 10_000;

    /** What to do after a page. */
    sealed interface Next {
        record Ask(String offset) implements Next {}

        record Whole() implements Next {}

        /** Something may be missing; the words go on "The gateway …". */
        record Cut(String why) implements Next {}
    }

    private final Set<PunchKey> seen = new HashSet<>();
    private int pages;
    private long received;
    private long announced = -1;

    /** Takes the answer to the last offset. */
    Next take(LogPage page) {
        pages++;
        long fresh = countFresh(page);
        received += fresh;
        Integer ofWindow = page.rowsOfWindow();
        if (ofWindow != null) {
            announced = Math.max(announced, ofWindow);
        }
        String offset = page.nextOffset();
        // Asking for what comes after the last row takes the device a quarter of a minute, and brings nothing.
        boolean allCame = received == announced && page.rows() < FULL_PAGE;
        if (offset == null || fresh == 0 || allCame) {
            return end(page, fresh);
        }
        return pages < MOST_PAGES
                ? new Next.Ask(offset)
                : new Next.Cut("announces ever more pages: %d came, and no end".formatted(pages));
    }

    /**
     * A row that an earlier page had is a repeat. One that stands twice on its page is two: someone touched the sensor
     * twice within a second, and the gateway counts both.
     */
    private long countFresh(LogPage page) {
        List<PunchKey> keys = Stream.concat(
                        page.arrival().punches().stream().map(punch -> punch.key()),
                        page.arrival().unreadable().stream().map(unreadable -> unreadable.key()))
                .toList();
        long fresh = keys.stream().filter(key -> !seen.contains(key)).count();
        seen.addAll(keys);
        return fresh;
    }

    private Next end(LogPage page, long fresh) {
        if (received == announced) {
            return new Next.Whole();
        }
        if (received < announced) {
            return new Next.Cut("announced %d rows and gave %d".formatted(announced, received));
        }
        // No count, or one that its own rows refute, e.g. 0 as a filler: only room on the page proves the end.
        boolean full = page.rows() >= FULL_PAGE;
        if (full && fresh == 0) {
            return new Next.Cut("gave the same full page again, and no count of rows");
        }
        if (full && pages == 1) {
            return new Next.Cut("gave a full page of %d rows, and neither the way to a next one nor a count of rows"
                    .formatted(page.rows()));
        }
        return new Next.Whole();
    }
}
