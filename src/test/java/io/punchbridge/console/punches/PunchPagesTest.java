package io.punchbridge.console.punches;

import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.access.People;
import io.punchbridge.frappe.FrappeSettings;
import io.punchbridge.inbox.Actions;
import io.punchbridge.inbox.History;
import io.punchbridge.inbox.Inbox;
import io.punchbridge.punch.Arrival;
import io.punchbridge.punch.Punch;
import io.punchbridge.punch.PunchDetails;
import io.punchbridge.punch.PunchState;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.Source;
import io.punchbridge.punch.UnreadablePunch;
import io.punchbridge.punch.UserId;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the pages of punches and of those who are held say, and whom they obey. */
@QuarkusTest
@TestProfile(People.Profile.class)
class PunchPagesTest {
    private static final String HOSTILE = "<img src=x onerror=alert(1)>";

    @Inject
    PageWorld world;

    @Inject
    Inbox inbox;

    @Inject
    Actions actions;

    @Inject
    History history;

    @Inject
    FrappeSettings frappe;

    @Inject
    Clock clock;

    private final String user = PageWorld.newId();

    private static RequestSpecification form(RequestSpecification as) {
        return as.header("HX-Request", "true").contentType("application/x-www-form-urlencoded; charset=UTF-8");
    }

    private static String search(String... namesAndValues) {
        RequestSpecification form = form(People.viewer());
        for (int i = 0; i < namesAndValues.length; i += 2) {
            form.formParam(namesAndValues[i], namesAndValues[i + 1]);
        }
        Response answer = form.post("/punches/search");
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        return answer.asString();
    }

    private static String get(String path) {
        Response answer = People.viewer().get(path);
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        return answer.asString();
    }

    @Test
    void today_is_what_is_shown_first() {
        // When
        String page = get("/punches");

        // Then
        assertThat(page)
                .contains("<label for=\"day\">Day</label>")
                .containsPattern("type=\"date\" value=\"\\d{4}-\\d\\d-\\d\\d\"");
    }

    @Test
    void a_name_leads_to_the_punches_of_the_one_who_bears_it() {
        // Given
        world.employee(PageWorld.newEmployee(), "Zuleika Solitaire" + user, user);
        Punch punch = world.settled(user, PunchState.DELIVERED);

        // When
        String found = search(
                "name", "solitaire" + user + " zul", "day", PageWorld.day(punch).toString());

        // Then
        assertThat(found)
                .contains("1 punch · Zuleika Solitaire" + user + " (user " + user + ")")
                .contains("/punches/" + punch.key())
                .contains("<span class=\"badge delivered\">delivered</span>");
    }

    @Test
    void several_who_bear_a_name_are_offered_with_what_is_known_of_each() {
        // Given
        String other = PageWorld.newId();
        String employee = PageWorld.newEmployee();
        world.employee(PageWorld.newEmployee(), "Twin" + user + " Ochieng", user);
        world.employee(employee, "Twin" + user + " Njoroge", null);
        world.onDevice(other, "Twin" + user + " N.");

        // When
        String found = search("name", "twin" + user);

        // Then
        assertThat(found)
                .contains("Who is meant?", "name=\"chosen\" value=\"" + user + "\"")
                .contains("name=\"chosen-employee\" value=\"" + employee + "\"", "no Attendance Device ID in ERPNext")
                .contains("name=\"chosen\" value=\"" + other + "\"", "so called on entrance; no employee has this id");
    }

    @Test
    void whoever_is_chosen_takes_the_place_of_the_name() {
        // Given
        Punch punch = world.held(user, 1).get(0);

        // When
        String found = search("name", "somebody", "chosen", user, "day", "");

        // Then
        assertThat(found)
                .contains("/punches/" + punch.key())
                .containsPattern("id=\"user\"[^>]*value=\"" + user + "\" hx-swap-oob=\"true\"")
                .containsPattern("id=\"name\"[^>]*value=\"\" hx-swap-oob=\"true\"");
    }

