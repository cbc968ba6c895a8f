package io.punchbridge.frappe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.punchbridge.frappe.FrappeFailure.Kind;
import io.punchbridge.punch.LogType;
import io.punchbridge.punch.PunchKey;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which fields of its own a site has, by the recorded refusal of one that it hasn't (11k). */
@QuarkusTest
class RestCustomFieldsTest {
    @Inject
    Vertx vertx;

    private StubSite stub;
    private RestCustomFields site;

    @BeforeEach
    void startSite() {
        stub = new StubSite(vertx);
        site = new RestCustomFields(
                new FrappeSettings(
                        stub.url(), "KEY", "SECRET", null, null, Duration.ofSeconds(5), Duration.ofSeconds(30)),
                Clock.fixed(Instant.parse("2026-11-24T08:00:00Z"), ZoneOffset.UTC));
    }

    @AfterEach
    void stopSite() {
        stub.close();
    }

    @Test
    void all_six_are_asked_for_at_once() {
        // Given
        stub.answers("{\"message\":[]}");

        // When
        Set<CheckinField> present = value(site.present());

        // Then
        assertThat(present).isEqualTo(EnumSet.allOf(CheckinField.class));
        JsonNode asked = stub.onlyRequest().json();
        assertThat(asked.path("fields").toString())
                .isEqualTo("[\"custom_cams_punch_key\",\"custom_original_time\",\"custom_input_type\","
                        + "\"custom_punch_type\",\"custom_temperature\",\"custom_face_mask\"]");
        assertThat(asked.path("limit_page_length").asInt()).isEqualTo(1);
    }

    @Test
    void where_one_is_missing_each_is_asked_for_alone() {
        // Given
        stub.answers(Recording.of("11k_employee_unknown_field"));
        stub.answers("{\"message\":[{\"custom_cams_punch_key\":null}]}");
        IntStream.range(0, 2).forEach(i -> stub.answers(Recording.of("11k_employee_unknown_field")));
        stub.answers("{\"message\":[{\"custom_punch_type\":\"CheckIn\"}]}");
        IntStream.range(0, 2).forEach(i -> stub.answers(Recording.of("11k_employee_unknown_field")));

        // When
        Set<CheckinField> present = value(site.present());

        // Then
        assertThat(present).containsExactlyInAnyOrder(CheckinField.PUNCH_KEY, CheckinField.PUNCH_TYPE);
        assertThat(stub.received()).hasSize(7);
    }

    /** Frappe leaves a field out of a list that lies above the user's permission level (11p). */
    @Test
    void a_field_that_may_not_be_read_is_none_of_ours() {
        // Given
        stub.answers("""
                {"message":[{"custom_cams_punch_key":null,"custom_original_time":null,"custom_input_type":null,
                 "custom_face_mask":0,"custom_punch_type":null}]}""");

        // When
        Set<CheckinField> present = value(site.present());

        // Then
        assertThat(present).hasSize(5).doesNotContain(CheckinField.TEMPERATURE);
    }

    @Test
    void a_failure_tells_nothing_of_fields() {
        // Given
        stub.answers(Recording.of("11k_employee_unknown_field"));
        stub.answers("{\"message\":[]}");
        stub.answers(Recording.of("17b_rate_limited"));

        // When
        FrappeFailure failure = failure(site.present());

        // Then
        assertThat(failure.kind()).isEqualTo(Kind.RETRY_LATER);
    }

    @Test
    void who_may_not_read_check_ins_is_told_so() {
        // Given
        stub.answers(Recording.of("08h_noperm_user_list"));

        // When
        FrappeFailure failure = failure(site.present());

        // Then
        assertThat(failure.kind()).isEqualTo(Kind.SET_UP);
        assertThat(stub.received()).hasSize(1);
    }

    @Test
    void a_web_page_is_no_list_of_fields() {
        // Given
        stub.answers(200, Map.of("Content-Type", "text/html"), "<html><title>Login</title></html>");

        // When
        FrappeFailure failure = failure(site.present());

        // Then
        assertThat(failure.kind()).isEqualTo(Kind.SET_UP);
    }

    @Test
    void finds_check_ins_by_their_keys_as_recorded() {
        // Given
        Recording recording = Recording.of("15e_lookup_by_key");
        stub.answers(recording.body().replace("\"data\"", "\"message\""));
        PunchKey key = new PunchKey("ST1:60:20260109090000:IN");

        // When
        Map<PunchKey, CheckinRow> rows = value(site.checkinsWith(List.of(key, new PunchKey("nope"))));

        // Then
        assertThat(rows)
                .containsExactly(Map.entry(
                        key,
                        new CheckinRow(
                                "EMP-CKIN-11-2026-000283",
                                "HR-EMP-00060",
                                null,
                                LocalDateTime.of(2026, 1, 9, 9, 0),
                                LogType.IN,
                                null,
                                null)));
        JsonNode asked = stub.onlyRequest().json();
        assertThat(asked.path("filters").toString())
                .isEqualTo("[[\"custom_cams_punch_key\",\"in\",[\"ST1:60:20260109090000:IN\",\"nope\"]]]");
        assertThat(asked.path("limit_page_length").asInt(-1)).isZero();
        assertThat(asked.path("fields").toString())
                .contains("employee", "employee_name", "time", "creation", "device_id", "custom_cams_punch_key");
    }

    @Test
    void without_the_field_nothing_can_be_found_by_it() {
        // Given
        stub.answers(Recording.of("11k_employee_unknown_field"));

        // When
        FrappeFailure failure = failure(site.checkinsWith(List.of(new PunchKey("K"))));

        // Then
        assertThat(failure.kind()).isEqualTo(Kind.SET_UP);
    }

    @Test
    void as_many_keys_as_a_batch_and_no_more() {
        // Given
        Set<PunchKey> keys =
                IntStream.range(0, 201).mapToObj(i -> new PunchKey("K" + i)).collect(Collectors.toUnmodifiableSet());

        // When // Then
        assertThatThrownBy(() -> site.checkinsWith(keys)).isInstanceOf(IllegalArgumentException.class);
        assertThat(value(site.checkinsWith(Set.of()))).isEmpty();
        assertThat(stub.received()).isEmpty();
    }

    private static <T> T value(FrappeAnswer<T> answer) {
        return answer.fold(value -> value, failure -> {
            throw new AssertionError("expected a value, got " + failure);
        });
    }

    private static FrappeFailure failure(FrappeAnswer<?> answer) {
        return answer.fold(
                value -> {
                    throw new AssertionError("expected a failure, got " + value);
                },
                failure -> failure);
    }
}
