package io.punchbridge.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.punchbridge.punch.Connection;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.Direction;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.UserId;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserRequestsTest {
    private static final Device DEVICE =
            new Device("gate", new SerialNumber("SN1"), Connection.NATIVE_PUSH, Direction.AS_SENT, null);

    @ParameterizedTest
    @CsvSource({"true, Admin", "false, User"})
    void always_says_the_privilege_and_never_a_template(boolean admin, String userType) {
        // When
        RequestPreview preview =
                UserRequests.previewOfPut(DEVICE, new DeviceUser(new UserId("007"), "Ann", "Kamau", admin));

        // Then
        assertThat(preview)
                .isEqualTo(new RequestPreview(
                        "gate",
                        "Add.User",
                        "{\"Add\":{\"User\":{\"UserID\":\"007\",\"FirstName\":\"Ann\",\"LastName\":\"Kamau\",\"UserType\":\""
                                + userType + "\"}}}"));
    }

    @Test
    void refuses_to_send_a_user_whose_privilege_nobody_knows() {
        // Given
        DeviceUser user = new DeviceUser(new UserId("7"), "Ann", "Kamau", null);

        // When
        ThrowingCallable addition = () -> UserRequests.put(user);

        // Then
        assertThatThrownBy(addition).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void deletes_one_user() {
        // When
        RequestPreview preview = UserRequests.previewOfDelete(DEVICE, new UserId("7"));

        // Then
        assertThat(preview)
                .isEqualTo(new RequestPreview("gate", "Delete.User", "{\"Delete\":{\"User\":{\"UserID\":\"7\"}}}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"All", "ALL", " all "})
    void refuses_the_word_for_everybody(String id) {
        // When
        ThrowingCallable deletion = () -> UserRequests.delete(new UserId(id));

        // Then
        assertThatThrownBy(deletion).isInstanceOf(IllegalArgumentException.class);
    }
}
