package io.punchbridge.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code punches}, {@code replay} and {@code dismiss} as a person meets them: what they ask, say and return. */
class PunchesCommandsTest {
    private static final String SEARCH = "POST /api/v1/punches/search";
    private static final String REPLAY = "POST /api/v1/punches/replay";
    private static final String DISMISS = "POST /api/v1/punches/dismiss";
    private static final String KEY = "20261102T050012Z-1f0c";

    private static final String PUNCH = """
            {"key":"%s","device":"head-office","user":"7","localTime":"2026-11-02T08:00:12+03:00","type":"CheckIn",\
            "state":"rejected","reason":"Employee is\\u001b[31m\\ninactive.","checkin":null}""".formatted(KEY);

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

    private static String page(String punch, String next) {
        return "{\"punches\":[" + punch + "],\"next\":" + next + "}";
    }

    private static String acted(int matching, int changed, int leftAlone, String left) {
        return "{\"action\":\"a\",\"matching\":%d,\"changed\":%d,\"leftAlone\":%d,\"left\":[%s],\"words\":\"It goes.\"}"
                .formatted(matching, changed, leftAlone, left);
    }

    @Test
    void the_story_of_one_tells_what_each_delivery_came_to() {
        // Given
        service.on("GET /api/v1/punches/" + KEY, 200, """
                {"punch":%s,"sent":{},"attempts":[
                {"number":1,"at":"2026-11-02T05:00:13Z","outcome":"refused","status":417,"words":"It is\\u001b[31m no.",\
                "tookMillis":12,"punches":4,"checkin":null},
                {"number":30,"at":"2026-11-02T06:00:13Z","outcome":"delivered","status":200,"words":null,\
                "tookMillis":9,"punches":1,"checkin":"CKIN-7"},
                {"number":31,"at":"2026-11-02T07:00:13Z","outcome":"kept","status":null,"words":"Nobody has it.",\
                "tookMillis":null,"punches":null,"checkin":null}]}""".formatted(PUNCH));

        // When
        command.execute("punches", KEY);

        // Then
        assertThat(command.exitCode()).isZero();
        assertThat(command.out().lines())
                .contains(
                        "  attempt   1 at 2026-11-02T05:00:13Z refused (HTTP 417, 12 ms, 4 punches in the request): It is [31m no.",
                        "  attempt   30 at 2026-11-02T06:00:13Z delivered CKIN-7 (HTTP 200, 9 ms)",
                        "  attempt   31 at 2026-11-02T07:00:13Z kept: Nobody has it.");
    }

    @Test
    void punches_are_listed_with_their_local_time_and_without_anything_that_moves_the_cursor() {
        // Given
        service.on(SEARCH, 200, page(PUNCH, "null"));

        // When
        command.execute(
                "punches",
                "--state",
                "rejected,held",
                "--device=head-office",
                "--user=7",
                "--employee=HR-EMP-7",
                "--from=2026-11-02",
                "--to=2026-11-02",
                "--reason-has=inactive",
                "--source=callback");

        // Then
        assertThat(command.exitCode()).isZero();
        assertThat(service.requests())
                .containsExactly(SEARCH + " {\"state\":[\"rejected\",\"held\"],\"device\":\"head-office\","
                        + "\"employee\":\"HR-EMP-7\",\"from\":\"2026-11-02\",\"reason\":\"inactive\",\"source\":\"callback\","
                        + "\"to\":\"2026-11-02\",\"user\":\"7\",\"limit\":50}");
        assertThat(command.out().lines())
                .containsExactly(
                        "PUNCHED                    DEVICE       USER  TYPE     STATE     KEY                    CHECK-IN OR REASON",
                        "2026-11-02T08:00:12+03:00  head-office  7     CheckIn  rejected  20261102T050012Z-1f0c  Employee is [31m inactive.");
        assertThat(command.err()).isEmpty();
    }

    @Test
    void pages_that_are_not_full_are_put_together() {
        // Given
        service.on(SEARCH, 200, "{\"punches\":[],\"next\":\"20261101T000000Z-1\"}")
                .on(SEARCH, 200, page(PUNCH, "\"20261031T000000Z-1\""));

        // When
        command.execute("punches", "--limit", "1");

        // Then
        assertThat(service.requests())
                .containsExactly(
                        SEARCH + " {\"limit\":1}", SEARCH + " {\"limit\":1,\"cursor\":\"20261101T000000Z-1\"}");
        assertThat(command.out()).contains(KEY, "There may be more: --cursor 20261031T000000Z-1");
    }

