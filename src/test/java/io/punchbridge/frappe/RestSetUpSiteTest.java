package io.punchbridge.frappe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.punchbridge.frappe.FrappeAnswer.Failure;
import io.punchbridge.frappe.FrappeAnswer.Success;
import io.punchbridge.frappe.FrappeFailure.Kind;
import io.punchbridge.frappe.SetUpSite.Created;
import io.punchbridge.frappe.SetUpSite.IdHolder;
import io.punchbridge.frappe.SetUpSite.Reach;
import io.punchbridge.frappe.SetUpSite.Sight;
import io.punchbridge.testing.SettableClock;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.JksOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a site says of its set-up, against recordings, on the wire that needs no Quarkus. */
class RestSetUpSiteTest {
    private static final Vertx VERTX = Vertx.vertx();

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-24T06:00:00Z"));

    @TempDir
    Path directory;

    private StubSite stub;
    private RestSetUpSite site;

    @BeforeEach
    void startSite() {
        stub = new StubSite(VERTX);
        site = siteAt(stub.url(), null);
    }

    @AfterEach
    void stopSite() {
        stub.close();
    }

    @AfterAll
    static void stopVertx() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    private RestSetUpSite siteAt(URI url, @Nullable String name) {
        return new RestSetUpSite(
                new FrappeSettings(
                        url, "the-key", "the-secret", name, null, Duration.ofSeconds(20), Duration.ofSeconds(20)),
                clock);
    }

    private static FrappeFailure failure(FrappeAnswer<?> answer) {
        return answer.fold(
                value -> {
                    throw new AssertionError("a failure was expected, not " + value);
                },
                failure -> failure);
    }

    @Test
    void sends_the_token_the_site_s_name_and_no_cookie_and_keeps_the_path_of_the_address() {
        // Given
        stub.answers(200, Map.of("Set-Cookie", "sid=Guest"), "{\"message\":\"pong\"}")
                .answers("{\"message\":\"cams@hr.localhost\"}");
        RestSetUpSite named = siteAt(URI.create(stub.url() + "/erp/"), "hr.localhost");
        named.reach();

        // When
        FrappeAnswer<String> user = named.user();

        // Then
        assertThat(user).isEqualTo(new Success<>("cams@hr.localhost"));
        assertThat(stub.received())
                .extracting(StubSite.Received::path)
                .containsExactly("/erp/api/method/ping", "/erp/api/method/frappe.auth.get_logged_user");
        assertThat(stub.received())
                .allSatisfy(request -> assertThat(request.headers())
                        .containsEntry("Authorization", "token the-key:the-secret")
                        .containsEntry("X-Frappe-Site-Name", "hr.localhost")
                        .containsEntry("Accept", "application/json")
                        .containsEntry("User-Agent", "Punchbridge")
                        .doesNotContainKeys("Cookie", "Upgrade"));
    }

    @Test
    void follows_no_redirect_with_the_token() {
        // Given
        stub.answers(301, Map.of("Location", stub.url() + "/elsewhere?sid=x"), "");

        // When
        Reach reach = site.reach();

        // Then
        assertThat(failure(reach.pong()).words()).contains("sends us on").doesNotContain("sid=x");
        assertThat(stub.received()).hasSize(1);
    }

    @Test
    void tells_how_far_the_site_s_clock_is_ahead() {
        // Given
        stub.answers(200, Map.of("Date", "Tue, 24 Nov 2026 06:02:00 GMT"), "{\"message\":\"pong\"}");

        // When
        Reach reach = site.reach();

        // Then
        assertThat(reach.pong()).isEqualTo(new Success<>(true));
        assertThat(reach.aheadOfUs()).isEqualTo(Duration.ofMinutes(2));
        assertThat(reach.certificateEnds()).isNull();
    }

    @Test
    void tells_a_wrong_host_from_a_site() {
        // Given
        stub.answers(Recording.of("23j_wrong_host"));

        // When
        FrappeFailure failure = failure(site.reach().pong());

        // Then
        assertThat(failure.status()).isEqualTo(404);
        assertThat(failure.words()).contains("404 Not Found");
    }

    @ParameterizedTest
    @CsvSource({"08b_bad_key,401", "23d_logged_user_guest,403"})
    void tells_a_token_that_is_not_taken(String recording, int status) {
        // Given
        stub.answers(Recording.of(recording));

        // When
        FrappeFailure failure = failure(site.user());

        // Then
        assertThat(failure.kind()).isEqualTo(Kind.SET_UP);
        assertThat(failure.status()).isEqualTo(status);
    }

    @Test
    void asks_for_a_right_without_touching_a_document() {
        // Given
        stub.answers(Recording.of("23l_has_permission"));

        // When
        FrappeAnswer<Boolean> may = site.may("Employee Checkin", "create");

        // Then
        assertThat(may).isEqualTo(new Success<>(true));
        JsonNode asked = stub.onlyRequest().json();
        assertThat(stub.onlyRequest().path()).isEqualTo("/api/method/frappe.client.has_permission");
        assertThat(asked.path("doctype").asText()).isEqualTo("Employee Checkin");
        assertThat(asked.path("docname").asText()).isEmpty();
        assertThat(asked.path("perm_type").asText()).isEqualTo("create");
    }

