package io.punchbridge.console.devices;

import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.access.People;
import io.punchbridge.inbox.Alerts;
import io.punchbridge.testing.browser.Browser;
import io.punchbridge.testing.browser.InBrowser;
import io.punchbridge.watch.DeviceScenes;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/** The pages of the devices, as people use them. */
@QuarkusTest
@TestProfile(ManyDevices.class)
@InBrowser
class DevicesInBrowserTest {
    @Inject
    @SuppressWarnings("NullAway.Init")
    DeviceScenes scenes;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Alerts alerts;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Clock clock;

    @BeforeEach
    void play() {
        scenes.play();
    }

    @ParameterizedTest
    @CsvSource({
        "/devices,devices,1280,light",
        "/devices,devices,1280,dark",
        "/devices,devices,360,light",
        "/devices,devices,360,dark",
        "/devices/gate,device,1280,light",
        "/devices/gate,device,1280,dark",
        "/devices/gate,device,360,light",
        "/devices/gate,device,360,dark"
    })
    void everybody_can_use_them(String path, String name, int width, String scheme, Browser browser) {
        // Given
        browser.as(People.VIEWER, People.VIEWER_PASSWORD).in(scheme).wide(width);

        // When
        browser.open(path);

        // Then
        assertThat(browser.violations()).isEmpty();
        assertThat(browser.scrollsSideways()).isFalse();
        assertThat(browser.complaints()).isEmpty();
        browser.keepPicture(name + "-" + scheme + "-" + width);
    }

    @ParameterizedTest
    @CsvSource({"1280,light", "1280,dark", "360,light", "360,dark"})
    void everybody_can_see_which_alerts_stand(int width, String scheme, Browser browser) {
        // Given
        Instant now = clock.instant();
        alerts.keep(new Alerts.Change(
                List.of(silent("gate", now), silent("a device of a long name that was removed meanwhile", now)),
                Set.of(),
                List.of()));
        browser.as(People.VIEWER, People.VIEWER_PASSWORD).in(scheme).wide(width);

        // When
        browser.open("/");

        // Then
        browser.see("#alerts", "The device gate has not called back for too long.");
        browser.see("#alerts", "127.0.0.1");
        assertThat(browser.violations()).isEmpty();
        assertThat(browser.scrollsSideways()).isFalse();
        assertThat(browser.complaints()).isEmpty();
    }

    private static Alerts.Standing silent(String device, Instant now) {
        return new Alerts.Standing(
                new Alerts.Alert("PunchbridgeDeviceSilent", device),
                now,
                now,
                now,
                "The device " + device + " has not called back for too long.");
    }

    @Test
    void a_device_is_found_and_opened_with_the_keyboard_alone(Browser browser) {
        // Given
        browser.as(People.VIEWER, People.VIEWER_PASSWORD).wide(Browser.WIDE).open("/devices");

        // When
        browser.see("#name").sendKeys("gate", Keys.ENTER);
        browser.see("caption", "1 devices");
        browser.see("a[href='/devices/gate']").sendKeys(Keys.ENTER);

        // Then
        browser.see("h1", "gate");
        assertThat(browser.see("#lost").getText()).contains("lost");
        assertThat(browser.all("svg.days rect.bad")).hasSizeBetween(3, 6);
    }

    @Test
    void a_device_leads_to_its_log(Browser browser) {
        // Given
        browser.as(People.OPERATOR, People.OPERATOR_PASSWORD).open("/devices/gate");

        // When
        browser.see("a[href='/load-log?device=gate']").click();

        // Then
        assertThat(browser.see("#device").getDomProperty("value")).isEqualTo("gate");
    }
}