    @Test
    void a_name_typed_beside_an_id_of_somebody_else_is_asked_about() {
        // Given
        String other = PageWorld.newId();
        world.employee(PageWorld.newEmployee(), "Chosen" + user + " Achieng", user);
        world.employee(PageWorld.newEmployee(), "Typed" + user + " Barasa", other);

        // When
        String both = search("name", "typed" + user, "user", user, "day", "");
        String same = search("name", "chosen" + user, "user", user, "day", "");
        String nobody = search("name", "nobody" + user, "user", user, "day", "");

        // Then
        assertThat(both)
                .contains("The name and the user id aren&#39;t one person&#39;s: who is meant?")
                .contains("name=\"chosen\" value=\"" + user + "\"", "name=\"chosen\" value=\"" + other + "\"");
        assertThat(same).contains("No punch found · Chosen" + user + " Achieng");
        assertThat(nobody)
                .contains("Nobody is called so; is the user id meant?")
                .contains("name=\"chosen\" value=\"" + user + "\"");
    }

    @Test
    void an_employee_without_a_device_id_is_told_what_to_do() {
        // Given
        String employee = PageWorld.newEmployee();
        world.employee(employee, "Idless" + user + " Mwangi", null);

        // When
        String found = search("name", "idless" + user);

        // Then
        assertThat(found)
                .contains("has no Attendance Device ID in ERPNext", "href=\"/held\"")
                .contains("href=\"" + frappe.url() + "/app/employee/" + employee + "\"");
    }

    @Test
    void the_days_beside_are_one_step_away() {
        // Given
        Punch punch = world.held(user, 1).get(0);
        String dayAfter = PageWorld.day(punch).plusDays(1).toString();

        // When
        String found = search("user", user, "day", dayAfter, "move", "-1");

        // Then
        assertThat(found)
                .contains("/punches/" + punch.key())
                .containsPattern("id=\"day\"[^>]*value=\"" + PageWorld.day(punch) + "\"[^>]*hx-swap-oob=\"true\"");
    }

    @Test
    void where_nothing_is_found_it_says_how_far_that_is_known_and_where_to_look() {
        // Given
        SerialNumber gate = new SerialNumber("SN-GATE");
        history.assume(gate, clock.instant().minusSeconds(60));

        // When
        String found = search("user", user, "device", "gate", "day", "2026-01-05");
        String anyDay = search("user", user, "day", "");

        // Then
        assertThat(found)
                .contains("No punch found", "No employee has the device id " + user, "See the held punches")
                .contains("Its own log of this day was not read yet")
                .contains("/load-log?device=gate&amp;from=2026-01-05&amp;to=2026-01-05")
                .contains("/punches?state=quarantined");
        assertThat(anyDay).contains("By configuration it is assumed complete", "Its own log was never compared");
    }

    @Test
    void nobody_of_that_name_is_told_with_another_way() {
        // When
        String found = search("name", "Nobody" + user);

        // Then
        assertThat(found).contains("Nobody is called so", "user id on the device", "href=\"/held\"");
    }

    @Test
    void names_and_ids_are_shown_as_text_whatever_they_hold() {
        // Given
        String id = HOSTILE + user;
        world.onDevice(id, HOSTILE);
        Punch punch = world.held(id, 1).get(0);
        world.employee(PageWorld.newEmployee(), HOSTILE + " " + user, user);

        // When
        List<String> pages = List.of(
                search("user", id, "day", ""),
                search("name", "img", "day", ""),
                get("/punches/" + punch.key()),
                get("/held"));

        // Then
        assertThat(pages)
                .allSatisfy(page -> assertThat(page).contains("&lt;img").doesNotContain("<img src=x"));
    }

    @Test
    void older_punches_follow_by_their_cursor() {
        // Given
        List<Punch> punches = world.held(user, 27);
        String first = search("user", user, "day", "");
        String cursor = first.replaceAll("(?s).*name=\"cursor\" value=\"([^\"]*)\".*", "$1");

        // When
        Response older = form(People.viewer())
                .formParam("user", user)
                .formParam("cursor", cursor)
                .post("/punches/older");

        // Then
        assertThat(first).contains("The newest 25 punches", punches.get(2).key().value());
        assertThat(older.asString())
                .contains(punches.get(1).key().value(), punches.get(0).key().value())
                .doesNotContain(punches.get(2).key().value(), "name=\"cursor\"");
    }

