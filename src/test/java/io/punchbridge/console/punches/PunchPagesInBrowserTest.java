package io.punchbridge.console.punches;

import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.access.People;
import io.punchbridge.punch.Punch;
import io.punchbridge.punch.PunchState;
import io.punchbridge.sandbox.SimulatedFrappe;
import io.punchbridge.testing.browser.Browser;
import io.punchbridge.testing.browser.InBrowser;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.support.ui.ExpectedConditions;

/** Punches and held punches as a person uses them. */
@QuarkusTest
@TestProfile(People.Profile.class)
@InBrowser
class PunchPagesInBrowserTest {
    private static final int MOST_TABS = 80;

    @Inject
    PageWorld world;

    @Inject
    SimulatedFrappe frappe;

    private final String user = PageWorld.newId();

    private static WebElement active(Browser browser) {
        return browser.driver().switchTo().activeElement();
    }

    /** As a person without a mouse: on to the next thing that says so. */
    private static WebElement tabTo(Browser browser, String text) {
        for (int i = 0; i < MOST_TABS; i++) {
            active(browser).sendKeys(Keys.TAB);
            String said = active(browser).getText() + active(browser).getAttribute("id");
            if (said.contains(text)) {
                return active(browser);
            }
        }
        throw new AssertionError("the keyboard doesn't reach " + text);
    }

    private static void awaitFocus(Browser browser, String css) {
        browser.until(
                driver -> !driver.findElements(By.cssSelector(css + ":focus")).isEmpty());
    }

    @Test
    void without_the_pages_script_a_search_leaks_no_name_and_says_that_nothing_was_done(Browser browser) {
        // Given
        browser.as(People.VIEWER, People.VIEWER_PASSWORD).wide(Browser.WIDE);
        block(browser, "*/htmx*");
        try {
            browser.open("/punches");

            // When
            browser.see("#name").sendKeys("Wanjiru" + user, Keys.ENTER);

            // Then
            browser.see(".notice.bad", "Nothing was looked for and nothing was changed");
            assertThat(browser.driver().getCurrentUrl()).endsWith("/punches/search");
            assertThat(browser.violations()).isEmpty();
        } finally {
            block(browser);
        }
    }

    private static void block(Browser browser, String... addresses) {
        browser.driver().executeCdpCommand("Network.setBlockedURLs", Map.of("urls", List.of(addresses)));
    }

    private static void assertUsable(Browser browser, String picture) {
        assertThat(browser.violations()).isEmpty();
        assertThat(browser.scrollsSideways()).isFalse();
        assertThat(browser.complaints()).isEmpty();
        browser.keepPicture(picture);
    }

    @ParameterizedTest
    @CsvSource({"1280,light", "1280,dark", "360,light", "360,dark"})
    void everybody_can_use_the_pages(int width, String scheme, Browser browser) {
        // Given
        world.employee(PageWorld.newEmployee(), "Amina Otieno", "0" + user);
        world.onDevice(user, "Otieno Amina");
        Punch delivered = world.settled("7", PunchState.DELIVERED);
        Punch held = world.held(user, 2).get(0);
        browser.as(People.OPERATOR, People.OPERATOR_PASSWORD).in(scheme).wide(width);
        String kind = scheme + "-" + width;

        // When
        browser.open("/punches?state=held");

        // Then
        browser.see("#found table");
        assertUsable(browser, "punches-" + kind);
        browser.open("/punches?state=rejected&device=gate&day=2026-01-05");
        browser.see(".nothing");
        assertUsable(browser, "punches-nothing-" + kind);
        browser.wide(width).open("/punches/" + delivered.key());
        browser.see("ol.story");
        assertUsable(browser, "punch-delivered-" + kind);
        browser.wide(width).open("/punches/" + held.key());
        browser.see("#dismiss-one");
        assertUsable(browser, "punch-held-" + kind);
        browser.wide(width).open("/held");
        browser.see("article.held");
        assertUsable(browser, "held-" + kind);
    }

