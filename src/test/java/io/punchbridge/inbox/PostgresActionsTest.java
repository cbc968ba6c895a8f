package io.punchbridge.inbox;

import static io.punchbridge.inbox.Samples.NINE;
import static io.punchbridge.inbox.Samples.live;
import static io.punchbridge.inbox.Samples.punch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.punchbridge.inbox.Actions.Left;
import io.punchbridge.inbox.Actions.Outcome;
import io.punchbridge.inbox.Actions.Why;
import io.punchbridge.punch.Punch;
import io.punchbridge.punch.PunchState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PostgresActionsTest extends ActionsContract {
    private static final String WAITING =
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()";

    private final PostgresSettings database = PostgresServer.newDatabase();

    @Override
    SqlPunchStore open() {
        return PostgresPunchStore.open(database, clock, PunchStoreContract.LEASE);
    }

    @Test
    void whatAnotherReplicaIsReleasingIsWaitedForAndThenLeftAlone() throws Exception {
        // Given
        Punch punch = punch("7", NINE);
        settled(PunchState.HELD, "who?", punch);

        // When
        CompletableFuture<Outcome> replayed = store.write(handle -> {
            store.release(handle, List.of(punch.key()), PunchState.HELD);
            CompletableFuture<Outcome> action =
                    CompletableFuture.supplyAsync(() -> actions.replay(List.of(punch.key()), ANY, REQUEST));
            await().atMost(Duration.ofSeconds(8))
                    .until(() -> action.isDone()
                            || handle.createQuery(WAITING).mapTo(Integer.class).one() > 0);
            Changes changes = new Changes();
            changes.move(PunchState.HELD, PunchState.PENDING);
            changes.write(handle, 0);
            return action;
        });

        // Then
        Outcome outcome = replayed.get(30, TimeUnit.SECONDS);
        assertThat(outcome.changed()).isZero();
        assertThat(outcome.left()).containsExactly(new Left(punch.key(), Why.OTHER_STATE, PunchState.PENDING));
        assertThat(store.counts()).isEqualTo(recounted());
    }

    @Test
    void whatDeliveryIsAtIsNotWaitedFor() {
        // Given
        Punch punch = punch("7", NINE);
        store.append(List.of(live(clock.instant(), punch)));

        // When
        Outcome outcome = store.write(handle -> {
            handle.execute("SELECT * FROM punch FOR UPDATE");
            return actions.replay(List.of(punch.key()), ANY, REQUEST);
        });

        // Then
        assertThat(outcome.left()).containsExactly(new Left(punch.key(), Why.OTHER_STATE, PunchState.PENDING));
    }
}
