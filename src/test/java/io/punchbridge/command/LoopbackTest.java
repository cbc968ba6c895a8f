package io.punchbridge.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoopbackTest {
    @ParameterizedTest
    @CsvSource({
        "localhost, true",
        "LOCALHOST, true",
        "127.0.0.1, true",
        "127.1.2.3, true",
        "[::1], true",
        "[0:0:0:0:0:0:0:1], true",
        "[::ffff:127.0.0.1], true",
        "localhost.example.com, false",
        "127.0.0.1.example.com, false",
        "ip6-localhost, false",
        "10.0.0.1, false",
        "[2001:db8::1], false",
        "[::], false",
    })
    void only_what_is_written_so_is_this_host(String host, boolean thisHost) {
        // When
        boolean told = Loopback.is(URI.create("http://" + host + ":8080").getHost());

        // Then
        assertThat(told).isEqualTo(thisHost);
    }

    /** Many hosts' own name leads to a loopback address, by a file that may change. */
    @Test
    void a_name_that_a_look_up_finds_here_is_not_taken_for_this_host() throws UnknownHostException {
        // Given
        String name = InetAddress.getLocalHost().getHostName();
        assumeThat(name).isNotEqualToIgnoringCase("localhost");

        // When
        boolean told = Loopback.is(name);

        // Then
        assertThat(told).isFalse();
    }
}
