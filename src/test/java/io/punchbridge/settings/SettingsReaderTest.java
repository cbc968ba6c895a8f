package io.punchbridge.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.delivery.CheckInPolicy;
import io.punchbridge.frappe.EmployeeFilter;
import io.punchbridge.inbox.RetentionSettings;
import io.punchbridge.inbox.StorageSettings;
import io.punchbridge.punch.Connection;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.Direction;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.UserId;
import io.punchbridge.roster.RosterSettings;
import io.punchbridge.watch.WatchSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReaderTest {
    private final Map<String, String> file = new LinkedHashMap<>(Map.of(
            "punchbridge.frappe.url", "https://erp.example.com",
            "punchbridge.frappe.api-key", "the-key",
            "punchbridge.frappe.api-secret", "the-secret",
            "punchbridge.devices.head-office.serial-number", "SN1",
            "punchbridge.devices.head-office.auth-token", "token-1"));
    private final Map<String, String> environment = new TreeMap<>();

    @Test
    void the_least_configuration_is_enough() {
        // When
        SettingsReader.Result result = read();

        // Then
        Settings settings = result.settings().orElseThrow();
        assertThat(settings.devices().all())
                .containsExactly(new Device(
                        "head-office", new SerialNumber("SN1"), Connection.NATIVE_PUSH, Direction.AS_SENT, null));
        assertThat(settings.checkIn())
                .isEqualTo(new CheckInPolicy(
                        CheckInPolicy.Meals.SKIP_ATTENDANCE, Duration.ofMinutes(5), Duration.ofDays(90)));
        assertThat(settings.storage())
                .isEqualTo(new StorageSettings(StorageSettings.Engine.SQLITE, Path.of("data/punchbridge.db"), null));
        assertThat(settings.gateway().keepHealthData()).isFalse();
        assertThat(settings.delivery().near()).isEqualTo(Duration.ofSeconds(59));
    }

    @ParameterizedTest
    @CsvSource({
        "sqlite, , data/punchbridge.token",
        "sqlite, /var/lib/punches.db, /var/lib/punches.token",
        "sqlite, punches, punches.token",
        "sqlite, store/.punches, store/.punches.token",
        "sqlite, store/of.token, store/of.token.token",
        "postgresql, /var/lib/unused.db, data/punchbridge.token",
    })
    void the_token_file_lies_beside_the_store(String engine, String sqliteFile, String expected) {
        // Given
        file.put("punchbridge.storage.engine", engine);
        file.put("punchbridge.storage.postgresql.url", "jdbc:postgresql://db/punchbridge");
        file.put("punchbridge.storage.postgresql.username", "user");
        file.put("punchbridge.storage.postgresql.password", "password");
        if (sqliteFile != null) {
            file.put("punchbridge.storage.sqlite.file", sqliteFile);
        }

        // When
        Settings settings = read().settings().orElseThrow();

        // Then
        assertThat(settings.console().tokenFile()).isEqualTo(Path.of(expected));
        assertThat(reader().readTokenFile().path()).contains(Path.of(expected));
    }

    @Test
    void the_token_file_can_be_set_but_not_onto_the_store() {
        // Given
        file.put("punchbridge.storage.sqlite.file", "store/punches.db");
        file.put("punchbridge.console.token-file", "/run/punchbridge/token");
        Path set = read().settings().orElseThrow().console().tokenFile();
        file.put("punchbridge.console.token-file", "store/../store/punches.db");

        // When
        SettingsReader.Result result = read();

        // Then
        assertThat(set).isEqualTo(Path.of("/run/punchbridge/token"));
        assertThat(result.problems())
                .singleElement()
                .extracting(Problem::key)
                .isEqualTo("punchbridge.console.token-file");
    }

    @Test
    void a_command_minds_only_what_tells_it_where_the_service_is() {
        // Given
        file.remove("punchbridge.frappe.url");
        file.put("punchbridge.storage.engine", "postgresql");

        // When
        SettingsReader.TokenFile found = reader().readTokenFile();

        // Then
        assertThat(found.path()).contains(Path.of("data/punchbridge.token"));
    }

    @Test
    void without_a_collector_there_are_no_traces() {
        // When
        Settings settings = read().settings().orElseThrow();

        // Then
        assertThat(settings.traces().collector()).isEmpty();
        assertThat(settings.traces().service()).isEqualTo("punchbridge");
    }

    @ParameterizedTest
    @CsvSource({
        "http://collector:4318, http://collector:4318/v1/traces",
        "http://collector:4318/, http://collector:4318/v1/traces",
        "https://otlp.example.com/in/v1/traces, https://otlp.example.com/in/v1/traces",
    })
    void traces_go_to_the_usual_path_where_none_is_said(String endpoint, String url) {
        // Given
        file.put("punchbridge.traces.endpoint", endpoint);
        file.put("punchbridge.traces.headers", "authorization=Bearer a=b, x-tenant = nairobi");

        // When
        Settings settings = read().settings().orElseThrow();

        // Then
        assertThat(settings.traces().collector().orElseThrow().url()).hasToString(url);
        assertThat(settings.traces().collector().orElseThrow().headers())
                .containsOnly(Map.entry("authorization", "Bearer a=b"), Map.entry("x-tenant", "nairobi"));
        assertThat(settings.traces().toString()).doesNotContain("Bearer");
    }

    @ParameterizedTest
    @CsvSource({
        "punchbridge.traces.endpoint, collector:4318",
        "punchbridge.traces.endpoint, http://user:MfKQ@collector:4318",
        "punchbridge.traces.headers, MfKQ",
        "punchbridge.traces.headers, 'authorization=MfKQ,'",
        "punchbridge.traces.headers, 'author ization=MfKQ'",
    })
    void what_is_wrong_with_traces_is_told_without_a_secret(String key, String value) {
        // Given
        file.put("punchbridge.traces.endpoint", "http://collector:4318");
        file.put(key, value);

        // When
        SettingsReader.Result result = read();

        // Then
        assertThat(result.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.key()).isEqualTo(key);
            assertThat(problem.toString()).doesNotContain("MfKQ");
        });
    }

    @Test
    void without_a_receiver_of_alerts_nobody_is_told() {
        // When
        Settings settings = read().settings().orElseThrow();

        // Then
        assertThat(settings.alerts().receiver()).isEmpty();
        assertThat(settings.alerts().repeat()).isEqualTo(Duration.ofHours(12));
    }

    @Test
    void a_receiver_of_alerts_may_have_a_query_and_is_never_shown_whole() {
        // Given
        file.put("punchbridge.alerts.url", "https://chat.example.com/hook/abc?token=def");
        file.put("punchbridge.alerts.secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        file.put("punchbridge.alerts.name", "Nairobi");

        // When
        Settings settings = read().settings().orElseThrow();

        // Then
        assertThat(settings.alerts().name()).isEqualTo("Nairobi");
        assertThat(settings.alerts().receiver().orElseThrow().url())
                .hasToString("https://chat.example.com/hook/abc?token=def");
        assertThat(settings.alerts().toString()).contains("chat.example.com").doesNotContain("abc", "def", "MfKQ");
    }

    @ParameterizedTest
    @CsvSource({
        "punchbridge.alerts.secret, ''",
        "punchbridge.alerts.secret, MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "punchbridge.alerts.secret, whsec_MfKQ",
        "punchbridge.alerts.url, chat.example.com/MfKQ",
        "punchbridge.alerts.url, https://user:MfKQ@chat.example.com",
        "punchbridge.alerts.repeat, 1m",
    })
    void what_is_wrong_with_alerts_is_told_without_a_secret(String key, String value) {
        // Given
        file.put("punchbridge.alerts.url", "https://chat.example.com/hook");
        file.put("punchbridge.alerts.secret", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        file.put(key, value);

        // When
        SettingsReader.Result result = read();

        // Then
        assertThat(result.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.key()).isEqualTo(key);
            assertThat(problem.toString()).doesNotContain("MfKQ");
        });
    }

    @Test
    void everything_can_be_set() {
        // Given
        file.putAll(Map.of(
                "punchbridge.frappe.time-zone", "Africa/Nairobi",
                "punchbridge.gateway.security-key", "0123456789abcdef0123456789ABCDEF",
                "punchbridge.devices.head-office.direction", "none",
                "punchbridge.devices.head-office.connection", "db-pull",
                "punchbridge.devices.head-office.time-zone", "+05:45",
                "punchbridge.check-in.meals", "ignore",
                "punchbridge.check-in.oldest", "3650d",
                "punchbridge.retention.keys", "3650d",
                "punchbridge.delivery.near", "0s",
                "punchbridge.privacy.keep-health-data", "true"));

        // When
        Settings settings = read().settings().orElseThrow();

        // Then
        assertThat(settings.frappe().timeZone()).isEqualTo(ZoneId.of("Africa/Nairobi"));
        assertThat(settings.gateway().securityKeys()).hasSize(1);
        assertThat(settings.gateway().keepHealthData()).isTrue();
        assertThat(settings.delivery().near()).isZero();
        assertThat(settings.devices().all())
                .containsExactly(new Device(
                        "head-office",
                        new SerialNumber("SN1"),
                        Connection.DB_PULL,
                        Direction.NONE,
                        ZoneId.of("+05:45")));
        assertThat(settings.checkIn().meals()).isEqualTo(CheckInPolicy.Meals.IGNORE);
        assertThat(settings.checkIn().oldest()).isEqualTo(Duration.ofDays(3650));
        assertThat(settings.retention())
                .isEqualTo(new RetentionSettings(Duration.ofDays(400), Duration.ofDays(3650), Duration.ofDays(90)));
    }

    @Test
    void the_roster_is_off_unless_told_otherwise() {
        // When
        Settings settings = read().settings().orElseThrow();

        // Then
        assertThat(settings.roster())
                .isEqualTo(new RosterSettings(
                        RosterSettings.Mode.OFF,
                        Duration.ofHours(1),
                        new RosterSettings.Deletions(Duration.ofDays(7), 10, Set.of()),
                        new RosterSettings.Sending(2, 8),
                        null,
                        Map.of()));
    }

    @Test
    void the_roster_can_be_set() {
        // Given
        file.putAll(Map.of(
                "punchbridge.gateway.endpoint", "https://robot.example.com/external/api3.0/biometric",
                "punchbridge.roster.mode", "apply",
                "punchbridge.roster.administrators", "1, 007",
                "punchbridge.roster.most-deletions", "25 %",
                "punchbridge.roster.confirmed-deletions", "0a1b2c3d4e5f",
                "punchbridge.devices.head-office.roster-filter", "[[\"branch\", \"=\", \"Nairobi\"]]"));

        // When
        RosterSettings roster = read().settings().orElseThrow().roster();

        // Then
        assertThat(roster.mode()).isEqualTo(RosterSettings.Mode.APPLY);
        assertThat(roster.administrators()).containsExactlyInAnyOrder(new UserId("1"), new UserId("007"));
        assertThat(roster.deletions())
                .isEqualTo(new RosterSettings.Deletions(Duration.ofDays(7), 25, Set.of("0a1b2c3d4e5f")));
        assertThat(roster.scopes())
                .containsExactly(Map.entry("head-office", EmployeeFilter.parse("[[\"branch\",\"=\",\"Nairobi\"]]")));
    }

    @Test
    void no_administrators_at_all_has_to_be_said() {
        // Given
        file.put("punchbridge.roster.administrators", "none");

        // When
        RosterSettings roster = read().settings().orElseThrow().roster();

        // Then
        assertThat(roster.administrators()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "punchbridge.roster.mode | apply | punchbridge.gateway.endpoint",
                "punchbridge.roster.mode | on | apply, off, report",
                "punchbridge.roster.most-deletions | 10 | from 0% to 100%",
                "punchbridge.roster.most-deletions | 101% | from 0% to 100%",
                "punchbridge.roster.commands-per-minute | 0 | from 1 to 99",
                "punchbridge.roster.attempts | many | from 1 to 99",
                "punchbridge.devices.head-office.roster-filter | branch = Nairobi | is no JSON"
            })
    void a_wrong_setting_of_the_roster_is_told(String key, String value, String wanted) {
        // Given
        file.put(key, value);

        // When
        List<Problem> problems = read().problems();

        // Then
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.key()).isEqualTo(key);
            assertThat(problem.what()).contains(wanted);
        });
    }

    @Test
    void all_that_is_missing_is_told_at_once_with_key_and_variable() {
        // Given
        file.clear();

        // When
        List<Problem> problems = read().problems();

        // Then
        assertThat(problems)
                .extracting(Problem::key)
                .containsExactly(
                        "punchbridge.devices.<name>.serial-number",
                        "punchbridge.frappe.api-key",
                        "punchbridge.frappe.api-secret",
                        "punchbridge.frappe.url");
        assertThat(SettingsProducer.report(problems))
                .contains("4 things")
                .contains("punchbridge.frappe.url  (environment: PUNCHBRIDGE_FRAPPE_URL)");
    }

    @Test
    void widening_what_may_be_old_keeps_the_keys_as_long() {
        // Given
        file.put("punchbridge.check-in.oldest", "3650d");

        // When
        Settings settings = read().settings().orElseThrow();

        // Then
        assertThat(settings.retention().keys()).isEqualTo(Duration.ofDays(3650));
    }

    @Test
    void keys_must_not_be_forgotten_while_a_repeat_would_still_be_delivered() {
        // Given
        file.put("punchbridge.check-in.oldest", "1101d");
        file.put("punchbridge.retention.keys", "1100d");

        // When
        List<Problem> problems = read().problems();

        // Then
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.key()).isEqualTo("punchbridge.retention.keys");
            assertThat(problem.what()).contains("less than punchbridge.check-in.oldest");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "punchbridge.frappe.url | erp.example.com | web address",
                "punchbridge.frappe.url | https://user:pw@erp.example.com | web address",
                "punchbridge.frappe.api-secret | REPLACE-ME | placeholder",
                "punchbridge.frappe.time-zone | Nairobi | time zone",
                "punchbridge.frappe.request-timeout | soon | duration",
                "punchbridge.frappe.request-timeout | 0s | duration",
                "punchbridge.frappe.request-timeout | 6m | At most 5m",
                "punchbridge.gateway.security-key | short | 32 characters",
                "punchbridge.check-in.meals | eat | skip-attendance",
                "punchbridge.check-in.oldest | -1d | duration",
                "punchbridge.delivery.batch-size | 201 | 1 to 200",
                "punchbridge.delivery.near | 11m | 0s to 10m",
                "punchbridge.delivery.near | -1s | 0s to 10m",
                "punchbridge.delivery.near | near | 0s to 10m",
                "punchbridge.retention.punches | 29d | less than 30d",
                "punchbridge.retention.keys | 399d | less than punchbridge.retention.punches",
                "punchbridge.storage.engine | h2 | postgresql",
                "punchbridge.watch.clock-drift | 0s | duration",
                "punchbridge.watch.silent-for | -1h | 0s to switch it off",
                "punchbridge.devices.head-office.silent-for | never | 0s to switch it off",
                "punchbridge.privacy.keep-health-data | maybe | true",
                "punchbridge.devices.head-office.direction | sideways | as-sent",
                "punchbridge.devices.head-office.time-zone | Mars | time zone",
            })
    void a_wrong_value_is_told_with_what_is_wanted(String key, String value, String wanted) {
        // Given
        file.put(key, value);

        // When
        List<Problem> problems = read().problems();

        // Then
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.key()).isEqualTo(key);
            assertThat(problem.what()).contains(wanted);
        });
    }

    @Test
    void a_typo_in_a_key_does_not_pass() {
        // Given
        file.put("punchbridge.devices.head-office.auth-tokn", "x");

        // When
        List<Problem> problems = read().problems();

        // Then
        assertThat(problems)
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.what()).contains("punchbridge.devices.head-office.auth-token meant"));
    }

    @Test
    void a_typo_in_an_environment_variable_does_not_pass() {
        // Given
        environment.put("PUNCHBRIDGE_FRAPPE_API_KEEY", "x");

        // When
        List<Problem> problems = read().problems();

        // Then
        assertThat(problems)
                .singleElement()
                .satisfies(problem -> assertThat(problem.what())
                        .contains("PUNCHBRIDGE_FRAPPE_API_KEEY")
                        .contains("PUNCHBRIDGE_FRAPPE_API_KEY meant"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PUNCHBRIDGE_SERVICE_HOST",
                "PUNCHBRIDGE_SERVICE_PORT_HTTP",
                "PUNCHBRIDGE_PORT",
                "PUNCHBRIDGE_PORT_8080_TCP_ADDR",
                "PUNCHBRIDGE_MANAGEMENT_SERVICE_PORT"
            })
    void what_kubernetes_sets_for_a_service_of_our_name_is_none_of_ours(String variable) {
        // Given
        environment.put(variable, "10.0.0.1");

        // When
        SettingsReader.Result result = read();

        // Then
        assertThat(result.problems()).isEmpty();
    }

    @Test
    void a_device_can_be_declared_in_the_environment_alone() {
        // Given
        environment.put("PUNCHBRIDGE_DEVICES_FACTORY_GATE_SERIAL_NUMBER", "SN2");
        environment.put("PUNCHBRIDGE_DEVICES_FACTORY_GATE_AUTH_TOKEN", "token-2");
        environment.put("PUNCHBRIDGE_DEVICES_FACTORY_GATE_PREVIOUS_AUTH_TOKEN", "token-old");

        // When
        Settings settings = read().settings().orElseThrow();

        // Then
        assertThat(settings.devices().all()).extracting(Device::name).containsExactly("factory-gate", "head-office");
        assertThat(settings.gateway().credentials().get(0).previousAuthToken()).isEqualTo("token-old");
    }

    @Test
    void the_environment_completes_a_device_of_the_file() {
        // Given
        file.remove("punchbridge.devices.head-office.auth-token");
        environment.put("PUNCHBRIDGE_DEVICES_HEAD_OFFICE_AUTH_TOKEN", "from-a-secret");

        // When
        Settings settings = read().settings().orElseThrow();

        // Then
        assertThat(settings.gateway().credentials())
                .singleElement()
                .satisfies(one -> assertThat(one.authToken()).isEqualTo("from-a-secret"));
    }

    @Test
    void two_devices_can_not_have_one_serial_number() {
        // Given
        file.put("punchbridge.devices.gate.serial-number", "sn1");
        file.put("punchbridge.devices.gate.auth-token", "token-2");

        // When
        List<Problem> problems = read().problems();

        // Then
        assertThat(problems)
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).contains("same as that of the device gate"));
    }

    @Test
    void postgresql_needs_its_address_and_credentials() {
        // Given
        file.put("punchbridge.storage.engine", "postgresql");

        // When
        List<Problem> problems = read().problems();

        // Then
        assertThat(problems)
                .extracting(Problem::key)
                .containsExactly(
                        "punchbridge.storage.postgresql.password",
                        "punchbridge.storage.postgresql.url",
                        "punchbridge.storage.postgresql.username");
    }

    @Test
    void no_report_shows_a_secret() {
        // Given
        file.put("punchbridge.gateway.security-key", "sssh-not-32");
        file.put("punchbridge.frappe.api-secrett", "sssh-secret");

        // When
        String report = SettingsProducer.report(read().problems());

        // Then
        assertThat(report).doesNotContain("sssh");
    }

    @Test
    void what_devices_are_warned_of_can_be_set_for_all_and_for_one() {
        // Given
        file.put("punchbridge.watch.clock-drift", "5m");
        file.put("punchbridge.watch.silent-for", "0s");
        file.put("punchbridge.devices.head-office.silent-for", "3d");
        file.put("punchbridge.gateway.endpoint", "https://robot.example.com/external/api3.0/biometric");

        // When
        Settings settings = read().settings().orElseThrow();

        // Then
        assertThat(settings.watch())
                .isEqualTo(new WatchSettings(
                        Duration.ofMinutes(5),
                        Duration.ofDays(30),
                        Duration.ZERO,
                        Map.of(new SerialNumber("SN1"), Duration.ofDays(3)),
                        Duration.ofDays(1),
                        true));
    }

    @Test
    void nobody_is_asked_where_no_endpoint_is_set() {
        // When
        Settings settings = read().settings().orElseThrow();

        // Then
        assertThat(settings.watch().canAsk()).isFalse();
        assertThat(settings.watch().silentFor()).isEqualTo(Duration.ofHours(24));
    }

    @Test
    void the_readme_lists_every_key_with_its_default() throws IOException {
        // When
        String readme = Files.readString(Path.of("README.md"));

        // Then
        assertThat(Keys.all()).allSatisfy(key -> assertThat(readme).contains(row("`" + key.name() + "`", key)));
        assertThat(Keys.ofAUser())
                .allSatisfy(key ->
                        assertThat(readme).contains(row("`punchbridge.console.users.<name>." + key.name() + "`", key)));
        assertThat(Keys.ofADevice())
                .allSatisfy(key ->
                        assertThat(readme).contains(row("`punchbridge.devices.<name>." + key.name() + "`", key)));
    }

    private static String row(String name, Keys.Key key) {
        String fallback = key.fallback().isEmpty() ? "" : "`" + key.fallback() + "`";
        return "| " + name + " | " + fallback + " | " + key.help() + " |";
    }

    private SettingsReader.Result read() {
        return reader().read();
    }

    private SettingsReader reader() {
        return new SettingsReader(
                key -> environment.getOrDefault(Keys.environmentVariable(key), file.get(key)),
                Set.copyOf(file.keySet()),
                environment.keySet());
    }
}