    @Test
    void by_the_keyboard_alone_one_finds_why_a_punch_is_not_in_erpnext(Browser browser) {
        // Given
        String employee = PageWorld.newEmployee();
        String name = "Wanjiru Kamau" + user;
        world.employee(employee, name, null);
        world.onDevice(user, "Kamau" + user + " Wanjiru");
        Punch punch = world.settled(user, PunchState.HELD);
        browser.as(People.VIEWER, People.VIEWER_PASSWORD)
                .in("light")
                .wide(Browser.WIDE)
                .open("/punches?day=" + PageWorld.day(punch));

        // When
        tabTo(browser, "name").sendKeys("wanjiru kamau" + user, Keys.ENTER);
        awaitFocus(browser, "#found-heading");
        tabTo(browser, "user " + user).sendKeys(Keys.ENTER);
        browser.see("#found-heading", "1 punch");
        awaitFocus(browser, "#found-heading");
        active(browser).sendKeys(Keys.TAB);
        active(browser).sendKeys(Keys.ENTER);
        browser.see("ol.story li.warn:last-child h3", "Held");
        tabTo(browser, "See who it could be").sendKeys(Keys.ENTER);
        browser.see("h1", "Held");

        // Then
        WebElement card =
                browser.driver().findElement(By.xpath("//article[.//h2[contains(., 'User id " + user + "')]]"));
        assertThat(card.getText())
                .contains("\"Kamau" + user + " Wanjiru\" on entrance")
                .contains(name + " (" + employee + ") in ERPNext")
                .contains("2 of the 2 words agree", "set Attendance Device ID to " + user);
        frappe.changeDeviceId(employee, user);
        world.awaitState(punch.key(), PunchState.DELIVERED);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void older_punches_are_appended_and_the_focus_goes_to_the_first_of_them(Browser browser) {
        // Given
        List<Punch> punches = world.held(user, 27);
        browser.as(People.VIEWER, People.VIEWER_PASSWORD).wide(Browser.WIDE).open("/punches?state=held");
        browser.see("#user").sendKeys(user, Keys.ENTER);
        browser.see("#found-heading", "The newest 25 punches · user " + user);
        awaitFocus(browser, "#found-heading");

        // When
        browser.see("#older").sendKeys(Keys.ENTER);

        // Then
        String firstOfThem = "a[href='/punches/" + punches.get(1).key() + "']";
        awaitFocus(browser, firstOfThem);
        assertThat(browser.all("#found tbody tr")).hasSize(27);
        assertThat(browser.violations()).isEmpty();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void the_day_before_is_shown_by_one_button_which_keeps_the_focus(Browser browser) {
        // Given
        Punch punch = world.held(user, 1).get(0);
        String dayAfter = PageWorld.day(punch).plusDays(1).toString();
        browser.as(People.VIEWER, People.VIEWER_PASSWORD).wide(Browser.WIDE).open("/punches?day=" + dayAfter);
        browser.see("#user").sendKeys(user);

        // When
        browser.see("#day-before").sendKeys(Keys.ENTER);

        // Then
        browser.see("#found-heading", "1 punch · user " + user);
        browser.until(ExpectedConditions.attributeToBe(
                By.id("day"), "value", PageWorld.day(punch).toString()));
        assertThat(active(browser).getAttribute("id")).isEqualTo("day-before");
        assertThat(browser.driver().getCurrentUrl()).doesNotContain(user);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void all_that_match_are_replayed_when_their_number_is_confirmed(Browser browser) {
        // Given
        Punch punch = world.held(user, 1).get(0);
        browser.as(People.OPERATOR, People.OPERATOR_PASSWORD).wide(Browser.WIDE).open("/punches?state=held");
        browser.see("#user").sendKeys(user, Keys.ENTER);
        browser.see("#found-heading", "1 punch · user " + user);
        awaitFocus(browser, "#found-heading");

        // When
        browser.see("#replay-matching").sendKeys(Keys.ENTER);
        awaitFocus(browser, "#replay-question");
        tabTo(browser, "why").sendKeys("ids were set");
        tabTo(browser, "replay-confirmed").sendKeys(Keys.ENTER);

        // Then
        browser.see("#replay .notice.ok", "1 punch is sent again.");
        world.awaitState(punch.key(), PunchState.HELD);
        browser.open("/punches/" + punch.key());
        assertThat(browser.see("ol.story").getText()).contains("Replayed by " + People.OPERATOR, "Why: ids were set");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void one_punch_is_replayed_and_the_page_says_what_follows(Browser browser) {
        // Given
        Punch punch = world.settled("8", PunchState.DELIVERED);
        browser.as(People.OPERATOR, People.OPERATOR_PASSWORD)
                .wide(Browser.NARROW)
                .open("/punches/" + punch.key());

        // When
        browser.see("#replay-one").sendKeys(Keys.ENTER);

        // Then
        browser.see("#said .notice.ok", "1 punch is sent again.");
        awaitFocus(browser, "#story-heading");
        assertThat(browser.see("ol.story").getText()).contains("Replayed by " + People.OPERATOR);
        world.awaitState(punch.key(), PunchState.DELIVERED);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void one_punch_is_dismissed_with_a_reason(Browser browser) {
        // Given
        Punch punch = world.held(user, 1).get(0);
        browser.as(People.OPERATOR, People.OPERATOR_PASSWORD).wide(Browser.WIDE).open("/punches/" + punch.key());

        // When
        browser.see("#dismiss-why").sendKeys("A visitor's card", Keys.ENTER);

        // Then
        browser.see("#said .notice.ok", "1 punch is dismissed.");
        assertThat(browser.see("#story-heading").getText()).contains("ignored");
        assertThat(world.state(punch.key())).isEqualTo(PunchState.IGNORED);
        assertThat(browser.violations()).isEmpty();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void a_strangers_punches_are_looked_at_and_dismissed(Browser browser) {
        // Given
        Punch punch = world.held(user, 3).get(0);
        browser.as(People.OPERATOR, People.OPERATOR_PASSWORD).wide(Browser.WIDE).open("/held");
        WebElement card =
                browser.driver().findElement(By.xpath("//article[.//h2[contains(., 'User id " + user + "')]]"));

        // When
        card.findElement(By.xpath(".//button[contains(., 'Show the punches')]")).sendKeys(Keys.ENTER);
        browser.see("a[href='/punches/" + punch.key() + "']");
        String shown = card.findElement(By.cssSelector("[id^='held-punches-']")).getAttribute("id");
        awaitFocus(browser, "#" + shown + " caption");
        card.findElement(By.tagName("summary")).sendKeys(Keys.ENTER);
        card.findElement(By.name("why")).sendKeys("A visitor", Keys.ENTER);

        // Then
        browser.see("article.held .notice.ok", "3 punches are dismissed.");
        awaitFocus(browser, "article.held h2");
        assertThat(active(browser).getText()).isEqualTo("User id " + user);
        assertThat(world.state(punch.key())).isEqualTo(PunchState.IGNORED);
        assertThat(browser.violations()).isEmpty();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void a_name_that_is_a_script_stays_a_name(Browser browser) {
        // Given
        String id = "<img src=x onerror=alert(1)>" + user;
        world.onDevice(id, "<img src=x onerror=alert(1)>");
        world.held(id, 1);
        browser.as(People.VIEWER, People.VIEWER_PASSWORD).wide(Browser.WIDE);

        // When
        browser.open("/held");

        // Then
        assertThat(browser.see("main").getText()).contains("User id " + id);
        assertThat(browser.all("main img")).isEmpty();
        assertThat(browser.complaints()).isEmpty();
    }
}
