package io.punchbridge.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.punchbridge.punch.UserId;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayRequestTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private static JsonNode json(GatewayRequest request) {
        try {
            return new ObjectMapper().readTree(request.body("op", "token", NOON));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /** Everything that can be asked, with one user id wherever one goes. */
    private static Stream<GatewayRequest> all(UserId user) {
        Stream<GatewayRequest> deletion =
                UserRequests.canBeDeleted(user) ? Stream.of(GatewayRequest.deleteUser(user)) : Stream.empty();
        return Stream.concat(
                deletion,
                Stream.of(
                        GatewayRequest.loadLog(NOON, NOON, ZoneOffset.UTC, user.value()),
                        GatewayRequest.deviceInformation(),
                        GatewayRequest.loadUsers(),
                        GatewayRequest.putUser(new DeviceUser(user, user.value(), user.value(), false))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "All",
                "1",
                "\"All\"",
                "1\"},\"Delete\":{\"User\":\"All\"},\"x\":{\"y\":\"",
                "\\\"All",
                "{\"User\":\"All\"}"
            })
    void no_request_can_say_that_all_users_be_deleted(String id) {
        // When
        List<GatewayRequest> requests = all(new UserId(id)).toList();

        // Then
        assertThat(requests).allSatisfy(request -> {
            assertThat(request.body("op", "token", NOON).replaceAll("\\\\\"", "'"))
                    .doesNotContain("\"User\":\"");
            assertThat(json(request).findValues("User")).allMatch(JsonNode::isObject);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-01T00:00:00Z, 2026-01-01 05:30:00 GMT +0530, 2026-01-01 05:30:00 GMT +0530",
        "2026-01-01T00:00:00.001Z, 2026-01-01 05:30:00 GMT +0530, 2026-01-01 05:30:01 GMT +0530"
    })
    void a_window_loses_no_part_of_a_second_at_its_ends(Instant instant, String asStart, String asEnd) {
        // When
        JsonNode filter = json(GatewayRequest.loadLog(instant, instant, ZoneId.of("Asia/Kolkata"), null))
                .at("/Load/PunchLog/Filter");

        // Then
        assertThat(filter.path("StartTime").asText()).isEqualTo(asStart);
        assertThat(filter.path("EndTime").asText()).isEqualTo(asEnd);
        assertThat(filter.has("OffSet")).isFalse();
    }

    @Test
    void other_ids_are_ids() {
        // When
        List<UserId> ids = Stream.of("1", "007", "Allan", "Al", "balls", "everyone")
                .map(UserId::new)
                .toList();

        // Then
        assertThat(ids).noneMatch(GatewayRequest::readsAsAll);
    }
}
