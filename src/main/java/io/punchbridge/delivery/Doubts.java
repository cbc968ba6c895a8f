package io.punchbridge.delivery;

import io.punchbridge.frappe.FrappeAnswer;
import io.punchbridge.frappe.FrappeSite;
import io.punchbridge.inbox.WaitingPunch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Clears up what became of parcels that may have been sent before, ere anything is sent again. */
final class Doubts {
    private final Standing standing;
    private final Settlements settlements;
    private final Duration quiet;
    private final Clock clock;

    /** @param quiet how long a lost request may still be at work */
    Doubts(Standing standing, Settlements settlements, Duration quiet, Clock clock) {
        this.standing = standing;
        this.settlements = settlements;
        this.quiet = quiet;
        this.clock = clock;
    }

    /** Settles those of the parcels that stand in Frappe, and those that must still wait; the rest may go. */
    Optional<Obstacle> settle(List<Parcel> doubtful, List<Parcel> mayGo) {
        for (int from = 0; from < doubtful.size(); from += FrappeSite.MOST_IN_A_BATCH) {
            Optional<Obstacle> obstacle = settlePart(
                    doubtful.subList(from, Math.min(doubtful.size(), from + FrappeSite.MOST_IN_A_BATCH)), mayGo);
            if (obstacle.isPresent()) {
                return obstacle;
            }
        }
        return Optional.empty();
    }

    private Optional<Obstacle> settlePart(List<Parcel> part, List<Parcel> mayGo) {
        // Before the look-up: a row that came between it and the end of the quiet time would not be in its answer.
        Instant now = clock.instant();
        FrappeAnswer<Standing.Found> found = standing.lookUp(part);
        if (found instanceof FrappeAnswer.Failure<Standing.Found> failed) {
            return Optional.of(Courier.obstacle(failed.failure()));
        }
        List<Parcel> missing = new ArrayList<>();
        Optional<Obstacle> wrong =
                standing.settle(part, ((FrappeAnswer.Success<Standing.Found>) found).value(), missing);
        for (Parcel parcel : missing) {
            Instant since = since(parcel, now);
            Instant quietUntil = since.plus(quiet);
            if (now.isBefore(quietUntil)) {
                settlements.inDoubt(parcel, since, quietUntil);
            } else {
                mayGo.add(parcel);
            }
        }
        return wrong;
    }

    /** Never later than now: after our clock was stepped back, the quiet time begins anew rather than lasting for hours. */
    private static Instant since(Parcel parcel, Instant now) {
        Instant since = parcel.punches().stream()
                .map(WaitingPunch::inDoubtSince)
                .filter(Objects::nonNull)
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
        return since.isAfter(now) ? now : since;
    }
}
