package io.punchbridge.frappe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.punchbridge.tracing.CollectedSpans;
import io.smallrye.mutiny.Uni;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a trace tells of a request to Frappe, and what it doesn't. */
class TracedWireTest {
    private static final URI SITE = URI.create("https://erp.example.com");
    private static final byte[] BODY = "{\"employee\":\"HR-EMP-00007\"}".getBytes(StandardCharsets.UTF_8);
    private static final String NAME = "Ada Lovelace";

    static Stream<Arguments> requests() {
        return Stream.of(
                request("GET /api/method/ping", wire -> wire.ask("ping")),
                request(
                        "GET /api/method/frappe.client.get_single_value",
                        wire -> wire.singleValue("System Settings", "time_zone")),
                request("POST /api/method/frappe.client.get_list", wire -> wire.call("frappe.client.get_list", BODY)),
                request("GET /api/resource/Shift Type/{name}", wire -> wire.read("Shift Type", NAME)),
                request("POST /api/resource/Employee Checkin", wire -> wire.create("Employee Checkin", BODY)),
                request(
                        "PUT /api/resource/Employee Checkin/{name}",
                        wire -> wire.update("Employee Checkin", NAME, BODY)),
                request("POST /api/resource/Shift Type/{name}", wire -> wire.run("Shift Type", NAME, BODY)),
                request("DELETE /api/resource/Employee Checkin/{name}", wire -> wire.delete("Employee Checkin", NAME)));
    }

    private static Arguments request(String name, Function<FrappeWire, Uni<Reply>> request) {
        return Arguments.of(name, request);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void a_request_is_named_by_its_route_and_by_nobody_s_name(String name, Function<FrappeWire, Uni<Reply>> request) {
        // Given
        FrappeWire wire = answering(Uni.createFrom().item(Reply.of(200, Map.of(), NAME)));
        try (CollectedSpans collected = new CollectedSpans()) {

            // When
            request.apply(wire).await().indefinitely();

            // Then
            SpanData span = collected.only(name);
            assertThat(span.getKind()).isEqualTo(SpanKind.CLIENT);
            assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
            assertThat(CollectedSpans.attributes(span))
                    .containsOnly(
                            Map.entry("http.request.method", name.split(" ", 2)[0]),
                            Map.entry("url.template", name.split(" ", 2)[1]),
                            Map.entry("server.address", "erp.example.com"),
                            Map.entry("http.response.status_code", "200"));
            assertThat(span.toString()).doesNotContain(NAME, "HR-EMP");
        }
    }

    @Test
    void a_refusal_is_an_error_by_its_number() {
        // Given
        FrappeWire wire = answering(Uni.createFrom().item(Reply.of(417, Map.of(), NAME)));
        try (CollectedSpans collected = new CollectedSpans()) {

            // When
            wire.create("Employee Checkin", BODY).await().indefinitely();

            // Then
            SpanData span = collected.only("POST /api/resource/Employee Checkin");
            assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
            assertThat(CollectedSpans.attributes(span)).containsEntry("error.type", "417");
            assertThat(span.toString()).doesNotContain(NAME);
        }
    }

    @Test
    void a_request_that_fails_is_an_error_by_its_kind_and_not_its_words() {
        // Given
        FrappeWire wire = answering(Uni.createFrom().failure(new IllegalStateException(NAME)));
        try (CollectedSpans collected = new CollectedSpans()) {

            // When
            Throwable thrown = catchThrowable(() -> wire.ask("ping").await().indefinitely());

            // Then
            assertThat(thrown).isInstanceOf(IllegalStateException.class);
            SpanData span = collected.only("GET /api/method/ping");
            assertThat(CollectedSpans.attributes(span)).containsEntry("error.type", "IllegalStateException");
            assertThat(span.toString()).doesNotContain(NAME);
        }
    }

    @Test
    void a_request_that_is_given_up_has_its_end() {
        // Given
        FrappeWire wire = answering(Uni.createFrom().nothing());
        try (CollectedSpans collected = new CollectedSpans()) {
            Uni<Reply> bounded =
                    wire.ask("ping").ifNoItem().after(Duration.ofMillis(1)).recoverWithItem(Reply.of(0, Map.of(), ""));

            // When
            bounded.await().indefinitely();

            // Then
            assertThat(CollectedSpans.attributes(collected.only("GET /api/method/ping")))
                    .containsEntry("error.type", "timeout");
        }
    }

    private static FrappeWire answering(Uni<Reply> answer) {
        FrappeWire site = (FrappeWire) Proxy.newProxyInstance(
                FrappeWire.class.getClassLoader(),
                new Class<?>[] {FrappeWire.class},
                (proxy, method, arguments) -> answer);
        return new TracedWire(site, SITE);
    }
}
