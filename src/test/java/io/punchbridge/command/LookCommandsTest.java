package io.punchbridge.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands that only look, as a person meets them. */
class LookCommandsTest {
    @TempDir
    Path directory;

    private FakeService service;
    private CommandRun command;

    @BeforeEach
    void start() {
        Path tokenFile = directory.resolve("punchbridge.token");
        service = new FakeService(tokenFile);
        command = new CommandRun(tokenFile);
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void the_summary_tells_what_needs_a_person() {
        // Given
        service.on("GET /api/v1/summary", 200, """
                {"replica":"r","punches":{"pending":3,"held":1},"oldestPending":"2026-11-02T05:00:12Z",\
                "backlogAgeSeconds":60,"delivery":{"condition":"away","reason":"Frappe is away.",\
                "since":"2026-11-02T05:01:00Z","nextTryAt":null,"lastDeliveryAt":null},\
                "warnings":[{"device":"gate","warnings":["silent"]}],"runs":[{"id":"r-1","device":"gate","share":0.25}]}""");

        // When
        command.execute("summary");

        // Then
        assertThat(command.exitCode()).isZero();
        assertThat(command.out().lines())
                .containsExactly(
                        "PUNCHES  NUMBER",
                        "pending  3",
                        "held     1",
                        "Oldest that waits: 2026-11-02T05:00:12Z",
                        "Frappe: away since 2026-11-02T05:01:00Z; last delivery -",
                        "  Frappe is away.",
                        "Warning: gate: silent",
                        "Loading the log of gate: 25 %, run r-1");
    }

    @Test
    void the_summary_tells_who_paused_delivery_and_why() {
        // Given
        service.on("GET /api/v1/summary", 200, """
                {"replica":"r","punches":{"pending":3},"oldestPending":"2026-11-02T05:00:12Z","backlogAgeSeconds":60,\
                "delivery":{"condition":"working","reason":null,"since":"2026-11-02T05:01:00Z","nextTryAt":null,\
                "lastDeliveryAt":null,"paused":{"since":"2026-11-02T05:00:00Z","by":"jane","authority":"name and password",\
                "reason":"ERPNext is upgraded."}},"warnings":[],"runs":[]}""");

        // When
        command.execute("summary");

        // Then
        assertThat(command.out().lines())
                .containsExactly(
                        "PUNCHES  NUMBER",
                        "pending  3",
                        "Oldest that waits: 2026-11-02T05:00:12Z",
                        "Frappe: working since 2026-11-02T05:01:00Z; last delivery -",
                        "Delivery is paused since 2026-11-02T05:00:00Z by jane: ERPNext is upgraded.");
    }

    @Test
    void the_summary_tells_which_alerts_stand_and_that_nobody_hears_of_them() {
        // Given
        service.on("GET /api/v1/summary", 200, """
                {"replica":"r","punches":{},"oldestPending":null,"backlogAgeSeconds":0,"delivery":{"condition":"proven",\
                "reason":null,"since":"2026-11-02T05:01:00Z","nextTryAt":null,"lastDeliveryAt":null,"paused":null},\
                "warnings":[],"runs":[],"alerts":{"receiver":{"host":"hooks.example.com","state":"gone",\
                "words":"It answered 410. Set another.","triedAt":null,"takenAt":null,"waiting":1},"alerts":[\
                {"alert":"PunchbridgeDeviceSilent","severity":"warning","since":"2026-11-02T05:00:00Z","told":"waiting",\
                "summary":"The device gate\\u001b[31m is silent."}],"note":null}}""");

        // When
        command.execute("summary");

        // Then
        assertThat(command.out().lines())
                .endsWith(
                        "Alert: PunchbridgeDeviceSilent since 2026-11-02T05:00:00Z (warning, waiting): The device gate [31m is"
                                + " silent.",
                        "Alerts don't reach hooks.example.com: It answered 410. Set another.");
    }

    @Test
    void held_users_are_listed_without_anything_that_moves_the_cursor() {
        // Given
        service.on("GET /api/v1/held", 200, """
                {"users":[{"user":"7\\u001b[31m","punches":2,"oldest":"2026-11-01T05:00:00Z","newest":"2026-11-02T05:00:00Z",\
                "devices":["gate","head-office"],"reasons":["Nobody has this id."]}],"complete":false}""");

        // When
        command.execute("held");

        // Then
        assertThat(command.out().lines())
                .containsExactly(
                        "USER    PUNCHES  OLDEST                NEWEST                DEVICES            REASONS",
                        "7 [31m  2        2026-11-01T05:00:00Z  2026-11-02T05:00:00Z  gate, head-office  Nobody has this id.",
                        "Only the newest punches were looked at, or users with few are left out.");
    }

    @Test
    void devices_are_listed_with_how_they_do() {
        // Given
        service.on("GET /api/v1/devices", 200, """
                {"devices":[{"name":"gate","lastCallback":"2026-11-02T05:00:00Z","drift":{"secondsBehind":-90,"at":"x"},\
                "information":{"licensedUntil":"2027-01-31"},"verified":{"until":"2026-11-02T04:00:00Z"},\
                "today":{"day":"2026-11-02","stored":7,"delivered":6},"warnings":["clock-drift"]},\
                {"name":"roof","lastCallback":null,"drift":null,"information":null,"verified":null,"today":null,"warnings":[]}]}""");

        // When
        command.execute("devices");

        // Then
        assertThat(command.out().lines())
                .containsExactly(
                        "DEVICE  LAST CALLBACK         CLOCK       LICENCE UNTIL  VERIFIED UNTIL        TODAY           WARNINGS",
                        "gate    2026-11-02T05:00:00Z  90 s ahead  2027-01-31     2026-11-02T04:00:00Z  7, 6 delivered  clock-drift",
                        "roof    -                     -           -              -                     -               -");
    }

    @Test
    void actions_are_listed_and_say_where_to_go_on() {
        // Given
        service.on("GET /api/v1/actions?limit=1&before=b", 200, """
                {"actions":[{"id":"a","kind":"replay","at":"2026-11-02T05:00:00Z","authority":"name and password",\
                "who":"jane","what":"one punch by its key","why":null,"wanted":1,"changed":1,"leftAlone":0}],"next":"a"}""");

        // When
        command.execute("actions", "--limit", "1", "--cursor", "b");

        // Then
        assertThat(command.exitCode()).isZero();
        assertThat(command.out())
                .contains("replay  jane (name and password)  one punch by its key  1 of 1", "--cursor a");
    }

    @Test
    void events_of_one_device_are_listed() {
        // Given
        service.on("GET /api/v1/events?device=head+office", 200, """
                {"events":[{"key":"k","device":"head office","operation":"UserUpdated","user":"7","operationId":null,\
                "content":"{}","receivedAt":"2026-11-02T05:00:00Z"}],"next":null}""");

        // When
        command.execute("events", "--device", "head office");

        // Then
        assertThat(command.out()).contains("2026-11-02T05:00:00Z  head office  UserUpdated  7     {}");
    }

    @Test
    void watermarks_are_listed_with_what_holds_them() {
        // Given
        service.on("GET /api/v1/watermarks", 200, """
                {"mode":"report","watermarks":[{"shiftType":"Day","decision":"held-back","words":"The gate isn't verified.",\
                "lastSync":null,"provenUntil":null}]}""");

        // When
        command.execute("watermarks");

        // Then
        assertThat(command.out())
                .contains("Mode: report", "Day         held-back  -          -             The gate isn't");
    }

    @ParameterizedTest
    @CsvSource({
        "summary, summary",
        "held, held",
        "devices, devices",
        "watermarks, watermarks",
        "events, events",
        "actions, actions",
    })
    void a_script_gets_the_answer_as_it_is(String name, String path) {
        // Given
        service.on("GET /api/v1/" + path, 200, "{\"all\":[1]}");

        // When
        command.execute(name, "--json");

        // Then
        assertThat(command.exitCode()).isZero();
        assertThat(command.out()).isEqualToIgnoringWhitespace("{\"all\":[1]}");
    }

    @ParameterizedTest
    @CsvSource({"0", "201"})
    void a_limit_that_the_service_does_not_take_is_a_wrong_command_line(String limit) {
        // When
        command.execute("actions", "--limit", limit);

        // Then
        assertThat(command.exitCode()).isEqualTo(2);
        assertThat(service.requests()).isEmpty();
    }

    @Test
    void what_the_service_refuses_is_told() {
        // Given
        service.on("GET /api/v1/events?device=roof", 422, "{\"detail\":\"No device of that name is declared.\"}");

        // When
        command.execute("events", "--device", "roof");

        // Then
        assertThat(command.exitCode()).isEqualTo(ExitCode.NOT_DONE);
        assertThat(command.err()).contains("No device of that name is declared.");
    }
}
