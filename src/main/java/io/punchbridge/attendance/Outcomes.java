package io.punchbridge.attendance;

import io.punchbridge.frappe.FrappeFailure;
import io.punchbridge.frappe.ShiftType;
import io.punchbridge.inbox.Watermarks.Decided;
import io.punchbridge.inbox.Watermarks.Holding;
import io.punchbridge.inbox.Watermarks.Outcome;
import io.punchbridge.punch.PunchKey;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is kept and said of a decision about one shift type. */
record Outcomes(ShiftType shift, ZoneId zone, Instant now) {

    /** Of any but a move. */
    Decided of(Decision decision) {
        if (decision instanceof Decision.Refused refused) {
            String words = "Shift Type %s is not moved. %s"
                    .formatted(shift.name(), refused.setting().words());
            return decided(Outcome.REFUSED, "", words, List.of(refused.setting()), List.of(), null);
        }
        if (decision instanceof Decision.HeldBack held) {
            String words = "The shifts of %s up to %s are not all given to auto attendance yet. %s"
                    .formatted(shift.name(), held.day(), held.holders().get(0).words());
            return decided(
                    Outcome.HELD_BACK,
                    held.day().toString(),
                    words,
                    held.holders(),
                    held.passedOver(),
                    held.provenUntil());
        }
        if (decision instanceof Decision.NothingDue nothing) {
            String ahead = nothing.ahead()
                    ? " \"Last Sync of Checkin\" is further than what is proven: someone else moved it, or a punch came to"
                            + " light since. Who has punches that are still on their way may become Absent."
                    : "";
            return decided(
                    Outcome.NOTHING_DUE,
                    nothing.ahead() ? "ahead" : "",
                    "No shift of %s whose window has closed waits for auto attendance.".formatted(shift.name()) + ahead,
                    List.of(),
                    nothing.passedOver(),
                    nothing.provenUntil());
        }
        throw new IllegalArgumentException("a move is told by what became of it");
    }

    /**
     * Of one that can't be read. What was led stands still, and is held back. Of what wasn't, nobody knows whether it ought to be.
     *
     * @param before what stood last, with the value that was read last; null if nothing did
     */
    static Decided unread(String shiftType, FrappeFailure failure, @Nullable Decided before, Instant now) {
        if (before == null || before.outcome() == Outcome.UNREAD) {
            return new Decided(
                    shiftType,
                    Outcome.UNREAD,
                    "",
                    HolderWords.neverRead(shiftType, failure),
                    List.of(),
                    List.of(),
                    null,
                    null,
                    null,
                    now);
        }
        Holding holding = HolderWords.unread(shiftType, failure);
        return new Decided(
                shiftType,
                Outcome.HELD_BACK,
                "unread",
                holding.words(),
                List.of(holding),
                List.of(),
                before.lastSync(),
                before.lastSyncAt(),
                null,
                now);
    }

    Decided wouldMove(Decision.Move move) {
        return decided(
                Outcome.WOULD_MOVE,
                move.day().toString(),
                ("\"Last Sync of Checkin\" of Shift Type %s would go from %s to %s, and HRMS would process the shifts up to"
                                + " %s. Set punchbridge.attendance.watermark to advance to have it written.")
                        .formatted(shift.name(), told(shift.lastSync()), told(move.to()), move.day()),
                List.of(),
                move.passedOver(),
                move.provenUntil());
    }

    /** Of the Shift Type as it is after the move. */
    Decided moved(Decision.Move move) {
        return decided(
                Outcome.MOVED,
                move.to().toString(),
                "\"Last Sync of Checkin\" of Shift Type %s went to %s: HRMS processes the shifts up to %s at its next run."
                        .formatted(shift.name(), told(move.to()), move.day()),
                List.of(),
                move.passedOver(),
                move.provenUntil());
    }

    Decided notWritten(Decision.Move move, String why) {
        return decided(
                Outcome.NOT_WRITTEN,
                move.day().toString(),
                ("\"Last Sync of Checkin\" of Shift Type %s was to go from %s to %s, and isn't known to have: %s It is tried"
                                + " again.")
                        .formatted(shift.name(), told(shift.lastSync()), told(move.to()), sentence(why)),
                List.of(),
                move.passedOver(),
                move.provenUntil());
    }

    static String sentence(String words) {
        return words.endsWith(".") ? words : words + ".";
    }

    private static String told(@Nullable LocalDateTime value) {
        return value == null ? "no value" : HolderWords.told(value);
    }

    private Decided decided(
            Outcome outcome,
            String topic,
            String words,
            List<Holding> holders,
            List<PunchKey> passedOver,
            @Nullable Instant provenUntil) {
        LocalDateTime lastSync = shift.lastSync();
        return new Decided(
                shift.name(),
                outcome,
                topic,
                words,
                holders,
                passedOver,
                lastSync,
                lastSync == null ? null : new SiteTime(zone).firstAt(lastSync),
                provenUntil,
                now);
    }
}