    @Test
    void a_search_without_an_end_is_given_up_and_says_where_to_go_on() {
        // Given
        service.on(SEARCH, 200, "{\"punches\":[],\"next\":\"20261101T000000Z-1\"}");

        // When
        command.execute("punches", "--user", "7");

        // Then
        assertThat(service.requests()).hasSize(40);
        assertThat(command.out()).contains("Not all were looked at", "--from", "--cursor 20261101T000000Z-1");
    }

    @Test
    void nothing_found_is_said_and_is_no_failure() {
        // Given
        service.on(SEARCH, 200, "{\"punches\":[],\"next\":null}");

        // When
        command.execute("punches", "--user", "7");

        // Then
        assertThat(command.exitCode()).isZero();
        assertThat(command.out()).contains("No stored punch matches.");
    }

    @Test
    void machines_get_json() {
        // Given
        service.on(SEARCH, 200, page(PUNCH, "null"));

        // When
        command.execute("punches", "--json");

        // Then
        assertThat(command.out())
                .startsWith("{")
                .contains("\"key\" : \"" + KEY + "\"", "\"next\" : null")
                .doesNotContain("PUNCHED");
    }

    @Test
    void the_services_refusal_comes_through() {
        // Given
        service.on(SEARCH, 422, "{\"detail\":\"No device of that name is declared.\"}");

        // When
        command.execute("punches", "--device", "back-office");

        // Then
        assertThat(command.exitCode()).isEqualTo(1);
        assertThat(command.err()).contains("No device of that name is declared.");
        assertThat(command.out()).isEmpty();
    }

    @Test
    void the_story_of_one_punch_is_told() {
        // Given
        service.on("GET /api/v1/punches/" + KEY, 200, """
                {"punch":{"key":"%s","device":"head-office","user":"7","localTime":"2026-11-02T08:00:12+03:00","type":"CheckIn",\
                "source":"load-log","receivedLocally":"2026-11-02T09:00:00+03:00","state":"pending","reason":null},\
                "sent":{"logTime":"2026-11-02 08:00:12 GMT +0300","inputType":"Fingerprint"},"beingDelivered":false,\
                "possiblySentAt":"2026-11-02T06:00:00Z","notBefore":"2026-11-02T06:02:00Z","checkinUrl":null,"foundNear":null,\
                "actions":[{"action":{"at":"2026-11-02T05:59:00Z","kind":"replay","who":"jo","authority":"token file on this host",\
                "why":"mended"},"stateBefore":"rejected"}]}""".formatted(KEY));

        // When
        command.execute("punches", KEY);

        // Then
        assertThat(command.exitCode()).isZero();
        assertThat(command.out().lines())
                .containsExactly(
                        "Punch " + KEY,
                        "  punched   2026-11-02T08:00:12+03:00, CheckIn, by user 7 at head-office",
                        "  sent as   log time 2026-11-02 08:00:12 GMT +0300, input Fingerprint",
                        "  came      2026-11-02T09:00:00+03:00 by load-log",
                        "  state     pending",
                        "  perhaps   sent 2026-11-02T06:00:00Z, without an answer; Frappe is asked for it before it is sent again",
                        "  next try  not before 2026-11-02T06:02:00Z",
                        "  action    2026-11-02T05:59:00Z replay by jo (token file on this host), was rejected; why: mended");
    }

    @Test
    void a_punch_that_is_not_there_is_a_failure() {
        // Given
        service.on("GET /api/v1/punches/" + KEY, 404, "{\"detail\":\"There is no punch of that key.\"}");

        // When
        command.execute("punches", KEY);

        // Then
        assertThat(command.exitCode()).isEqualTo(1);
        assertThat(command.err()).contains("There is no punch of that key.");
    }

    @Test
    void punches_are_replayed_by_their_keys_without_a_question() {
        // Given
        service.on(REPLAY, 200, acted(1, 1, 0, ""));

        // When
        command.onTerminal().execute("replay", KEY, "--reason", "mended");

        // Then
        assertThat(command.exitCode()).isZero();
        assertThat(service.requests()).containsExactly(REPLAY + " {\"why\":\"mended\",\"keys\":[\"" + KEY + "\"]}");
        assertThat(command.out()).contains("1 punch is pending again. It goes.");
        assertThat(command.asked()).isEmpty();
    }

