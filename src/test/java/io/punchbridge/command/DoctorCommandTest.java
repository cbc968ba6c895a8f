package io.punchbridge.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.punchbridge.doctor.DoctorBench;
import io.punchbridge.doctor.SetUpCheck;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class DoctorCommandTest {
    private static final String MANAGER = "manager-key:manager-secret";

    private final DoctorBench bench = new DoctorBench();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Person person = new Person(out);
    private @Nullable String fixToken;

    /** Types prepared answers; nobody, where none are. */
    private static final class Person implements Asking {
        final Deque<String> answers = new ArrayDeque<>();
        final StringWriter screen;
        String shownBefore = "";
        final List<String> questions = new ArrayList<>();

        @Nullable String secret;

        Person(StringWriter screen) {
            this.screen = screen;
        }

        @Override
        public Optional<String> answer(String question) {
            if (questions.isEmpty()) {
                shownBefore = screen.toString();
            }
            questions.add(question);
            return Optional.ofNullable(answers.poll());
        }

        @Override
        public Optional<String> secret(String question) {
            questions.add(question);
            return Optional.ofNullable(secret);
        }
    }

    private int doctor(String... options) {
        return doctor(bench::check, options);
    }

    private int doctor(Supplier<SetUpCheck> check, String... options) {
        CommandLine line = new PunchbridgeCommand(() -> Path.of("none"), Clock.systemUTC(), "1.2.3")
                .with(new DoctorCommand(check, () -> fixToken, person))
                .commandLine(false, Waiting.REAL);
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        List<String> args = new ArrayList<>(List.of("doctor"));
        args.addAll(Arrays.asList(options));
        return line.execute(args.toArray(String[]::new));
    }

    @Test
    void all_is_well() {
        // When
        int exitCode = doctor();

        // Then
        assertThat(exitCode).isZero();
        assertThat(out.toString())
                .contains("+ passed      Token\n", "0 with a warning, 0 failed, 0 not checked.")
                .doesNotContain("--fix");
        assertThat(out.toString().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void a_warning_is_no_failure_for_a_script() {
        // Given
        bench.withoutFields();

        // When
        int exitCode = doctor();

        // Then
        assertThat(exitCode).isZero();
        assertThat(out.toString())
                .contains("! WARNING     Punch key\n", "              -> Run doctor --fix", "mended by: doctor --fix");
        assertThat(bench.made()).isEmpty();
    }

    @Test
    void what_a_person_wrote_at_the_site_commands_no_terminal() {
        // Given
        bench.withAnIdThatCommandsTerminals();

        // When
        doctor();

        // Then
        assertThat(out.toString())
                .contains("! WARNING     Device ids alike\n", "07 [2J")
                .doesNotContain("\u001b");
    }

    @Test
    void a_failure_is_one() {
        // Given
        bench.withoutToken();

        // When
        int exitCode = doctor();

        // Then
        assertThat(exitCode).isEqualTo(1);
        assertThat(out.toString()).contains("x FAILED      Token\n", "- not checked Versions\n");
    }

    @Test
    void a_wrong_configuration_is_told_whole_and_checks_nothing() {
        // When
        int exitCode = doctor(() -> {
            throw new ConfigurationException("The set-up can't be checked: 2 things are wrong.");
        });

        // Then
        assertThat(exitCode).isEqualTo(3);
        assertThat(err.toString()).contains("2 things are wrong").doesNotContain("Exception");
    }

    @Test
    void a_script_reads_json() throws Exception {
        // Given
        bench.withoutFields();

        // When
        int exitCode = doctor("--json");

        // Then
        assertThat(exitCode).isZero();
        JsonNode report = new ObjectMapper().readTree(out.toString());
        assertThat(report.path("failed").asBoolean(true)).isFalse();
        JsonNode key = result(report, "Punch key");
        assertThat(key.path("outcome").asText()).isEqualTo("warning");
        assertThat(key.path("whatToDo").asText()).isNotBlank();
        assertThat(key.path("fix").asText()).contains("custom_cams_punch_key");
        assertThat(result(report, "Token").path("fix").isNull()).isTrue();
    }

    private static JsonNode result(JsonNode report, String name) {
        for (JsonNode result : report.path("results")) {
            if (result.path("name").asText().equals(name)) {
                return result;
            }
        }
        throw new AssertionError("no result of " + name);
    }

    @Test
    void fix_asks_for_each_change_and_makes_only_what_was_said_yes_to() {
        // Given
        bench.withoutFields();
        person.answers.addAll(List.of("y", "n", "", "yes"));
        person.secret = MANAGER;

        // When
        int exitCode = doctor("--fix");

        // Then
        assertThat(exitCode).isZero();
        assertThat(bench.made()).containsExactly("custom_cams_punch_key", "custom_punch_type");
        assertThat(person.shownBefore).contains("! WARNING     Punch key\n", "0 failed");
        assertThat(person.questions).hasSize(5).first().asString().contains("Create the field", "[y/N]");
        assertThat(out.toString())
                .contains("custom_cams_punch_key made.", "Left out: Create the field custom_original_time")
                .contains("+ passed      Punch key");
    }

    @Test
    void fix_takes_the_token_of_the_environment_and_asks_nothing_if_told_so() {
        // Given
        bench.withoutFields();
        fixToken = MANAGER;

        // When
        int exitCode = doctor("--fix", "--yes");

        // Then
        assertThat(exitCode).isZero();
        assertThat(bench.made()).hasSize(4);
        assertThat(person.questions).isEmpty();
        assertThat(bench.tokens()).first().asString().isEqualTo(DoctorBench.KEY + ":" + DoctorBench.SECRET);
        assertThat(bench.tokens()).filteredOn(MANAGER::equals).hasSize(4);
    }

    @Test
    void without_anybody_there_to_say_yes_nothing_is_changed() {
        // Given
        bench.withoutFields();
        fixToken = MANAGER;

        // When
        int exitCode = doctor("--fix");

        // Then
        assertThat(exitCode).isEqualTo(1);
        assertThat(err.toString()).contains("nobody is there to be asked", "--yes");
        assertThat(person.questions).hasSize(1);
        assertThat(bench.made()).isEmpty();
        assertThat(bench.tokens()).doesNotContain(MANAGER);
    }

    @Test
    void where_all_is_declined_a_script_hears_that_nothing_was_made() {
        // Given
        bench.withoutFields();
        person.answers.addAll(List.of("n", "n", "n", "n"));
        fixToken = MANAGER;

        // When
        int exitCode = doctor("--fix");

        // Then
        assertThat(exitCode).isEqualTo(1);
        assertThat(bench.made()).isEmpty();
        assertThat(out.toString()).containsOnlyOnce("! WARNING     Punch key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "manager-key:manager\u200b-secret",
                "manager-key:manager\n-secret",
                "manager-key:manager -secret",
                "manager\u00e9-key:manager-secret",
                "manager-key:",
                ":manager-secret",
                "manager-secret"
            })
    void a_token_that_no_header_can_hold_is_refused_and_not_shown(String token) {
        // Given
        bench.withoutFields();
        fixToken = token;

        // When
        int exitCode = doctor("--fix", "--yes");

        // Then
        assertThat(exitCode).isEqualTo(1);
        assertThat(bench.tokens()).containsOnly(DoctorBench.KEY + ":" + DoctorBench.SECRET);
        assertThat(err.toString()).contains("Nothing is changed", "key:secret");
        assertThat(out + "\n" + err).doesNotContain("manager", "-secret");
    }

    @Test
    void a_token_with_a_line_end_behind_it_is_taken_without() {
        // Given
        bench.withoutFields();
        fixToken = MANAGER + "\n";

        // When
        int exitCode = doctor("--fix", "--yes");

        // Then
        assertThat(exitCode).isZero();
        assertThat(bench.tokens()).contains(MANAGER);
    }

    @Test
    void a_surprise_that_repeats_the_token_does_not_show_it() {
        // Given
        bench.withoutFields().throwingTheTokenBack();
        fixToken = MANAGER;

        // When
        int exitCode = doctor("--fix", "--yes");

        // Then
        assertThat(exitCode).isEqualTo(1);
        assertThat(err.toString()).contains("IllegalArgumentException");
        assertThat(out + "\n" + err).doesNotContain("manager-key", "manager-secret");
    }

    @Test
    void without_a_token_nothing_is_changed_and_that_is_said() {
        // Given
        bench.withoutFields();

        // When
        int exitCode = doctor("--fix", "--yes");

        // Then
        assertThat(exitCode).isEqualTo(1);
        assertThat(bench.made()).isEmpty();
        assertThat(err.toString()).contains("Nothing is changed", "PUNCHBRIDGE_FIX_TOKEN");
    }

    @Test
    void a_token_that_may_not_is_told() {
        // Given
        bench.withoutFields().refusingToCreate();
        fixToken = MANAGER;

        // When
        int exitCode = doctor("--fix", "--yes");

        // Then
        assertThat(exitCode).isEqualTo(1);
        assertThat(err.toString()).contains("custom_cams_punch_key not made", "System Manager");
    }

    @Test
    void what_is_mended_already_is_not_mended_again() {
        // Given
        fixToken = MANAGER;

        // When
        int exitCode = doctor("--fix", "--yes");

        // Then
        assertThat(exitCode).isZero();
        assertThat(bench.made()).isEmpty();
        assertThat(out.toString()).contains("nothing that Punchbridge could mend");
    }

    @Test
    void yes_without_fix_is_a_mistake() {
        // When
        int exitCode = doctor("--yes");

        // Then
        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString()).contains("--yes goes with --fix");
    }

    @Test
    void no_secret_shows_in_any_output() {
        // Given
        bench.withoutFields().refusingToCreate();
        fixToken = MANAGER;

        // When
        doctor("--fix", "--yes");
        doctor("--json");

        // Then
        assertThat(out + "\n" + err)
                .doesNotContain(DoctorBench.KEY, DoctorBench.SECRET, "manager-key", "manager-secret");
    }
}