    @Test
    void knows_a_field_that_is_hidden_one_that_is_not_there_and_no_row_at_all() {
        // Given
        stub.answers("{\"message\":[{\"name\":\"EMP-CKIN-1\",\"time\":\"2026-01-05 08:58:01\"}]}")
                .answers("{\"message\":[{\"name\":\"EMP-CKIN-1\"}]}")
                .answers("{\"message\":[]}")
                .answers(Recording.of("11k_employee_unknown_field"));

        // When
        List<FrappeAnswer<Sight>> sights = List.of(
                site.sightOfCheckin("time"),
                site.sightOfCheckin("time"),
                site.sightOfCheckin("time"),
                site.sightOfCheckin("custom_input_type"));

        // Then
        assertThat(sights)
                .containsExactly(
                        new Success<>(Sight.SHOWN),
                        new Success<>(Sight.HIDDEN),
                        new Success<>(Sight.NO_ROW),
                        new Success<>(Sight.NO_SUCH_FIELD));
    }

    @Test
    void what_the_user_may_not_read_is_no_failure() {
        // Given
        stub.answers(Recording.of("12g_system_settings_single_value"))
                .answers(Recording.of("16i_hr_settings_read_minrole"))
                .answers(Recording.of("14d2_custom_field_lookup_hruser"));

        // When
        List<FrappeAnswer<?>> answers =
                List.of(site.settledZone(), site.geolocationTracking(), site.isUnique(CheckinField.PUNCH_KEY));

        // Then
        assertThat(answers).allSatisfy(answer -> assertThat(answer).isEqualTo(new Success<>(Optional.empty())));
    }

    @Test
    void reads_zones_geolocation_and_versions() {
        // Given
        stub.answers(Recording.of("12h_system_settings_single_value_admin"))
                .answers(Recording.of("12d_time_zone_of_that_user"))
                .answers(Recording.of("16g_hr_settings_read"))
                .answers("{\"message\":{\"frappe\":{\"version\":\"15.72.4\"},\"hrms\":{\"version\":\"15.47.0\"}}}");

        // When
        FrappeAnswer<Optional<String>> settled = site.settledZone();
        FrappeAnswer<String> told = site.zoneForUser();
        FrappeAnswer<Optional<Boolean>> geolocation = site.geolocationTracking();
        FrappeAnswer<Map<String, String>> versions = site.versions();

        // Then
        assertThat(settled).isEqualTo(new Success<>(Optional.of("Africa/Nairobi")));
        assertThat(told).isEqualTo(new Success<>("Europe/Berlin"));
        assertThat(geolocation).isEqualTo(new Success<>(Optional.of(true)));
        assertThat(versions).isEqualTo(new Success<>(Map.of("frappe", "15.72.4", "hrms", "15.47.0")));
    }

    @Test
    void reads_employees_with_what_stands_in_their_ids() {
        // Given
        stub.answers("{\"message\":[{\"name\":\"HR-EMP-1\",\"status\":\"Active\",\"attendance_device_id\":\" 7\"},"
                + "{\"name\":\"HR-EMP-2\",\"status\":\"Left\",\"attendance_device_id\":null}]}");

        // When
        FrappeAnswer<List<IdHolder>> holders = site.idHolders();

        // Then
        assertThat(holders)
                .isEqualTo(new Success<>(
                        List.of(new IdHolder("HR-EMP-1", true, " 7"), new IdHolder("HR-EMP-2", false, null))));
    }

    @Test
    void reads_a_shift_type_as_recorded() {
        // Given
        stub.answers("{\"message\":[{\"name\":\"Day Shift\"}]}").answers(Recording.of("13c_shift_type_get"));

        // When
        FrappeAnswer<ShiftTypes> types = site.shiftTypes();

        // Then
        ShiftType type = types.<List<ShiftType>>fold(ShiftTypes::read, failure -> List.of())
                .get(0);
        assertThat(type.name()).isEqualTo("Day Shift");
        assertThat(type.autoAttendance()).isTrue();
        assertThat(type.lastSync()).isEqualTo(LocalDateTime.of(2026, 1, 5, 19, 30));
        assertThat(type.processAfter()).isEqualTo(LocalDate.of(2026, 1, 1));
        assertThat(type.start()).isEqualTo(LocalTime.of(9, 0));
        assertThat(type.halfDayBelow()).isEqualTo(4);
        assertThat(type.absentBelow()).isEqualTo(2);
        assertThat(type.autoUpdateLastSync()).isFalse();
        assertThat(type.lateGrace()).isNull();
    }

    @Test
    void creates_the_unique_key_as_recorded() {
        // Given
        Recording recording = Recording.of("14b_custom_field_create");
        stub.answers(recording);

        // When
        FrappeAnswer<Created> created = site.create(CheckinField.PUNCH_KEY);

        // Then
        assertThat(created).isEqualTo(new Success<>(Created.MADE));
        JsonNode sent = stub.onlyRequest().json();
        assertThat(stub.onlyRequest().path())
                .isEqualTo(recording.request().path("path").asText());
        JsonNode recorded = json(recording.request().path("body").asText());
        sent.properties()
                .forEach(field ->
                        assertThat(field.getValue()).as(field.getKey()).isEqualTo(recorded.path(field.getKey())));
        assertThat(sent.has("unique")).isTrue();
    }

