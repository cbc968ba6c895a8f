package io.punchbridge.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.gateway.CallerCheck.Caller;
import io.punchbridge.gateway.CallerCheck.Why;
import io.punchbridge.gateway.GatewaySettings.Credentials;
import io.punchbridge.punch.Connection;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.Direction;
import io.punchbridge.punch.SerialNumber;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CallerCheckTest {
    private static final SerialNumber NONE = SerialNumber.UNKNOWN;

    private final Credentials office = credentials("office", "SN1", "st-1", "token-1", "old-token-1");
    private final Credentials gate = credentials("gate", "SN2", "st-2", "token-2", null);
    private final Credentials yard = credentials("yard", "SN3", "st-3", "shared", null);
    private final Credentials dock = credentials("dock", "SN4", "st-4", "shared", null);
    private final CallerCheck check = new CallerCheck(List.of(office, gate, yard, dock));

    @Test
    void a_device_proves_itself_with_its_token() {
        // When
        Caller caller = check.check("token-1", new SerialNumber("SN1"), null);

        // Then
        assertThat(caller).isEqualTo(new Caller.Known(office.device()));
    }

    @Test
    void the_previous_token_works_beside_the_current_one() {
        // When
        Caller caller = check.check("old-token-1", new SerialNumber("SN1"), null);

        // Then
        assertThat(caller).isEqualTo(new Caller.Known(office.device()));
    }

    @Test
    void another_devices_token_is_refused() {
        // When
        Caller caller = check.check("token-2", new SerialNumber("SN1"), null);

        // Then
        assertThat(caller).isEqualTo(new Caller.Refused(Why.OTHER_DEVICES_TOKEN));
    }

    @Test
    void a_wrong_token_is_refused() {
        // When
        Caller caller = check.check("token-9", new SerialNumber("SN1"), null);

        // Then
        assertThat(caller).isEqualTo(new Caller.Refused(Why.WRONG_TOKEN));
    }

    @Test
    void a_missing_token_is_refused() {
        // When
        Caller caller = check.check(" ", new SerialNumber("SN1"), null);

        // Then
        assertThat(caller).isEqualTo(new Caller.Refused(Why.NO_TOKEN));
    }

    @Test
    void a_known_token_with_an_undeclared_serial_number_is_let_in_under_that_number() {
        // When
        Caller caller = check.check("token-1", new SerialNumber("SN99"), "st-1");

        // Then
        assertThat(caller).isEqualTo(new Caller.Undeclared(new SerialNumber("SN99")));
    }

    @Test
    void the_serial_number_tells_devices_with_one_token_apart() {
        // When
        Caller caller = check.check("shared", new SerialNumber("sn4"), null);

        // Then
        assertThat(caller).isEqualTo(new Caller.Known(dock.device()));
    }

    @Test
    void so_does_the_service_tag() {
        // When
        Caller caller = check.check("shared", NONE, "st-3");

        // Then
        assertThat(caller).isEqualTo(new Caller.Known(yard.device()));
    }

    @Test
    void with_neither_they_can_not_be_told_apart() {
        // When
        Caller caller = check.check("shared", NONE, null);

        // Then
        assertThat(caller).isEqualTo(new Caller.Ambiguous());
    }

    @Test
    void a_token_of_one_device_alone_needs_neither() {
        // When
        Caller caller = check.check("token-2", NONE, null);

        // Then
        assertThat(caller).isEqualTo(new Caller.Known(gate.device()));
    }

    @Test
    void a_service_tag_of_another_device_is_refused() {
        // When
        Caller caller = check.check("token-2", NONE, "st-1");

        // Then
        assertThat(caller).isEqualTo(new Caller.Refused(Why.OTHER_DEVICES_TOKEN));
    }

    private static Credentials credentials(
            String name, String serialNumber, String serviceTag, String token, @Nullable String previousToken) {
        Device device =
                new Device(name, new SerialNumber(serialNumber), Connection.NATIVE_PUSH, Direction.AS_SENT, null);
        return new Credentials(device, serviceTag, token, previousToken);
    }
}
