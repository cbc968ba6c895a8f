package io.punchbridge.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.access.LoginSettings;
import io.punchbridge.access.LoginSettings.User;
import io.punchbridge.access.Role;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may log in, as it stands in the configuration. */
class LoginReaderTest {
    private static final String SALT_AND_HASH = "abcdefghijklmnopqrstuu" + "0".repeat(31);
    private static final String HASH = "$2b$12$" + SALT_AND_HASH;

    private final Map<String, String> file = new LinkedHashMap<>();
    private final Map<String, String> environment = new TreeMap<>();
    private final Values values =
            new Values(key -> environment.getOrDefault(Keys.environmentVariable(key), file.get(key)));

    @Test
    void without_any_user_nobody_logs_in() {
        // When
        LoginSettings settings = read();

        // Then
        assertThat(settings).isEqualTo(new LoginSettings(List.of(), 5, Duration.ofMinutes(15)));
        assertThat(values.problems()).isEmpty();
    }

    @Test
    void users_stand_in_the_file_and_in_the_environment() {
        // Given
        file.put("punchbridge.console.users.jane.password-hash", HASH);
        file.put("punchbridge.console.users.jane.role", "viewer");
        file.put("punchbridge.console.users.\"o@example.com\".password-hash", "$2a$10$" + SALT_AND_HASH);
        file.put("punchbridge.console.users.\"o@example.com\".role", "OPERATOR");
        environment.put("PUNCHBRIDGE_CONSOLE_USERS_NIGHT_SHIFT_PASSWORD_HASH", HASH);
        environment.put("PUNCHBRIDGE_CONSOLE_USERS_NIGHT_SHIFT_ROLE", "operator");
        environment.put("PUNCHBRIDGE_CONSOLE_USERS_JANE_ROLE", "operator");
        file.put("punchbridge.console.lock-out-after", "3");
        file.put("punchbridge.console.lock-out-for", "1h");

        // When
        LoginSettings settings = read();

        // Then
        assertThat(values.problems()).isEmpty();
        assertThat(settings.users())
                .containsExactlyInAnyOrder(
                        new User("jane", HASH, Role.OPERATOR),
                        new User("o@example.com", "$2a$10$" + SALT_AND_HASH, Role.OPERATOR),
                        new User("night-shift", HASH, Role.OPERATOR));
        assertThat(settings.lockOutAfter()).isEqualTo(3);
        assertThat(settings.lockOutFor()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void everything_wrong_is_told_at_once_and_no_hash_with_it() {
        // Given
        file.put("punchbridge.console.users.jane.password-hash", "my-plain-password");
        file.put("punchbridge.console.users.omar.role", "admin");
        file.put("punchbridge.console.users.\"a:b\".password-hash", HASH);
        file.put("punchbridge.console.users.\"a:b\".role", "viewer");

        // When
        read();

        // Then
        assertThat(values.problems())
                .extracting(Problem::key)
                .containsExactlyInAnyOrder(
                        "punchbridge.console.users.jane.password-hash",
                        "punchbridge.console.users.jane.role",
                        "punchbridge.console.users.omar.password-hash",
                        "punchbridge.console.users.omar.role",
                        "punchbridge.console.users.\"a:b\".role");
        assertThat(values.problems().toString()).doesNotContain("my-plain-password", SALT_AND_HASH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$2b$09$abcdefghijklmnopqrstuu0000000000000000000000000000000",
                "$2b$17$abcdefghijklmnopqrstuu0000000000000000000000000000000",
                "$2x$12$abcdefghijklmnopqrstuu0000000000000000000000000000000",
                "$2b$12$abcdefghijklmnopqrstuu000000000000000000000000000000",
                "b2$abcdefghijklmnopqrstuu0000000000000000000000000000000",
            })
    void a_hash_that_is_none_or_too_cheap_or_too_dear_is_refused(String hash) {
        // Given
        file.put("punchbridge.console.users.jane.password-hash", hash);
        file.put("punchbridge.console.users.jane.role", "viewer");

        // When
        read();

        // Then
        assertThat(values.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString()).doesNotContain("abcdefghij"));
    }

    private LoginSettings read() {
        return new LoginReader(values, new KeyNames(Set.copyOf(file.keySet()), environment.keySet())).read();
    }
}