    private static JsonNode json(String body) {
        return new StubSite.Received("", "", Map.of(), body).json();
    }

    @ParameterizedTest
    @CsvSource({"1,THERE_ALREADY", "0,THERE_NOT_UNIQUE"})
    void a_field_that_is_there_already_is_looked_at(int unique, Created outcome) {
        // Given
        stub.answers(Recording.of("14c_custom_field_again"))
                .answers("{\"data\":{\"name\":\"Employee Checkin-custom_cams_punch_key\",\"unique\":" + unique + "}}");

        // When
        FrappeAnswer<Created> created = site.create(CheckinField.PUNCH_KEY);

        // Then
        assertThat(created).isEqualTo(new Success<>(outcome));
        assertThat(stub.received().get(1).path())
                .isEqualTo("/api/resource/Custom%20Field/Employee%20Checkin-custom_cams_punch_key");
    }

    @Test
    void whoever_may_not_create_hears_frappe_s_refusal() {
        // Given
        stub.answers(Recording.of("14a_custom_field_no_permission"))
                .answers(Recording.of("14d2_custom_field_lookup_hruser"));

        // When
        FrappeFailure failure = failure(site.create(CheckinField.PUNCH_KEY));

        // Then
        assertThat(failure.status()).isEqualTo(403);
        assertThat(failure.words()).contains("Custom Field");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hidden\u200bwords", "hidden\nwords"})
    void a_token_that_java_will_not_send_is_a_failure_that_does_not_repeat_it(String secret) {
        // Given
        RestSetUpSite unsendable = new RestSetUpSite(
                new FrappeSettings(
                        stub.url(), "the-key", secret, null, null, Duration.ofSeconds(20), Duration.ofSeconds(20)),
                clock);

        // When
        FrappeFailure failure = failure(unsendable.create(CheckinField.PUNCH_KEY));

        // Then
        assertThat(failure.status()).isZero();
        assertThat(failure.words()).contains("couldn't be made").doesNotContain("the-key", "hidden", "words");
        assertThat(stub.received()).isEmpty();
    }

    @Test
    void nobody_there_is_told_as_such() {
        // Given
        stub.close();

        // When
        FrappeFailure failure = failure(site.reach().pong());

        // Then
        assertThat(failure.kind()).isEqualTo(Kind.RETRY_LATER);
        assertThat(failure.status()).isZero();
        assertThat(failure.words())
                .contains("Can't connect to 127.0.0.1", "refused")
                .doesNotContain("the-secret");
    }

    @Test
    void an_unknown_host_is_told_as_such() {
        // When
        FrappeFailure failure = failure(
                siteAt(URI.create("http://no-such-host.invalid"), null).reach().pong());

        // Then
        assertThat(failure.kind()).isEqualTo(Kind.RETRY_LATER);
        assertThat(failure.words()).contains("No address found for the host no-such-host.invalid");
    }

    @Test
    void silence_is_told_as_such() {
        // Given
        stub.answers(request -> {});
        RestSetUpSite impatient = new RestSetUpSite(
                new FrappeSettings(stub.url(), "k", "s", null, null, Duration.ofSeconds(20), Duration.ofMillis(300)),
                clock);

        // When
        FrappeFailure failure = failure(impatient.reach().pong());

        // Then
        assertThat(failure.kind()).isEqualTo(Kind.RETRY_LATER);
        assertThat(failure.words()).contains("gave no whole answer within 0.3 s");
    }

    @Test
    void a_certificate_that_nobody_vouches_for_is_told_as_such() throws IOException, InterruptedException {
        // Given
        var server = VERTX.createHttpServer(new HttpServerOptions()
                        .setSsl(true)
                        .setKeyCertOptions(new JksOptions()
                                .setPath(selfSigned().toString())
                                .setPassword("changeit")))
                .requestHandler(request -> request.response().end("{\"message\":\"pong\"}"))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();

        // When
        FrappeFailure failure = failure(siteAt(URI.create("https://127.0.0.1:" + server.actualPort()), null)
                .reach()
                .pong());

        // Then
        assertThat(failure.kind()).isEqualTo(Kind.SET_UP);
        assertThat(failure.words()).contains("isn't trusted");
        server.close().toCompletionStage().toCompletableFuture().join();
    }

    private Path selfSigned() throws IOException, InterruptedException {
        Path store = directory.resolve("self-signed.jks");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "site",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=hr.example",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        "changeit",
                        "-storetype",
                        "JKS",
                        "-keypass",
                        "changeit")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return store;
    }

    @Test
    void the_rights_of_a_site_without_such_a_doctype_are_unclear() {
        // Given
        stub.answers(Recording.of("09i_method_missing"));

        // When
        FrappeAnswer<Boolean> may = site.may("Salary Slip", "read");

        // Then
        assertThat(may).isInstanceOf(Failure.class);
    }
}
