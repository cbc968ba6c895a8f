package io.punchbridge.delivery;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What Frappe refused in a round, until it is known whether the punches are at fault or the site. */
final class Refusals {
    private static final int MANY = 10;
    private static final int SEVERAL_EMPLOYEES = 3;

    private final Settlements settlements;
    private final List<Refused> refused = new ArrayList<>();

    Refusals(Settlements settlements) {
        this.settlements = settlements;
    }

    private record Refused(Parcel parcel, String words) {}

    void add(Parcel parcel, String words) {
        refused.add(new Refused(parcel, words));
    }

    /**
     * A setting of the site can refuse every check-in, e.g. one that demands coordinates; Frappe's answer is then that of
     * one bad punch. Where many are refused with the same words, for several employees and none is taken, it is the site.
     */
    Optional<Obstacle> everythingAlike() {
        boolean alike = refused.size() >= MANY
                && !settlements.anyTaken()
                && refused.stream().map(Refused::words).distinct().count() == 1
                && refused.stream()
                                .map(one -> one.parcel().checkin().employee())
                                .distinct()
                                .count()
                        >= SEVERAL_EMPLOYEES;
        return alike
                ? Optional.of(
                        new Obstacle.SetUp("Frappe refuses every check-in with the same words, so a setting of the"
                                + " site must be in the way; change it, and delivery goes on by itself. Frappe says: "
                                + refused.get(0).words()))
                : Optional.empty();
    }

    /**
     * What was refused is rejected for good, unless the site seems to refuse everything.
     *
     * @param askAgainAt when these are due again in that case: later than others, so that a head of bad punches can't
     *     stand in the way of good ones for ever
     */
    void settle(Instant askAgainAt) {
        boolean suspect = everythingAlike().isPresent();
        for (Refused one : refused) {
            if (suspect) {
                settlements.again(one.parcel(), askAgainAt);
            } else {
                settlements.rejected(one.parcel(), one.words());
            }
        }
        refused.clear();
    }
}
