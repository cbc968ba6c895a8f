package io.punchbridge.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.punch.DeviceEvent;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.UserId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserChangeTest {
    private static DeviceEvent event(String operation, @Nullable String user, String content) {
        return DeviceEvent.of(
                new SerialNumber("SN1"), operation, user == null ? null : new UserId(user), null, content);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            nullValues = "-",
            value = {
                "{\"UserID\":\"7\",\"FirstName\":\"Ann\",\"LastName\":\"Kamau\",\"UserType\":\"Admin\"} | Ann Kamau | true",
                "{\"user_id\":7,\"first_name\":\" Ann \",\"LASTNAME\":null,\"usertype\":\"User\"} | Ann | false",
                "{\"LastName\":\"Kamau\",\"UserType\":\"SuperAdmin\"} | Kamau | true",
                "{\"Template\":\"[removed]\",\"Photo\":\"[removed]\"} | - | -",
                "{\"FirstName\":\"[removed]\",\"LastName\":\"\",\"UserType\":\"\"} | - | -",
                "{\"FirstName\":{\"a\":1},\"UserType\":[\"Admin\"]} | - | -",
                "[1,2] | - | -",
                "not JSON | - | -"
            })
    void reads_what_an_update_says(String content, @Nullable String name, @Nullable Boolean admin) {
        // When
        Optional<UserChange> change = UserChange.of(event("UserUpdated", "7", content));

        // Then
        assertThat(change).contains(new UserChange(new UserId("7"), false, name, admin));
    }

    @Test
    void a_deletion_says_nothing_else() {
        // When
        Optional<UserChange> change =
                UserChange.of(event("UserDeleted", "7", "{\"UserID\":\"7\",\"FirstName\":\"Ann\"}"));

        // Then
        assertThat(change).contains(new UserChange(new UserId("7"), true, null, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"DeviceRestarted", "Load.UserInfo", "Unknown"})
    void other_events_are_about_no_user(String operation) {
        // When
        Optional<UserChange> change = UserChange.of(event(operation, "7", "{\"UserID\":\"7\"}"));

        // Then
        assertThat(change).isEmpty();
    }

    @Test
    void a_change_of_nobody_is_none() {
        // When
        Optional<UserChange> change = UserChange.of(event("UserDeleted", null, "{}"));

        // Then
        assertThat(change).isEmpty();
    }
}
