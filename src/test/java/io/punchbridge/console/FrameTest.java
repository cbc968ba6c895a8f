package io.punchbridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.access.People;
import io.punchbridge.testing.browser.Browser;
import io.punchbridge.testing.browser.InBrowser;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.openqa.selenium.Keys;

/** What all pages have in common: frame, style, and how they tell a failure. */
@QuarkusTest
@TestProfile(FrameTest.Profile.class)
@InBrowser
class FrameTest {
    /** More than any page has, so that the keyboard comes around. */
    private static final int MOST_STOPS = 70;

    /**
     * Names what has the focus, and says whether a person sees that, once it has been drawn so; null where nothing of the page
     * has it, or what had it before: parts of a day's field are stops of their own, drawn by the browser.
     */
    private static final String FOCUSED = """
            const done = arguments[0];
            const tell = () => {
                const it = document.activeElement;
                if (it === document.body || it === window.stoppedAt) {
                    return done(null);
                }
                window.stoppedAt = it;
                const style = getComputedStyle(it);
                const box = it.getBoundingClientRect();
                const seen = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
                    && box.width > 1 && box.height > 1 && box.left >= 0 && box.right <= innerWidth;
                done([it.tagName, it.className, it.id, it.getAttribute('href'), it.textContent.trim(),
                    seen ? '' : 'unseen'].join(' '));
            };
            requestAnimationFrame(() => requestAnimationFrame(tell));""";

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
        assertThat(browser.see("#said .notice.bad").getText())
                .contains("Not at the moment.", "The storage can't be read", "log");
        assertThat(browser.see("h1").getText()).isEqualTo("Punches");
    }

    @Test
    void a_page_that_fails_is_a_page_all_the_same() {
        // When
        Response answer = People.viewer().get(PageOfATest.BROKEN);

        // Then
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.contentType()).startsWith("text/html");
        assertThat(answer.asString())
                .startsWith("<!DOCTYPE html>")
                .contains("<title>Not at the moment · Punchbridge</title>", "<nav aria-label=\"Pages\">", People.VIEWER)
                .contains("The storage can&#39;t be read", "What to do", "HTTP status 503");
    }

    @Test
    void a_part_that_fails_is_a_part_all_the_same() {
        // When
        Response answer = People.viewer().header("HX-Request", "true").get(PageOfATest.BROKEN);

        // Then
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.asString())
                .startsWith("<p class=\"notice bad told\"><strong>Not at the moment.</strong> The storage")
                .doesNotContain("<html");
    }

    @Test
    void what_a_viewer_may_not_do_is_told_on_a_page_to_who_has_left_it() {
        // When
        Response answer = People.viewer().header("X-Punchbridge-Request", "1").post("/set-up-check");

        // Then
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.asString())
                .startsWith("<!DOCTYPE html>")
                .contains("<h1>Not allowed</h1>", "takes the role operator", "HTTP status 403");
    }

    @Test
    void what_a_page_does_not_take_is_told_on_a_page() {
        // When
        Response answer = People.operator().header("X-Punchbridge-Request", "1").delete("/punches");

        // Then
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.asString()).startsWith("<!DOCTYPE html>").contains("<h1>Not done</h1>", "HTTP status 405");
    }

    @Test
    void a_stranger_is_shown_no_way_on() {
        // When
        Response answer = RestAssured.get(PageOfATest.PATH);

        // Then
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.asString())
                .startsWith("<!DOCTYPE html>")
                .contains("<h1>Not logged in</h1>")
                .doesNotContain("<nav", "class=\"who\"");
    }

    @Test
    void a_page_that_is_none_leads_on(Browser browser) {
        // When
        browser.as(People.VIEWER, People.VIEWER_PASSWORD).wide(Browser.NARROW).open("/nowhere/at/all");

        // Then
        assertThat(browser.see("h1").getText()).isEqualTo("Nothing is here");
        assertThat(browser.see("main").getText()).contains("HTTP status 404");
        assertThat(browser.all("nav a")).hasSize(Place.values().length);
        assertThat(browser.violations()).isEmpty();
        assertThat(browser.scrollsSideways()).isFalse();
    }

    @Test
    void a_program_that_goes_nowhere_is_told_so_without_a_page() {
        // When
        Response answer = People.viewer().accept("application/json").get("/nowhere/at/all");

        // Then
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.asString()).doesNotContain("<nav");
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    void the_keyboard_goes_once_around_each_page_and_is_seen(Place place, Browser browser) {
        // Given
        browser.as(People.OPERATOR, People.OPERATOR_PASSWORD)
                .wide(Browser.NARROW)
                .open(place.path());
        browser.see("h1");

        // When
        List<String> round = onceAround(browser);

        // Then
        assertThat(round).first().asString().contains("skip");
        assertThat(round).noneMatch(stop -> stop.contains("unseen"));
        assertThat(round)
                .hasSizeGreaterThan(Place.values().length)
                .hasSizeLessThan(MOST_STOPS)
                .doesNotHaveDuplicates();
    }

    /** Where the tabulator leads, until it comes to the first stop again. */
    private static List<String> onceAround(Browser browser) {
        List<String> round = new ArrayList<>();
        for (int pressed = 0; pressed < MOST_STOPS; pressed++) {
            browser.driver().switchTo().activeElement().sendKeys(Keys.TAB);
            Object stop = browser.driver().executeAsyncScript(FOCUSED);
            if (stop == null) {
                continue;
            }
            if (!round.isEmpty() && round.get(0).equals(stop)) {
                return round;
            }
            round.add(stop.toString());
        }
        return round;
    }

    @Test
    void the_keyboard_goes_past_the_navigation_at_once(Browser browser) {
        // Given
        browser.as(People.VIEWER, People.VIEWER_PASSWORD).open(PageOfATest.PATH);

        // When
        browser.driver().switchTo().activeElement().sendKeys(Keys.TAB);
        browser.driver().switchTo().activeElement().sendKeys(Keys.ENTER);

        // Then
        browser.until(driver -> driver.switchTo().activeElement().getTagName().equals("main"));
        assertThat(browser.see("[aria-current=page]").getText()).isEqualTo("Punches");
    }
}
