package io.punchbridge.console.attendance;

import io.punchbridge.console.Moment;
import io.punchbridge.console.Times;
import io.punchbridge.inbox.Watermarks.Move;
import io.punchbridge.inbox.Watermarks.MoveState;
import io.punchbridge.inbox.Watermarks.Proof;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One move of “Last Sync of Checkin” with its proof.
 *
 * @param from the site's wall time before, as {@code to} after
 * @param by which process made it
 * @param state as badges show it
 * @param settled when its end was known; null as long as it isn't
 * @param outcome what became of it
 */
public record MoveView(
        String shiftType,
        String from,
        String to,
        String state,
        String outcome,
        Moment at,
        @Nullable Moment settled,
        Moment provenUntil,
        String by,
        List<Range> proof) {

    /**
     * What a move rests on.
     *
     * @param run of reconciliation that proved it, or on whose word else
     */
    public record Range(Link device, Moment since, Moment until, String run) {}

    static MoveView of(Move move, Times times) {
        return new MoveView(
                move.shiftType(),
                Words.told(move.from()),
                Words.told(move.to()),
                move.stateWord().shown(),
                outcome(move),
                times.moment(move.at()),
                times.momentOrNull(move.settledAt()),
                times.moment(move.provenUntil()),
                move.by(),
                move.proof().stream().map(proof -> range(proof, times)).toList());
    }

    private static Range range(Proof proof, Times times) {
        String run = proof.run();
        return new Range(
                Link.device(proof.device()),
                times.moment(proof.since(), proof.serialNumber()),
                times.moment(proof.until(), proof.serialNumber()),
                run == null ? "assumed (assume-complete-after)" : run);
    }

    private static String outcome(Move move) {
        MoveState state = move.state();
        String words = move.outcome();
        if (words != null || state == null) {
            return words == null ? "" : words;
        }
        return switch (state) {
            case INTENDED -> "Begun; what became of it is found out at the next look.";
            case WRITTEN -> "Frappe shows the new value.";
            case NOT_WRITTEN -> "Frappe doesn't show the new value.";
            case UNKNOWN -> "What became of it can't be told any more.";
        };
    }
}
