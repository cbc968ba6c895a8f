package io.punchbridge.console.attendance;

import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.access.People;
import io.punchbridge.inbox.Watermarks.MoveState;
import io.punchbridge.testing.browser.Browser;
import io.punchbridge.testing.browser.InBrowser;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.support.ui.Select;

/** The page of attendance as people use it. */
@QuarkusTest
@TestProfile(People.Profile.class)
@InBrowser
class AttendanceBrowserTest {
    private static final String PATH = "/attendance";

    @Inject
    AttendanceSample sample;

    @BeforeEach
    void clear() {
        sample.clear();
    }

    @ParameterizedTest
    @CsvSource({"1280,light", "1280,dark", "360,light", "360,dark"})
    void everybody_can_read_it(int width, String scheme, Browser browser) {
        // Given
        sample.shiftTypes();
        sample.move("seen-1-" + scheme + width, "Night Shift", Duration.ofHours(3), MoveState.WRITTEN);
        sample.move("seen-2-" + scheme + width, "Day Shift", Duration.ofHours(30), MoveState.NOT_WRITTEN);
        sample.lateDays();
        browser.as(People.VIEWER, People.VIEWER_PASSWORD).in(scheme).wide(width).open(PATH);

        // When
        browser.driver().executeScript("document.querySelectorAll('details').forEach(one => one.open = true)");

        // Then
        assertThat(browser.see("h1").getText()).isEqualTo("Attendance");
        assertThat(browser.violations()).isEmpty();
        assertThat(browser.scrollsSideways()).isFalse();
        assertThat(browser.complaints()).isEmpty();
        browser.keepPicture("attendance-" + scheme + "-" + width);
    }

    @Test
    void nothing_to_show_is_a_page_that_everybody_can_read(Browser browser) {
        // Given
        browser.as(People.VIEWER, People.VIEWER_PASSWORD).in("light").wide(Browser.NARROW);

        // When
        browser.open(PATH);

        // Then
        assertThat(browser.see(".empty").getText()).contains("report");
        assertThat(browser.violations()).isEmpty();
        assertThat(browser.scrollsSideways()).isFalse();
        browser.keepPicture("attendance-empty-360");
    }

    @Test
    void late_days_are_picked_by_the_keyboard_and_the_list_is_where_the_focus_goes(Browser browser) {
        // Given
        sample.lateDays();
        browser.as(People.VIEWER, People.VIEWER_PASSWORD)
                .in("light")
                .wide(Browser.WIDE)
                .open(PATH);
        new Select(browser.see("#late-state")).selectByValue("repaired");

        // When
        browser.see("#late form button").sendKeys(Keys.ENTER);

        // Then
        browser.see("#late-heading", "Days: repaired");
        awaitFocusOnHeading(browser);
        assertThat(browser.all("article.late")).hasSize(1);
        assertThat(browser.driver().getCurrentUrl()).endsWith(PATH);
        assertThat(browser.violations()).isEmpty();
        assertThat(browser.complaints()).isEmpty();
    }

    private static void awaitFocusOnHeading(Browser browser) {
        browser.until(driver ->
                "late-heading".equals(driver.switchTo().activeElement().getDomAttribute("id")));
    }

    @Test
    void older_days_and_the_newest_again(Browser browser) {
        // Given
        sample.days(21);
        browser.as(People.VIEWER, People.VIEWER_PASSWORD)
                .in("light")
                .wide(Browser.NARROW)
                .open(PATH);
        browser.see("#late input[name=after] + button").click();
        browser.see("#late-heading", "older ones");
        awaitFocusOnHeading(browser);

        // When
        browser.see("#late .actions form button").click();

        // Then
        browser.see("#late-heading", "newest first");
        assertThat(browser.all("article.late")).hasSize(20);
    }

    @Test
    void the_proof_of_a_move_can_be_read_at_every_width(Browser browser) {
        // Given
        sample.move("proof", "Night Shift", Duration.ofHours(3), MoveState.WRITTEN);
        browser.as(People.VIEWER, People.VIEWER_PASSWORD).in("light").wide(Browser.NARROW);

        // When
        browser.open(PATH + "/moves?shift-type=Night%20Shift");
        browser.see("summary").sendKeys(Keys.ENTER);

        // Then
        assertThat(browser.see("table.proof").getText()).contains("head-office", "run-7");
        assertThat(browser.violations()).isEmpty();
        assertThat(browser.scrollsSideways()).isFalse();
        assertThat(browser.complaints()).isEmpty();
    }
}
