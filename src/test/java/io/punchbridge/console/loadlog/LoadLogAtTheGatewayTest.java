package io.punchbridge.console.loadlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.access.People;
import io.punchbridge.sandbox.SimulatedDevice;
import io.punchbridge.sandbox.SimulatedDevice.LoggedPunch;
import io.punchbridge.sandbox.SimulatedGateway;
import io.punchbridge.testing.SteppableClock;
import io.punchbridge.testing.TestSettings;
import io.punchbridge.testing.browser.Browser;
import io.punchbridge.testing.browser.InBrowser;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** From the click to the result, with a gateway that can be asked. */
@QuarkusTest
@TestProfile(LoadLogAtTheGatewayTest.WithGateway.class)
@InBrowser
class LoadLogAtTheGatewayTest {
    private static final String TAG = "ST-GATE";

    @Inject
    @SuppressWarnings("NullAway.Init")
    SteppableClock clock;

    public static final class WithGateway implements QuarkusTestProfile {
        private static final int PORT = TestSettings.freePort();

        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> values = new HashMap<>(new People.Profile().getConfigOverrides());
            values.put("punchbridge.gateway.endpoint", "http://127.0.0.1:" + PORT + "/external/api3.0/biometric");
            values.put("punchbridge.devices.gate.service-tag-id", TAG);
            values.put("punchbridge.devices.gate.time-zone", "Africa/Nairobi");
            values.put("punchbridge.reconciliation.enabled", "false");
            values.put(
                    "punchbridge.storage.sqlite.file",
                    Path.of("target", "test-data", UUID.randomUUID().toString(), "punchbridge.db")
                            .toString());
            return values;
        }
    }

    @Test
    void a_log_is_loaded_from_the_click_to_the_result(Browser browser) {
        // Given
        try (SimulatedGateway gateway = new SimulatedGateway(clock, URI.create("http://127.0.0.1:9/unused"))
                .securityKey(TestSettings.SECURITY_KEY)) {
            SimulatedDevice gate = gateway.addDevice(
                    new SimulatedDevice("Gate", "SN-GATE", "gate-token", ZoneId.of("Africa/Nairobi"), TAG));
            gateway.api().latency(Duration.ZERO);
            gateway.start(WithGateway.PORT);
            Instant begin = clock.instant().minus(Duration.ofDays(3)).truncatedTo(ChronoUnit.SECONDS);
            for (int i = 0; i < 120; i++) {
                gateway.punchUnnoticed(
                        gate,
                        new LoggedPunch("nobody-" + i, "CheckIn", begin.plus(Duration.ofMinutes(i)), "Fingerprint"));
            }
            browser.as(People.OPERATOR, People.OPERATOR_PASSWORD)
                    .wide(Browser.WIDE)
                    .open("/load-log?device=gate");

            // When
            browser.see("#start").click();

            // Then
            browser.see("#said", "120 punches were missing here");
            assertThat(browser.see("#started progress").getDomProperty("value")).isEqualTo("100");
            browser.see("#runs .badge", "done");
            assertThat(browser.complaints()).isEmpty();
        }
    }
}
