package io.punchbridge.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.punchbridge.testing.Callbacks;
import io.punchbridge.testing.RecordingInbox;
import io.punchbridge.testing.TestDoor;
import io.punchbridge.testing.TestSettings;
import io.punchbridge.tracing.CollectedSpans;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a trace tells of a callback. */
class DoorTracesTest {
    private static final String CALLBACK = "POST /cams/callback";

    private final RecordingInbox inbox = new RecordingInbox();
    private final CallbackDoor door = TestDoor.open(inbox, null);

    private static byte[] punch(String token) {
        return Callbacks.punch(TestSettings.SERIAL_NUMBER, token, "77012345", "CheckIn", TestDoor.NOW)
                .getBytes(UTF_8);
    }

    @Test
    void a_stored_punch_is_told_by_its_key_inside_its_callback() {
        // Given
        try (CollectedSpans collected = new CollectedSpans()) {

            // When
            door.knock(punch(TestSettings.TOKEN), "st-1").toCompletableFuture().join();

            // Then
            SpanData callback = collected.only(CALLBACK);
            SpanData punch = collected.only("store punch");
            assertThat(callback.getKind()).isEqualTo(SpanKind.SERVER);
            assertThat(CollectedSpans.attributes(callback))
                    .containsOnly(
                            Map.entry("http.request.method", "POST"),
                            Map.entry("http.route", "/cams/callback"),
                            Map.entry("http.response.status_code", "200"),
                            Map.entry("outcome", "done"),
                            Map.entry("punch.device", "head-office"),
                            Map.entry("punch.count", "1"),
                            Map.entry("punch.repeats", "0"));
            assertThat(CollectedSpans.attributes(punch))
                    .containsOnly(Map.entry(
                            "punch.key",
                            inbox.take().orElseThrow().punches().get(0).key().value()));
            assertThat(punch.getParentSpanId()).isEqualTo(callback.getSpanId());
            assertThat(collected.all().toString()).doesNotContain("77012345", "st-1", TestSettings.TOKEN);
        }
    }

    @Test
    void what_could_not_be_stored_is_an_error() {
        // Given
        inbox.failing(true);
        try (CollectedSpans collected = new CollectedSpans()) {

            // When
            door.knock(punch(TestSettings.TOKEN), null).toCompletableFuture().join();

            // Then
            assertThat(collected.all())
                    .extracting(SpanData::getName)
                    .containsExactlyInAnyOrder(CALLBACK, "store punch");
            assertThat(collected.all())
                    .allSatisfy(
                            span -> assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR));
        }
    }

    @ParameterizedTest
    @CsvSource({"'{\"RealTime\":{\"AuthToken\":\"wrong\"}}', 403, refused", "nothing, 400, not_json"})
    void a_stranger_s_callback_is_told_by_its_outcome_alone(String body, String status, String outcome) {
        // Given
        try (CollectedSpans collected = new CollectedSpans()) {

            // When
            door.knock(body.getBytes(UTF_8), "st-1").toCompletableFuture().join();

            // Then
            SpanData callback = collected.only(CALLBACK);
            assertThat(CollectedSpans.attributes(callback))
                    .containsEntry("http.response.status_code", status)
                    .containsEntry("outcome", outcome)
                    .doesNotContainKey("punch.device");
            assertThat(callback.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
            assertThat(collected.all()).hasSize(1);
        }
    }
}
