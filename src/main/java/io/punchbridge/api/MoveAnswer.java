package io.punchbridge.api;

import static io.punchbridge.api.WatermarkAnswer.textOrNull;

import io.punchbridge.inbox.Watermarks.Move;
import io.punchbridge.inbox.Watermarks.Proof;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A move of {@code last_sync_of_checkin} with its proof, as {@code /api/v1} shows it. Instants are ISO 8601 in UTC.
 *
 * @param from the site's wall time before; null if there was none
 * @param to the site's wall time after
 * @param by which process made it
 * @param state intended, written, not-written, or unknown if that can't be told any more
 */
@RegisterForReflection
public record MoveAnswer(
        String id,
        String shiftType,
        @Nullable String from,
        String to,
        String provenUntil,
        String by,
        String at,
        String state,
        @Nullable String settledAt,
        @Nullable String outcome,
        List<ProofAnswer> proof) {

    /** @param run of reconciliation that proved its end; null where it was assumed by configuration */
    @RegisterForReflection
    public record ProofAnswer(
            String device,
            String since,
            String until,
            @Nullable String run) {

        static ProofAnswer of(Proof proof) {
            return new ProofAnswer(
                    proof.device(), proof.since().toString(), proof.until().toString(), proof.run());
        }
    }

    static MoveAnswer of(Move move) {
        return new MoveAnswer(
                move.id(),
                move.shiftType(),
                textOrNull(move.from()),
                move.to().toString(),
                move.provenUntil().toString(),
                move.by(),
                move.at().toString(),
                move.stateWord().shown(),
                textOrNull(move.settledAt()),
                move.outcome(),
                move.proof().stream().map(ProofAnswer::of).toList());
    }
}
