package io.punchbridge.attendance;

import io.punchbridge.inbox.ClusterLock;
import io.punchbridge.inbox.StorageException;
import io.punchbridge.inbox.Watermarks;
import java.time.Clock;
import java.time.Duration;

/** One turn of the periodic job: a round, unless one goes on at this or another replica. */
final class WatermarkTurn {
    static final String JOB = "watermark";
    /** A replica that dies in a round holds the others up for so long. A round is a few requests a shift type. */
    private static final Duration AT_MOST = Duration.ofMinutes(30);

    private static final Duration MOVES_ARE_KEPT = Duration.ofDays(400);
    private static final int PURGED_A_ROUND = 500;

    private final WatermarkRound round;
    private final Watermarks watermarks;
    private final ClusterLock clusterLock;
    private final WatermarkWatch watch;
    private final Clock clock;

    WatermarkTurn(
            WatermarkRound round, Watermarks watermarks, ClusterLock clusterLock, WatermarkWatch watch, Clock clock) {
        this.round = round;
        this.watermarks = watermarks;
        this.clusterLock = clusterLock;
        this.watch = watch;
        this.clock = clock;
    }

    /** Metrics follow what is stored, whichever replica decided it. */
    void run() {
        try {
            clusterLock.runExclusively(JOB, AT_MOST, () -> {
                round.run();
                watermarks.purgeMoves(clock.instant().minus(MOVES_ARE_KEPT), PURGED_A_ROUND);
            });
            watch.show(watermarks.standing());
        } catch (StorageException failed) {
            watch.storageFails(failed);
        }
    }
}
