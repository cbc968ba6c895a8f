package io.punchbridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.access.People;
import io.punchbridge.testing.browser.Browser;
import io.punchbridge.testing.browser.InBrowser;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/** What all pages have in common: frame, style, and how they tell a failure. */
@QuarkusTest
@TestProfile(FrameTest.Profile.class)
@InBrowser
class FrameTest {

    public static final class Profile implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> values = new HashMap<>(new People.Profile().getConfigOverrides());
            values.put("punchbridge.devices.far.serial-number", "SN-FAR");
            values.put("punchbridge.devices.far.auth-token", "far-token");
            values.put("punchbridge.devices.far.time-zone", "America/St_Johns");
            values.put("punchbridge.frappe.time-zone", "Asia/Kathmandu");
            return values;
        }
    }

    @ParameterizedTest
    @CsvSource({"1280,light", "1280,dark", "360,light", "360,dark"})
    void everybody_can_use_what_pages_are_made_of(int width, String scheme, Browser browser) {
        // Given
        browser.as(People.VIEWER, People.VIEWER_PASSWORD).in(scheme).wide(width);

        // When
        browser.open(PageOfATest.PATH);

        // Then
        assertThat(browser.violations()).isEmpty();
        assertThat(browser.scrollsSideways()).isFalse();
        assertThat(browser.complaints()).isEmpty();
        browser.keepPicture("frame-" + scheme + "-" + width);
    }

    @Test
    void a_time_is_the_sites_with_the_devices_own_beside_it(Browser browser) {
        // Given
        browser.as(People.VIEWER, People.VIEWER_PASSWORD).wide(Browser.WIDE);

        // When
        browser.open(PageOfATest.PATH);

        // Then
        assertThat(browser.see(".moment").getText())
                .isEqualTo("2026-02-02 10:45:07 device: 2026-02-02 01:30:07 -03:30");
        assertThat(browser.see("footer").getText()).isEqualTo("Times: Asia/Kathmandu.");
    }

    @Test
    void a_failure_is_told_where_a_person_looks(Browser browser) {
        // Given
        browser.as(People.OPERATOR, People.OPERATOR_PASSWORD).open(PageOfATest.PATH);

        // When
        browser.see("#fail").click();

        // Then
        assertThat(browser.see("#said .notice.bad").getText()).contains("The storage can't be read", "log");
        assertThat(browser.see("h1").getText()).isEqualTo("Punches");
    }

    @Test
    void the_keyboard_goes_past_the_navigation_at_once(Browser browser) {
        // Given
        browser.as(People.VIEWER, People.VIEWER_PASSWORD).open(PageOfATest.PATH);

        // When
        browser.driver().switchTo().activeElement().sendKeys(Keys.TAB);
        browser.driver().switchTo().activeElement().sendKeys(Keys.ENTER);

        // Then
        assertThat(browser.driver().switchTo().activeElement().getTagName()).isEqualTo("main");
        assertThat(browser.see("[aria-current=page]").getText()).isEqualTo("Punches");
    }
}
