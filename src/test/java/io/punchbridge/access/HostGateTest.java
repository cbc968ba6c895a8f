package io.punchbridge.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.net.SocketAddress;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let in to the loopback entry. */
class HostGateTest {
    private final AccessToken token = AccessToken.random();
    private final HostGate gate = new HostGate(token);

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.8.9.1", "::1", "0:0:0:0:0:0:0:1", "::ffff:127.0.0.1"})
    void this_host_with_the_token_is_let_in(String peer) {
        // When
        Optional<Response> refusal = judge(peer, List.of(), "Bearer " + token.secret());

        // Then
        assertThat(refusal).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.7", "203.0.113.9", "172.17.0.1", "2001:db8::1", "::ffff:10.0.0.7", "0.0.0.0"})
    void another_host_is_refused_even_with_the_token(String peer) {
        // When
        Optional<Response> refusal = judge(peer, List.of(), "Bearer " + token.secret());

        // Then
        assertThat(refusal).get().extracting(Response::getStatus).isEqualTo(403);
    }

    @Test
    void another_host_hears_the_same_with_a_wrong_token() {
        // When
        Response right =
                judge("10.0.0.7", List.of(), "Bearer " + token.secret()).orElseThrow();
        Response wrong = judge("10.0.0.7", List.of(), "Bearer wrong").orElseThrow();

        // Then
        assertThat(wrong.getStatus()).isEqualTo(right.getStatus());
        assertThat(wrong.getEntity()).isEqualTo(right.getEntity());
    }

    @Test
    void a_peer_without_an_address_is_refused() {
        // When
        Optional<Response> refusal = gate.judge(
                SocketAddress.domainSocketAddress("/run/some.socket"), name -> false, "Bearer " + token.secret());

        // Then
        assertThat(refusal).get().extracting(Response::getStatus).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"})
    void what_came_through_a_proxy_on_this_host_is_refused(String header) {
        // When
        Optional<Response> refusal = judge("127.0.0.1", List.of(header), "Bearer " + token.secret());

        // Then
        assertThat(refusal).get().extracting(Response::getStatus).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer wrong", "Bearer ", "Bearer", "Basic dXNlcjpwYXNz", ""})
    void this_host_without_the_token_is_refused(String authorization) {
        // When
        Optional<Response> refusal = judge("127.0.0.1", List.of(), authorization);

        // Then
        assertThat(refusal).get().extracting(Response::getStatus).isEqualTo(401);
    }

    @Test
    void a_part_of_the_token_is_not_the_token() {
        // Given
        String secret = token.secret();

        // When
        Optional<Response> begin = judge("127.0.0.1", List.of(), "Bearer " + secret.substring(0, 42));
        Optional<Response> end = judge("127.0.0.1", List.of(), "Bearer " + secret.substring(1));
        Optional<Response> longer = judge("127.0.0.1", List.of(), "Bearer " + secret + "A");

        // Then
        assertThat(begin).isPresent();
        assertThat(end).isPresent();
        assertThat(longer).isPresent();
    }

    @Test
    void each_token_is_new_long_and_shows_itself_to_nobody() {
        // When
        AccessToken other = AccessToken.random();

        // Then
        assertThat(other.secret()).hasSize(43).matches("[A-Za-z0-9_-]+").isNotEqualTo(token.secret());
        assertThat(other.toString()).doesNotContain(other.secret());
        assertThat(other.isBorneBy("bearer " + other.secret())).isTrue();
    }

    private Optional<Response> judge(String peer, List<String> headers, String authorization) {
        return gate.judge(SocketAddress.inetSocketAddress(40_000, peer), headers::contains, authorization);
    }
}
