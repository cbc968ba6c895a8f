package io.punchbridge.inbox;

import static io.punchbridge.inbox.Samples.NINE;
import static io.punchbridge.inbox.Samples.live;
import static io.punchbridge.inbox.Samples.punch;
import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.inbox.Actions.Request;
import java.util.List;
import org.junit.jupiter.api.Test;

class PostgresDeliveryPauseTest extends DeliveryPauseContract {
    private final PostgresSettings database = PostgresServer.newDatabase();

    @Override
    SqlPunchStore open() {
        return PostgresPunchStore.open(database, clock, PunchStoreContract.LEASE);
    }

    @Test
    void a_replica_claims_nothing_from_the_moment_that_another_one_was_told() {
        // Given
        try (SqlPunchStore told = open();
                SqlPunchStore other = open()) {
            other.append(List.of(live(clock.instant(), punch("7", NINE))));

            // When
            new SqlDeliveryPause(told, clock).pause(new Request("name and password", "jo", "", "Frappe is slow."));

            // Then
            assertThat(other.claim(10)).isEmpty();
            assertThat(new SqlDeliveryPause(other, clock).current()).isPresent();
        }
    }
}
