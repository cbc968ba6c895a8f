package io.punchbridge.attendance;

import io.punchbridge.inbox.Watermarks.Holding;
import io.punchbridge.punch.PunchKey;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far auto attendance of a shift type may go. */
sealed interface Decision {

    /** A setting forbids to write, whatever is proven. */
    record Refused(Holding setting) implements Decision {}

    /**
     * A shift's window has closed, and it isn't proven that all of its punches are in Frappe.
     *
     * @param day of the latest shift that HRMS would process if nothing were missing
     * @param holders what keeps even the first of the due shifts back; the first one holds the most
     * @param provenUntil null where nothing is proven
     * @param passedOver open punches that hold back no longer
     */
    record HeldBack(
            LocalDate day, List<Holding> holders, @Nullable Instant provenUntil, List<PunchKey> passedOver)
            implements Decision {
        public HeldBack {
            holders = List.copyOf(holders);
            passedOver = List.copyOf(passedOver);
        }
    }

    /**
     * No window has closed that HRMS hasn't been given.
     *
     * @param ahead whether it has been given more than is proven
     */
    record NothingDue(@Nullable Instant provenUntil, boolean ahead, List<PunchKey> passedOver) implements Decision {
        public NothingDue {
            passedOver = List.copyOf(passedOver);
        }
    }

    /**
     * It may be moved.
     *
     * @param to wall time of the site, in whole seconds
     * @param day of the latest shift that HRMS processes then
     */
    record Move(LocalDateTime to, LocalDate day, Instant provenUntil, List<PunchKey> passedOver) implements Decision {
        public Move {
            passedOver = List.copyOf(passedOver);
        }
    }
}
