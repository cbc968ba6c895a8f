package io.punchbridge.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.access.People;
import io.punchbridge.console.punches.PageWorld;
import io.punchbridge.punch.Punch;
import io.punchbridge.punch.PunchState;
import io.punchbridge.testing.browser.Browser;
import io.punchbridge.testing.browser.InBrowser;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** Whether what is said of an action is seen by who acts. */
@QuarkusTest
@TestProfile(People.Profile.class)
@InBrowser
class SaidInBrowserTest {
    private static final int CARDS = 12;
    private static final String IS_SEEN = """
            const said = document.querySelector('#said .notice').getBoundingClientRect();
            const there = document.elementFromPoint(said.left + said.width / 2, said.top + said.height / 2);
            return said.top >= 0 && said.bottom <= innerHeight && there.closest('#said') !== null;""";

    private static final String FOCUS_IS_UNCOVERED = """
            const said = document.getElementById('said').getBoundingClientRect();
            return document.activeElement.getBoundingClientRect().top >= said.bottom - 1;""";

    @Inject
    PageWorld world;

    @ParameterizedTest
    @CsvSource({"1280,light", "360,dark"})
    void a_refusal_far_down_a_page_is_seen_and_covers_nothing_that_has_the_focus(
            int width, String scheme, Browser browser) {
        // Given
        List<Punch> punches = Stream.generate(() -> world.punch(PageWorld.newId()))
                .limit(CARDS)
                .toList();
        world.stored(punches.toArray(Punch[]::new));
        punches.forEach(punch -> world.awaitState(punch.key(), PunchState.HELD));
        browser.as(People.OPERATOR, People.OPERATOR_PASSWORD)
                .in(scheme)
                .wide(width)
                .open("/held");
        List<WebElement> cards = browser.all("article.held");
        WebElement last = cards.get(cards.size() - 1);
        last.findElement(By.tagName("summary")).sendKeys(Keys.ENTER);
        // As if more punches had come since the page was made.
        browser.driver().executeScript("arguments[0].querySelector('details [name=confirm]').value = '99999'", last);

        // When
        last.findElement(By.name("why")).sendKeys("A visitor", Keys.ENTER);

        // Then
        browser.see("#said .notice.bad");
        assertThat(browser.driver().executeScript("return scrollY > innerHeight"))
                .isEqualTo(true);
        assertThat(browser.driver().executeScript(IS_SEEN)).isEqualTo(true);
        assertThat(browser.violations()).isEmpty();
        for (int i = 0; i < 20; i++) {
            browser.driver().switchTo().activeElement().sendKeys(Keys.chord(Keys.SHIFT, Keys.TAB));
            assertThat(browser.driver().executeScript(FOCUS_IS_UNCOVERED)).isEqualTo(true);
        }
    }
}
