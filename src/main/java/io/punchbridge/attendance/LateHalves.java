package io.punchbridge.attendance;

import io.punchbridge.frappe.FrappeFailure;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** The two halves of a round. Neither keeps the other from its work: somebody may have no attendance meanwhile. */
record LateHalves(Supplier<Optional<FrappeFailure>> repair, Supplier<Optional<FrappeFailure>> judge) {
    private static final Logger LOG = Logger.getLogger(LateHalves.class);

    /** Repairs first. Answers the first failure of the site. */
    Optional<FrappeFailure> run() {
        Optional<FrappeFailure> ofRepair = guarded("repaired", repair);
        Optional<FrappeFailure> ofJudge = guarded("judged", judge);
        return ofRepair.or(() -> ofJudge);
    }

    private static Optional<FrappeFailure> guarded(String done, Supplier<Optional<FrappeFailure>> half) {
        try {
            return half.get();
        } catch (RuntimeException failed) {
            LOG.errorf(failed, "Late punches couldn't be %s in this round; tried again in the next.", done);
            return Optional.empty();
        }
    }
}
