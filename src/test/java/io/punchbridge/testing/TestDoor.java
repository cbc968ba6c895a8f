package io.punchbridge.testing;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.punchbridge.gateway.ArrivalListener;
import io.punchbridge.gateway.CallbackDoor;
import io.punchbridge.gateway.DoorWatch;
import io.punchbridge.gateway.GatewaySettings;
import io.punchbridge.gateway.GatewaySettings.Credentials;
import io.punchbridge.gateway.SecurityKey;
import io.punchbridge.inbox.Inbox;
import io.punchbridge.punch.Connection;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.Devices;
import io.punchbridge.punch.Direction;
import io.punchbridge.punch.SerialNumber;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The door built by hand, with the devices and keys of {@link TestSettings}. */
public final class TestDoor {
    public static final Instant NOW = Instant.parse("2024-09-17T04:49:03.200Z");
    public static final String PREVIOUS_TOKEN = "head-office-token-of-before";
    public static final Devices DEVICES = new Devices(List.of(
            device("head-office", TestSettings.SERIAL_NUMBER),
            device("gate", "SN-GATE"),
            device("entrance", "SN-ENTRANCE")));

    private TestDoor() {}

    /** @param fallbackZone zone of device times without an offset */
    public static CallbackDoor open(Inbox inbox, @Nullable ZoneId fallbackZone, ArrivalListener... listeners) {
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        List<Device> devices = DEVICES.all();
        List<Credentials> credentials = List.of(
                new Credentials(devices.get(0), null, TestSettings.TOKEN, PREVIOUS_TOKEN),
                new Credentials(devices.get(1), null, "gate-token", null),
                new Credentials(devices.get(2), null, "entrance-token", null));
        List<SecurityKey> keys = List.of(
                new SecurityKey(TestSettings.SECURITY_KEY), new SecurityKey(TestSettings.PREVIOUS_SECURITY_KEY));
        return new CallbackDoor(
                new GatewaySettings(null, keys, credentials, Duration.ofSeconds(90), false),
                inbox,
                new DoorWatch(DEVICES, new SimpleMeterRegistry(), clock),
                () -> fallbackZone,
                List.of(listeners),
                clock);
    }

    private static Device device(String name, String serialNumber) {
        return new Device(name, new SerialNumber(serialNumber), Connection.NATIVE_PUSH, Direction.AS_SENT, null);
    }
}
