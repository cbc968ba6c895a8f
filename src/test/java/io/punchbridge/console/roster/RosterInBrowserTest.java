package io.punchbridge.console.roster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import io.punchbridge.access.People;
import io.punchbridge.console.devices.ManyDevices;
import io.punchbridge.inbox.KnownUsers;
import io.punchbridge.inbox.UserCommand.Order;
import io.punchbridge.inbox.UserCommands;
import io.punchbridge.inbox.UserCommands.Wish;
import io.punchbridge.inbox.UserNews;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.UserId;
import io.punchbridge.roster.Roster;
import io.punchbridge.testing.browser.Browser;
import io.punchbridge.testing.browser.InBrowser;
import io.punchbridge.watch.DeviceScenes;
import io.quarkus.arc.ClientProxy;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page of the roster; in tests the roster is off, and a person has it compared. */
@QuarkusTest
@TestProfile(ManyDevices.class)
@InBrowser
class RosterInBrowserTest {
    private static final SerialNumber GATE = new SerialNumber("SN-GATE");

    @Inject
    @SuppressWarnings("NullAway.Init")
    KnownUsers users;

    @Inject
    @SuppressWarnings("NullAway.Init")
    UserCommands commands;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Clock clock;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Roster roster;

    @Inject
    @SuppressWarnings("NullAway.Init")
    RosterDesk desk;

    @BeforeEach
    void strangersOnTheGate() {
        Instant now = clock.instant();
        users.replace(
                GATE,
                List.of(
                        new UserNews(GATE, new UserId("9001"), false, DeviceScenes.HOSTILE, false),
                        new UserNews(GATE, new UserId("9002"), false, "Visitor", false)),
                now);
        commands.plan(GATE, List.of(new Wish(Order.put(GATE, new UserId("4711"), "Amina", "Otieno", false), now)), now);
    }

    private static Browser compared(Browser browser) {
        browser.as(People.OPERATOR, People.OPERATOR_PASSWORD).open("/roster");
        browser.see("#compare").click();
        browser.see("#said", "Nothing was changed on any device");
        return browser;
    }

    @ParameterizedTest
    @CsvSource({
        "/roster,roster,1280,light",
        "/roster,roster,1280,dark",
        "/roster,roster,360,light",
        "/roster,roster,360,dark",
        "/roster/gate,roster-device,1280,light",
        "/roster/gate,roster-device,1280,dark",
        "/roster/gate,roster-device,360,light",
        "/roster/gate,roster-device,360,dark"
    })
    void everybody_can_use_it(String path, String name, int width, String scheme, Browser browser) {
        // Given
        compared(browser.in(scheme).wide(width));

        // When
        browser.open(path);

        // Then
        assertThat(browser.violations()).isEmpty();
        assertThat(browser.scrollsSideways()).isFalse();
        assertThat(browser.complaints()).isEmpty();
        browser.keepPicture(name + "-" + scheme + "-" + width);
    }

    @Test
    void it_says_that_it_is_off_and_how_it_is_turned_on(Browser browser) {
        // When
        browser.as(People.VIEWER, People.VIEWER_PASSWORD).open("/roster");

        // Then
        assertThat(browser.see("main").getText()).contains("The roster is off", "punchbridge.roster.mode");
        assertThat(browser.all("#compare")).isEmpty();
    }

    @Test
    void users_whom_nobody_knows_are_named_as_text(Browser browser) {
        // Given
        compared(browser);

        // When
        browser.see("#report a[href='/roster/gate']").click();

        // Then
        browser.see("h1", "Users of gate");
        assertThat(browser.see("main").getText())
                .contains(
                        "On the device, but unknown: 2", DeviceScenes.HOSTILE, "Missing on the device", "Amina Otieno");
        assertThat(browser.all("main img")).isEmpty();
    }

    @Test
    void of_two_who_compare_at_once_the_second_is_told() throws Exception {
        // Given
        CompletableFuture<Response> first;
        Response second;
        String page;
        // Whoever holds it keeps a comparison from its end.
        synchronized (ClientProxy.unwrap(roster)) {
            first = comparing();
            await().atMost(Duration.ofSeconds(30)).until(desk::isComparing);

            // When
            second = comparing().get(30, TimeUnit.SECONDS);
            page = People.viewer().get("/roster").asString();
        }

        // Then
        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(second.asString()).contains("Somebody else is comparing right now");
        assertThat(page).contains("A comparison is under way");
        assertThat(first.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        assertThat(compare().statusCode()).isEqualTo(200);
    }

    /** On a thread of its own: the common ones may be too few for two that wait. */
    private static CompletableFuture<Response> comparing() {
        CompletableFuture<Response> answer = new CompletableFuture<>();
        new Thread(() -> answer.completeAsync(RosterInBrowserTest::compare, Runnable::run), "comparing").start();
        return answer;
    }

    private static Response compare() {
        return People.operator().header("X-Punchbridge-Request", "1").post("/roster/compare");
    }

    @Test
    void a_viewer_compares_nothing() {
        // When
        var answer = People.viewer().header("X-Punchbridge-Request", "1").post("/roster/compare");

        // Then
        answer.then().statusCode(403).body(containsString("operator"));
    }
}