    @Test
    void a_filter_is_counted_asked_for_and_confirmed() {
        // Given
        service.on(REPLAY, 200, acted(12, 0, 0, "")).on(REPLAY, 200, acted(12, 12, 0, ""));

        // When
        command.onTerminal().types("y").execute("replay", "--state", "rejected");

        // Then
        assertThat(command.asked()).isEqualTo("12 punches match. Send again? [y/N] ");
        assertThat(service.requests())
                .containsExactly(
                        REPLAY + " {\"state\":[\"rejected\"]}", REPLAY + " {\"state\":[\"rejected\"],\"confirm\":12}");
        assertThat(command.exitCode()).isZero();
        assertThat(command.out()).contains("12 punches are pending again.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "n", "what?"})
    void whoever_does_not_say_yes_has_nothing_done(String typed) {
        // Given
        service.on(REPLAY, 200, acted(12, 0, 0, ""));

        // When
        command.onTerminal().types(typed).execute("replay", "--state", "rejected");

        // Then
        assertThat(service.requests()).hasSize(1);
        assertThat(command.exitCode()).isEqualTo(1);
        assertThat(command.err()).contains("Nothing is done.");
    }

    @Test
    void where_nobody_is_to_be_asked_yes_must_be_said_beforehand() {
        // Given
        service.on(REPLAY, 200, acted(12, 0, 0, ""));

        // When
        command.types("y").execute("replay", "--state", "rejected");

        // Then
        assertThat(service.requests()).hasSize(1);
        assertThat(command.exitCode()).isEqualTo(1);
        assertThat(command.err()).contains("12 punches match. Nothing is done", "--yes");
    }

    @Test
    void yes_that_is_said_beforehand_confirms_what_was_counted() {
        // Given
        service.on(REPLAY, 200, acted(3, 0, 0, ""))
                .on(REPLAY, 409, "{\"detail\":\"Other punches match than were confirmed.\"}");

        // When
        command.execute("replay", "--state", "held", "--yes");

        // Then
        assertThat(service.requests()).last().asString().contains("\"confirm\":3");
        assertThat(command.exitCode()).isEqualTo(1);
        assertThat(command.err()).contains("Other punches match than were confirmed.");
    }

    @Test
    void what_is_left_is_told_and_makes_it_a_failure() {
        // Given
        service.on(DISMISS, 200, acted(2, 1, 1, "{\"key\":\"" + KEY + "\",\"why\":\"It is delivered.\"}"));

        // When
        command.execute("dismiss", KEY, "20261102T050013Z-1f0c", "--reason", "A visitor.");

        // Then
        assertThat(command.exitCode()).isEqualTo(1);
        assertThat(command.out()).contains("1 punch is ignored. It goes.");
        assertThat(command.err()).contains(KEY + ": left as it is. It is delivered.");
    }

    @Test
    void many_keys_go_in_requests_that_the_service_takes() {
        // Given
        service.on(DISMISS, 200, acted(200, 200, 0, "")).on(DISMISS, 200, acted(1, 1, 0, ""));
        List<String> keys = IntStream.range(0, 201)
                .mapToObj(i -> "20261102T05%04dZ-1f0c".formatted(i))
                .toList();

        // When
        command.execute(Stream.concat(Stream.of("dismiss", "--reason", "so"), keys.stream())
                .toArray(String[]::new));

        // Then
        assertThat(service.requests()).hasSize(2);
        assertThat(service.requests().get(1)).endsWith("\"keys\":[\"" + keys.get(200) + "\"]}");
        assertThat(command.exitCode()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "replay",
                "replay " + KEY + " --state held",
                "dismiss " + KEY,
                "dismiss --reason so",
                "punches " + KEY + " --user 7",
                "punches --limit 0",
                "punches --limit 201",
                "punches " + KEY + " " + KEY,
            })
    void a_wrong_command_line_asks_nothing(String line) {
        // When
        command.execute(line.split(" ", -1));

        // Then
        assertThat(command.exitCode()).isEqualTo(2);
        assertThat(service.requests()).isEmpty();
        assertThat(command.err()).contains("Usage:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"punches", "replay", "dismiss"})
    void each_has_its_help(String name) {
        // When
        command.execute(name, "--help");

        // Then
        assertThat(command.exitCode()).isZero();
        assertThat(command.out()).contains("Usage: punchbridge " + name, "Exit codes:", "--token-file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"punches", "replay --state held", "replay " + KEY, "dismiss " + KEY + " --reason so"})
    void a_service_that_is_not_there_is_told(String line) {
        // Given
        service.stop();

        // When
        command.execute(line.split(" ", -1));

        // Then
        assertThat(command.exitCode()).isEqualTo(3);
        assertThat(command.err()).contains("doesn't answer");
    }
}
