package io.punchbridge.console.today;

import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.access.People;
import io.punchbridge.delivery.Delivery;
import io.punchbridge.inbox.Actions.Request;
import io.punchbridge.sandbox.SimulatedFrappe;
import io.punchbridge.testing.Callbacks;
import io.punchbridge.testing.SteppableClock;
import io.punchbridge.testing.TestSettings;
import io.punchbridge.testing.browser.Browser;
import io.punchbridge.testing.browser.InBrowser;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.ExpectedConditions;

/** How the page looks and lives in a browser. */
@QuarkusTest
@TestProfile(People.Profile.class)
@InBrowser
class TodayInBrowserTest {
    private static final String STRANGER = "970002";
    /** To one host, over HTTP/1.1. */
    private static final int CONNECTIONS_OF_A_BROWSER = 6;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** A table, or what stands there where no punch of the day has come: those of before midnight are yesterday's. */
    private static final String HOURS = "#hours > *";

    @Inject
    SteppableClock clock;

    @Inject
    SimulatedFrappe frappe;

    @Inject
    Delivery delivery;

    @BeforeEach
    void calm() {
        frappe.faults().clear();
    }

    private void punch(String user, String type, int secondsAgo) {
        Callbacks.post(Callbacks.punch(
                        TestSettings.SERIAL_NUMBER,
                        TestSettings.TOKEN,
                        user,
                        type,
                        clock.instant().minusSeconds(secondsAgo)))
                .then()
                .statusCode(200);
    }

    @ParameterizedTest
    @CsvSource({"1280,light", "1280,dark", "360,light", "360,dark"})
    void everybody_can_use_the_page(int width, String scheme, Browser browser) {
        // Given
        punch("1", "CheckIn", 8);
        punch("2", "CheckIn", 6);
        punch(STRANGER, "CheckIn", 4);
        browser.as(People.VIEWER, People.VIEWER_PASSWORD).in(scheme).wide(width).open("/");
        browser.see("#newest td");

        // When
        browser.see("summary").click();

        // Then
        browser.see(HOURS);
        assertThat(browser.violations()).isEmpty();
        assertThat(browser.scrollsSideways()).isFalse();
        assertThat(browser.complaints()).isEmpty();
        browser.keepPicture("today-" + scheme + "-" + width);
    }

    private static void awaitFocus(Browser browser, String css) {
        browser.until(
                driver -> !driver.findElements(By.cssSelector(css + ":focus")).isEmpty());
    }

    @Test
    void what_somebody_else_does_to_delivery_changes_what_is_offered(Browser browser) {
        // Given
        browser.as(People.OPERATOR, People.OPERATOR_PASSWORD).wide(Browser.WIDE).open("/");
        browser.see("section[aria-labelledby=frappe-title] summary").click();
        browser.see("#why").sendKeys("half a sen");

        // When
        Request request = new Request("name and password", "jane", "delivery", "An upgrade");
        delivery.pause(request);
        punch(STRANGER, "BreakIn", 50);

        // Then
        assertThat(browser.see("#resume").isDisplayed()).isTrue();
        delivery.resume(request);
        punch(STRANGER, "BreakOut", 40);
        assertThat(browser.see("#pause").isDisplayed()).isTrue();
        assertThat(browser.see("#why").getDomProperty("value")).isEqualTo("half a sen");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void an_operator_pauses_delivery_and_lets_it_go_on(Browser browser) {
        // Given
        browser.as(People.OPERATOR, People.OPERATOR_PASSWORD).wide(Browser.WIDE).open("/");
        browser.see("section[aria-labelledby=frappe-title] summary").click();
        browser.see("#why").sendKeys("ERPNext is being upgraded <b>");

        // When
        browser.see("#why").sendKeys(Keys.ENTER);

        // Then
        browser.see("#delivery-said", "Done. Delivery is paused.");
        awaitFocus(browser, "#delivery-said .notice");
        assertThat(browser.see("#resume").isDisplayed()).isTrue();
        assertThat(browser.driver().findElement(By.id("pause")).isDisplayed()).isFalse();
        browser.see("#frappe .notice", "by " + People.OPERATOR);
        browser.see("#frappe .notice", "ERPNext is being upgraded <b>");
        browser.see("#needs", "Delivery is paused");
        assertThat(browser.violations()).isEmpty();
        browser.driver().switchTo().activeElement().sendKeys(Keys.TAB, Keys.ENTER);
        browser.see("#delivery-said", "Delivery goes on at once.");
        awaitFocus(browser, "#delivery-said .notice");
        assertThat(browser.driver().findElement(By.id("resume")).isDisplayed()).isFalse();
        browser.until(ExpectedConditions.numberOfElementsToBe(By.cssSelector("#frappe .notice"), 0));
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void a_browser_with_many_open_pages_still_gets_another_one(Browser browser) {
        // Given
        ChromeDriver driver = browser.driver();
        String first = driver.getWindowHandle();
        for (int i = 0; i < CONNECTIONS_OF_A_BROWSER; i++) {
            inNewWindow(browser).open("/");
            browser.see("#newest-title");
        }
        Duration before = driver.manage().timeouts().getPageLoadTimeout();
        driver.manage().timeouts().pageLoadTimeout(PATIENCE);
        String title;
        try {

            // When
            title = inNewWindow(browser).open("/devices").see("h1").getText();
        } finally {
            driver.getWindowHandles().stream()
                    .filter(window -> !window.equals(first))
                    .forEach(window -> driver.switchTo().window(window).close());
            driver.switchTo().window(first);
            // Not before: to leave a page that never comes takes as long.
            driver.manage().timeouts().pageLoadTimeout(before);
        }

        // Then
        assertThat(title).isEqualTo("Devices");
    }

    private static Browser inNewWindow(Browser browser) {
        browser.driver().switchTo().newWindow(WindowType.TAB);
        browser.driver().executeCdpCommand("Network.enable", Map.of());
        return browser.as(People.VIEWER, People.VIEWER_PASSWORD);
    }

    @Test
    void a_punch_appears_while_the_page_is_open_and_takes_nothing_from_the_keyboard(Browser browser) {
        // Given
        punch(STRANGER, "CheckOut", 30);
        browser.as(People.VIEWER, People.VIEWER_PASSWORD).wide(Browser.WIDE).open("/");
        browser.see("#need-held");
        browser.see("summary").sendKeys(Keys.ENTER);
        browser.driver().executeScript("document.getElementById('need-held').focus(); window.stays = 'the same page';");

        // When
        punch("970003", "CheckIn", 0);

        // Then
        browser.until(ExpectedConditions.visibilityOfElementLocated(By.linkText("user 970003")));
        assertThat(browser.driver().switchTo().activeElement().getAttribute("id"))
                .isEqualTo("need-held");
        assertThat(browser.see(HOURS).isDisplayed()).isTrue();
        assertThat(browser.driver().executeScript("return window.stays")).isEqualTo("the same page");
        assertThat(browser.driver().getTitle()).isEqualTo("Today · Punchbridge");
        assertThat(browser.complaints()).isEmpty();
    }
}