    @Test
    void the_story_of_a_delivered_punch_leads_to_erpnext() {
        // Given
        Punch punch = world.settled("7", PunchState.DELIVERED);
        String checkin = inbox.find(punch.key()).orElseThrow().checkin();

        // When
        String page = get("/punches/" + punch.key());

        // Then
        assertThat(page)
                .contains("Recorded by the device", "Received by callback", "Stored", "Translated", "In ERPNext")
                .contains("Emp007 Test (user 7) at entrance", "Log type IN")
                .contains("after the device recorded it: it waited at the device or at the gateway")
                .contains("href=\"" + frappe.url() + "/app/employee-checkin/" + checkin + "\"")
                .contains("operation-7", "Fingerprint", "as the device said it", "Odd");
    }

    @Test
    void what_can_not_be_read_is_shown_as_it_came_and_not_offered_for_replay() {
        // Given
        UnreadablePunch unreadable =
                UnreadablePunch.of(PageWorld.ENTRANCE, null, null, "no time", "{\"what\":\"" + user + "\"}");
        inbox.store(new Arrival(Source.CALLBACK, clock.instant(), List.of(), List.of(unreadable), List.of()))
                .toCompletableFuture()
                .join();

        // When
        String page = People.operator().get("/punches/" + unreadable.key()).asString();

        // Then
        assertThat(page)
                .contains("Unreadable punch at entrance", "What came", "quarantined", "id=\"dismiss-one\"")
                .doesNotContain("id=\"replay-one\"");
    }

    @Test
    void a_viewer_is_offered_nothing_that_only_an_operator_may_do() {
        // Given
        Punch punch = world.held(user, 1).get(0);

        // When
        List<String> pages =
                List.of(get("/punches/" + punch.key()), get("/held"), search("user", user, "state", "held", "day", ""));

        // Then
        assertThat(pages)
                .allSatisfy(page -> assertThat(page).doesNotContain("/replay\"", "/dismiss\"", "/punches/replay"));
        assertThat(pages.get(0)).contains("take an operator");
    }

