package io.punchbridge.console.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.access.People;
import io.punchbridge.api.ScriptedChecks;
import io.punchbridge.api.SetUpChecks;
import io.punchbridge.testing.browser.Browser;
import io.punchbridge.testing.browser.InBrowser;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.support.ui.ExpectedConditions;

/** The set-up check as people use it. */
@QuarkusTest
@TestProfile(People.Profile.class)
@InBrowser
class SetUpCheckBrowserTest {
    private static final String PATH = "/set-up-check";

    @Inject
    SetUpChecks checks;

    @Inject
    Clock clock;

    @BeforeEach
    void script() {
        QuarkusMock.installMockForInstance(ScriptedChecks.of(ScriptedChecks::ofEachKind, clock), checks);
    }

    @ParameterizedTest
    @CsvSource({"1280,light", "1280,dark", "360,light", "360,dark"})
    void everybody_can_read_the_result(int width, String scheme, Browser browser) {
        // Given
        checks.run("omar");
        browser.as(People.OPERATOR, People.OPERATOR_PASSWORD).in(scheme).wide(width);

        // When
        browser.open(PATH);

        // Then
        assertThat(browser.see("#verdict").getText()).isEqualTo("Result");
        assertThat(browser.violations()).isEmpty();
        assertThat(browser.scrollsSideways()).isFalse();
        assertThat(browser.complaints()).isEmpty();
        browser.keepPicture("set-up-check-" + scheme + "-" + width);
    }

    @Test
    void a_check_is_made_by_the_keyboard_and_its_result_is_where_the_focus_goes(Browser browser) {
        // Given
        browser.as(People.OPERATOR, People.OPERATOR_PASSWORD)
                .in("light")
                .wide(Browser.WIDE)
                .open(PATH);
        assertThat(browser.see("#result").getText()).contains("No check was made");

        // When
        browser.see(".run button").sendKeys(Keys.ENTER);

        // Then
        assertThat(browser.see("#verdict + .notice").getText()).startsWith("1 check failed");
        browser.until(
                driver -> "verdict".equals(driver.switchTo().activeElement().getDomAttribute("id")));
        assertThat(browser.violations()).isEmpty();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void what_passed_is_unfolded_by_the_keyboard(Browser browser) {
        // Given
        checks.run("omar");
        browser.as(People.VIEWER, People.VIEWER_PASSWORD)
                .in("light")
                .wide(Browser.NARROW)
                .open(PATH);
        assertThat(browser.all("details:not([open])")).hasSize(1);

        // When
        browser.see("details:not([open]) > summary").sendKeys(Keys.ENTER);

        // Then
        browser.until(
                ExpectedConditions.numberOfElementsToBe(org.openqa.selenium.By.cssSelector("details:not([open])"), 0));
        assertThat(browser.see("details:last-of-type").getText()).contains("TLS", "71 more days");
    }
}
