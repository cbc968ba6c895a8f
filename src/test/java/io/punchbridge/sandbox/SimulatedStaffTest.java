package io.punchbridge.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.sandbox.SimulatedDevice.LoggedPunch;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SimulatedStaffTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-24T06:00:00.5Z"), ZoneOffset.UTC);

    private final SimulatedDevice device = new SimulatedDevice("Gate", "ZHM11SANDBOX01", "token", ZoneOffset.UTC);
    /** Not started: what is punched stays in its queue. */
    private final SimulatedGateway gateway = new SimulatedGateway(CLOCK, URI.create("http://127.0.0.1:9/"));

    @Test
    void comesBeforeItGoesAndGoesBeforeItComesAgain() {
        // Given
        SimulatedStaff staff = staff(1);

        // When
        IntStream.range(0, SimulatedStaff.MOST_WAITING).forEach(i -> staff.act());

        // Then
        List<String> ofTheEmployee = device.log().stream()
                .filter(punch -> punch.userId().equals("1"))
                .map(LoggedPunch::type)
                .filter(type -> type.startsWith("Check"))
                .toList();
        assertThat(ofTheEmployee).hasSizeGreaterThan(20);
        assertThat(ofTheEmployee).element(0).isEqualTo("CheckIn");
        assertThat(IntStream.range(1, ofTheEmployee.size()))
                .allSatisfy(i -> assertThat(ofTheEmployee.get(i)).isNotEqualTo(ofTheEmployee.get(i - 1)));
    }

    @Test
    void addsNothingToAFullQueue() {
        // Given
        SimulatedStaff staff = staff(5);
        IntStream.range(0, 10 * SimulatedStaff.MOST_WAITING).forEach(i -> staff.act());

        // When
        var told = staff.act();

        // Then
        assertThat(told).isEmpty();
        assertThat(gateway.waiting(device)).isEqualTo(SimulatedStaff.MOST_WAITING);
    }

    @Test
    void punchesInWholeSecondsAsDevicesDo() {
        // Given
        SimulatedStaff staff = staff(1);

        // When
        IntStream.range(0, 10).forEach(i -> staff.act());

        // Then
        assertThat(device.log())
                .isNotEmpty()
                .allSatisfy(punch -> assertThat(punch.time()).isEqualTo("2026-11-24T06:00:00Z"));
    }

    private SimulatedStaff staff(int employees) {
        gateway.addDevice(device);
        return new SimulatedStaff(
                gateway,
                List.of(device),
                SimulatedFrappe.withEmployees(CLOCK, employees).employees(),
                CLOCK,
                new Random(7));
    }
}
