package io.punchbridge.api;

import io.punchbridge.inbox.Watermarks.Decided;
import io.punchbridge.inbox.Watermarks.Standing;
import io.punchbridge.inbox.Watermarks.StandingHolder;
import io.punchbridge.punch.PunchKey;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What was last decided about a shift type, as {@code /api/v1} shows it. Instants are ISO 8601 in UTC.
 *
 * @param decision refused, unread, held-back, nothing-due, would-move, moved or not-written
 * @param lastSync the site's wall time, without offset; lastSyncAt is the same as an instant
 * @param provenUntil up to where nothing is missing; null where nothing is proven
 * @param since since when it stands so
 * @param holders the first one holds the most
 * @param passedOver keys of punches that are not in Frappe, and hold back no longer since they have waited too long
 */
@RegisterForReflection
public record WatermarkAnswer(
        String shiftType,
        String decision,
        String words,
        @Nullable String lastSync,
        @Nullable String lastSyncAt,
        @Nullable String provenUntil,
        String since,
        String checkedAt,
        List<HolderAnswer> holders,
        List<String> passedOver) {

    /** @param holder of a device "device NAME", of a punch "punch KEY", of a setting "setting NAME" */
    @RegisterForReflection
    public record HolderAnswer(String holder, String words, String toDo, String since) {

        static HolderAnswer of(StandingHolder standing) {
            return new HolderAnswer(
                    standing.holding().holder(),
                    standing.holding().words(),
                    standing.holding().toDo(),
                    standing.since().toString());
        }
    }

    static WatermarkAnswer of(Standing standing) {
        Decided decided = standing.decided();
        return new WatermarkAnswer(
                decided.shiftType(),
                decided.outcomeWord().shown(),
                decided.words(),
                textOrNull(decided.lastSync()),
                textOrNull(decided.lastSyncAt()),
                textOrNull(decided.provenUntil()),
                standing.since().toString(),
                decided.checkedAt().toString(),
                standing.holders().stream().map(HolderAnswer::of).toList(),
                decided.passedOver().stream().map(PunchKey::value).toList());
    }

    static @Nullable String textOrNull(@Nullable Object value) {
        return value == null ? null : Objects.toString(value);
    }
}
