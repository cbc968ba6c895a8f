package io.punchbridge.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThisReplicaTest {

    @Test
    void it_is_called_as_its_host() {
        // When
        ThisReplica replica = new ThisReplica(Map.of("HOSTNAME", "punchbridge-1"));

        // Then
        assertThat(replica.name()).isEqualTo("punchbridge-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void without_a_host_it_has_a_name_all_the_same(String host) {
        // When
        ThisReplica replica = new ThisReplica(Map.of("HOSTNAME", host));

        // Then
        assertThat(replica.name()).isEqualTo("punchbridge");
    }
}
