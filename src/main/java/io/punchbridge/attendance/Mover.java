package io.punchbridge.attendance;

import io.punchbridge.frappe.AttendanceSite;
import io.punchbridge.frappe.FrappeAnswer;
import io.punchbridge.frappe.FrappeFailure;
import io.punchbridge.frappe.ShiftType;
import io.punchbridge.inbox.Verified;
import io.punchbridge.inbox.Watermarks;
import io.punchbridge.inbox.Watermarks.Move;
import io.punchbridge.inbox.Watermarks.MoveState;
import io.punchbridge.inbox.Watermarks.Proof;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes a move, and keeps it with its proof before and its outcome after; what a crash left open is found out later. */
final class Mover {
    /** Longer than any request to Frappe lives: one that was lost can't be at work any more. */
    private static final Duration LOST_REQUEST_IS_DEAD = Duration.ofMinutes(10);

    private final AttendanceSite site;
    private final Watermarks watermarks;
    private final String by;
    private final Clock clock;

    Mover(AttendanceSite site, Watermarks watermarks, String by, Clock clock) {
        this.site = site;
        this.watermarks = watermarks;
        this.by = by;
        this.clock = clock;
    }

    /**
     * @param after the Shift Type with the new value; null if it isn't known to have it
     * @param failure null if Frappe said that all went well
     */
    record Written(@Nullable ShiftType after, @Nullable FrappeFailure failure, String words) {}

    Written write(ShiftType shift, Decision.Move move, List<DeviceFact> facts) {
        String id = UUID.randomUUID().toString();
        watermarks.intend(new Move(
                id,
                shift.name(),
                shift.lastSync(),
                move.to(),
                move.provenUntil(),
                facts.stream().flatMap(Mover::proof).toList(),
                by,
                clock.instant(),
                MoveState.INTENDED,
                null,
                null));
        FrappeAnswer<ShiftType> answer = site.moveLastSync(shift, move.to());
        return answer.fold(after -> written(id, shift, move, after), failure -> failed(id, failure));
    }

    private static Stream<Proof> proof(DeviceFact fact) {
        Verified verified = fact.verified();
        return verified == null
                ? Stream.of()
                : Stream.of(new Proof(
                        fact.device().name(),
                        fact.device().serialNumber(),
                        verified.since(),
                        verified.until(),
                        verified.run()));
    }

    /** Frappe answers 200 also where it silently left a field out that the user may not write. */
    private Written written(String id, ShiftType shift, Decision.Move move, ShiftType after) {
        if (move.to().equals(after.lastSync())) {
            watermarks.settle(id, MoveState.WRITTEN, "Written.", clock.instant());
            // They had the same stamp or an older one: had one of them been written, this one would have been refused.
            watermarks
                    .unsettled(shift.name())
                    .forEach(earlier -> watermarks.settle(
                            earlier.id(),
                            MoveState.NOT_WRITTEN,
                            "A later move found it not written.",
                            clock.instant()));
            return new Written(after, null, "Written.");
        }
        String words = "Frappe accepted it and kept %s. The API user may lack the permission to write this field."
                .formatted(told(after));
        watermarks.settle(id, MoveState.NOT_WRITTEN, words, clock.instant());
        return new Written(null, null, words);
    }

    /** What may have been done stays open, and is found out by reading. */
    private Written failed(String id, FrappeFailure failure) {
        if (failure.kind() != FrappeFailure.Kind.UNCERTAIN) {
            watermarks.settle(id, MoveState.NOT_WRITTEN, failure.words(), clock.instant());
        }
        return new Written(null, failure, failure.words());
    }

    /** Finds out what became of moves whose end was not seen. */
    void resolve(ShiftType shift) {
        Instant now = clock.instant();
        for (Move open : watermarks.unsettled(shift.name())) {
            if (open.to().equals(shift.lastSync())) {
                watermarks.settle(open.id(), MoveState.WRITTEN, "Found written.", now);
            } else if (!now.isBefore(open.at().plus(LOST_REQUEST_IS_DEAD)) || now.isBefore(open.at())) {
                boolean unchanged = Objects.equals(open.from(), shift.lastSync());
                watermarks.settle(
                        open.id(),
                        unchanged ? MoveState.NOT_WRITTEN : MoveState.UNKNOWN,
                        unchanged
                                ? "Found not written."
                                : "Found %s, so whether it was written before can't be told.".formatted(told(shift)),
                        now);
            }
        }
    }

    private static String told(ShiftType shift) {
        return shift.lastSync() == null ? "no value" : HolderWords.told(shift.lastSync());
    }
}
