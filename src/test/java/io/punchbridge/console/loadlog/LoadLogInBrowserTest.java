package io.punchbridge.console.loadlog;

import static io.punchbridge.testing.FakeReconciliation.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.access.People;
import io.punchbridge.console.devices.ManyDevices;
import io.punchbridge.inbox.Run;
import io.punchbridge.reconciliation.Reconciliation.Started.Accepted;
import io.punchbridge.testing.FakeReconciliation;
import io.punchbridge.testing.browser.Browser;
import io.punchbridge.testing.browser.InBrowser;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.support.ui.ExpectedConditions;

/** The page for loading logs, as people use it. */
@QuarkusTest
@TestProfile(ManyDevices.class)
@InBrowser
class LoadLogInBrowserTest {
    @Inject
    @SuppressWarnings("NullAway.Init")
    FakeReconciliation reconciliation;

    @BeforeEach
    void reset() {
        reconciliation.reset();
    }

    private static void awaitFocus(Browser browser, String css) {
        browser.until(
                driver -> !driver.findElements(By.cssSelector(css + ":focus")).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"1280,light", "1280,dark", "360,light", "360,dark"})
    void everybody_can_use_it(int width, String scheme, Browser browser) {
        // Given
        reconciliation
                .shows(run("moves", Run.State.RUNNING, 2, null))
                .shows(run("through", Run.State.DONE, 6, null))
                .shows(run("stuck", Run.State.FAILED, 3, "The device is offline."))
                .answers(new Accepted("moves"));
        browser.as(People.OPERATOR, People.OPERATOR_PASSWORD).in(scheme).wide(width);
        browser.open("/load-log?device=gate");

        // When
        browser.see("#start").click();

        // Then
        browser.see("#run-moves progress");
        assertThat(browser.violations()).isEmpty();
        assertThat(browser.scrollsSideways()).isFalse();
        assertThat(browser.complaints()).isEmpty();
        browser.keepPicture("load-log-" + scheme + "-" + width);
    }

    @Test
    void a_run_is_started_with_the_keyboard_and_watched_to_its_end(Browser browser) {
        // Given
        reconciliation
                .shows(
                        run("r1", Run.State.RUNNING, 0, null),
                        run("r1", Run.State.RUNNING, 3, "The device did not answer; asking again."),
                        run("r1", Run.State.DONE, 6, null))
                .answers(new Accepted("r1"));
        browser.as(People.OPERATOR, People.OPERATOR_PASSWORD).wide(Browser.WIDE).open("/load-log?device=gate");

        // When
        browser.see("#start").sendKeys(Keys.ENTER);

        // Then
        browser.until(ExpectedConditions.textToBe(By.cssSelector("#what-came"), "Started"));
        awaitFocus(browser, "#what-came");
        browser.see("#said", "Callbacks had lost 6 of them.");
        assertThat(browser.see("#run-r1 .notice.ok").getText()).contains("12 punches were missing here");
        assertThat(browser.see("#run-r1 progress").getDomProperty("value")).isEqualTo("100");
        assertThat(reconciliation.asked())
                .hasSize(1)
                .allMatch(asked -> asked.device().equals("gate"));
    }

    @Test
    void a_run_is_cancelled(Browser browser) {
        // Given
        reconciliation.shows(run("long", Run.State.RUNNING, 1, null));
        browser.as(People.OPERATOR, People.OPERATOR_PASSWORD).open("/load-log/runs/long");

        // When
        browser.see("#cancel-long").sendKeys(Keys.ENTER);

        // Then
        browser.see("#said", "Done. The run ends after the page that is under way");
        awaitFocus(browser, "#watch-long");
        assertThat(reconciliation.cancelled()).containsExactly("long");
    }

    @Test
    void what_cannot_be_started_is_told_where_people_look(Browser browser) {
        // Given
        browser.as(People.OPERATOR, People.OPERATOR_PASSWORD).open("/load-log?device=gate");
        browser.driver()
                .executeScript("document.querySelector('#from').removeAttribute('max');"
                        + "document.querySelector('#from').value = '2098-01-01'");

        // When
        browser.see("#start").click();

        // Then
        browser.see("#said", "the first day is after the last one");
    }

    @Test
    void all_devices_are_asked_once_their_number_is_confirmed(Browser browser) {
        // Given
        reconciliation.answers(new Accepted("of-many"));
        browser.as(People.OPERATOR, People.OPERATOR_PASSWORD).open("/load-log");
        browser.see("#start").click();
        awaitFocus(browser, "#sure");

        // When
        browser.see("#start-all").click();

        // Then
        int askable = ManyDevices.ALL - 1;
        browser.see("#started .notice.ok", askable + " of " + askable + " devices are being loaded");
        assertThat(reconciliation.asked())
                .hasSize(askable)
                .noneMatch(asked -> asked.device().equals("depot"));
    }
}