    @ParameterizedTest
    @CsvSource({
        "/punches/replay",
        "/punches/20240917T044822Z-1f/replay",
        "/punches/20240917T044822Z-1f/dismiss",
        "/held/replay",
        "/held/dismiss"
    })
    void a_viewer_changes_nothing(String action) {
        // When
        Response answer = form(People.viewer())
                .formParam("user", user)
                .formParam("confirm", "1")
                .post(action);

        // Then
        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @Test
    void what_matches_is_counted_and_replayed_when_its_number_is_confirmed() {
        // Given
        Punch punch = world.held(user, 1).get(0);

        // When
        Response counted = replay("");
        Response wrong = replay("2");
        PunchState between = world.state(punch.key());
        Response done = replay("1");

        // Then
        assertThat(counted.asString()).contains("1 punch matches; replay it?");
        assertThat(wrong.statusCode()).isEqualTo(409);
        assertThat(wrong.contentType()).startsWith("text/html");
        assertThat(wrong.asString()).contains("notice bad", "Other punches match than were confirmed");
        assertThat(between).isEqualTo(PunchState.HELD);
        assertThat(done.asString()).contains("1 punch is sent again.");
        assertThat(actions.recent(null, 1)).singleElement().satisfies(action -> {
            assertThat(action.request().who()).isEqualTo(People.OPERATOR);
            assertThat(action.request().why()).isEqualTo("ids were set");
            assertThat(action.request().what()).contains("state=held", "user=" + user);
        });
    }

    @Test
    void a_punch_that_is_replayed_twice_is_sent_again_once() {
        // Given
        Punch punch = world.settled("9", PunchState.DELIVERED);
        String path = "/punches/" + punch.key() + "/replay";

        // When
        Response wrong = form(People.operator()).formParam("shown", "held").post(path);
        Response unsaid = form(People.operator()).post(path);
        Response right = form(People.operator()).formParam("shown", "delivered").post(path);

        // Then
        assertThat(wrong.asString())
                .contains("notice warn", "<strong>Nothing changed.</strong> Nothing was sent again.");
        assertThat(unsaid.statusCode()).isEqualTo(400);
        assertThat(right.asString()).contains("notice ok", "<strong>Done.</strong> 1 punch is sent again.");
        world.awaitState(punch.key(), PunchState.DELIVERED);
    }

    @Test
    void a_quarantined_punch_is_told_what_helps_and_what_does_not() {
        // Given
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Punch ahead = at(now.plus(Duration.ofDays(2)));
        Punch old = at(Instant.parse("2000-01-01T00:00:00Z"));
        world.stored(ahead, old);
        world.awaitState(ahead.key(), PunchState.QUARANTINED);
        world.awaitState(old.key(), PunchState.QUARANTINED);

        // When
        String ofTomorrow = get("/punches/" + ahead.key());
        String ofLongAgo = get("/punches/" + old.key());
        Response replayed =
                form(People.operator()).formParam("shown", "quarantined").post("/punches/" + ahead.key() + "/replay");

        // Then
        assertThat(ofTomorrow).contains("enter the check-in in ERPNext by hand with the right time");
        assertThat(ofLongAgo).contains("set punchbridge.check-in.oldest to more days");
        assertThat(List.of(ofTomorrow, ofLongAgo))
                .allSatisfy(page -> assertThat(page).containsIgnoringCase("a replay alone is quarantined again"));
        assertThat(replayed.asString()).contains("1 punch is sent again.", "held, quarantined or ignored again");
        world.awaitState(ahead.key(), PunchState.QUARANTINED);
    }

    private Punch at(Instant instant) {
        return Punch.of(PageWorld.ENTRANCE, new UserId(user), instant, "CheckIn", PunchDetails.NONE);
    }

    private Response replay(String confirm) {
        return form(People.operator())
                .formParam("user", user)
                .formParam("state", "held")
                .formParam("confirm", confirm)
                .formParam("why", "ids were set")
                .post("/punches/replay");
    }

    @Test
    void a_punch_is_dismissed_for_a_reason_alone() {
        // Given
        Punch punch = world.held(user, 1).get(0);
        String path = "/punches/" + punch.key() + "/dismiss";

        // When
        Response without = form(People.operator()).formParam("why", " ").post(path);
        PunchState between = world.state(punch.key());
        Response done =
                form(People.operator()).formParam("why", "A visitor's card").post(path);

        // Then
        assertThat(without.statusCode()).isEqualTo(400);
        assertThat(without.asString()).contains("notice bad", "say why");
        assertThat(between).isEqualTo(PunchState.HELD);
        assertThat(done.asString())
                .contains("1 punch is dismissed.", "Dismissed by " + People.OPERATOR, "Why: A visitor")
                .contains("<span class=\"badge ignored\">ignored</span>");
    }

    @Test
    void held_punches_of_one_id_are_dismissed_when_their_number_is_confirmed() {
        // Given
        List<Punch> punches = world.held(user, 2);

        // When
        Response wrong = dismissHeld(user, "1");
        PunchState between = world.state(punches.get(0).key());
        Response done = dismissHeld(user, "2");

        // Then
        assertThat(wrong.statusCode()).isEqualTo(409);
        assertThat(between).isEqualTo(PunchState.HELD);
        assertThat(done.asString()).contains("2 punches are dismissed.");
        assertThat(punches)
                .allSatisfy(punch -> assertThat(world.state(punch.key())).isEqualTo(PunchState.IGNORED));
    }

    @Test
    void without_an_id_nobodys_held_punches_are_dismissed() {
        // Given
        Punch punch = world.held(user, 1).get(0);

        // When
        Response answer = dismissHeld(" ", "1");

        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(world.state(punch.key())).isEqualTo(PunchState.HELD);
    }

    private static Response dismissHeld(String user, String confirm) {
        return form(People.operator())
                .formParam("user", user)
                .formParam("confirm", confirm)
                .formParam("why", "A stranger")
                .post("/held/dismiss");
    }

    @Test
    void held_ids_are_told_with_who_it_could_be() {
        // Given
        String employee = PageWorld.newEmployee();
        world.employee(employee, "Amina Otieno", "00" + user);
        world.held(user, 1);

        // When
        String page = get("/held");

        // Then
        assertThat(page)
                .contains("User id " + user, "href=\"" + frappe.url() + "/app/employee/" + employee + "\"")
                .contains("leading zeros", "set Attendance Device ID to " + user);
    }

    @ParameterizedTest
    @CsvSource({
        "/punches/20240917T044822Z-1f, 404",
        "/punches?day=yesterday, 400",
        "/punches?device=nowhere, 422",
        "/punches?state=odd, 400"
    })
    void what_is_not_there_is_told_in_a_sentence(String path, int status) {
        // When
        Response answer = People.viewer().get(path);

        // Then
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.contentType()).startsWith("text/html");
        assertThat(answer.asString()).contains("notice bad").doesNotContain("nowhere", "yesterday");
    }
}
