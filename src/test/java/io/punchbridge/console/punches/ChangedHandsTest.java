package io.punchbridge.console.punches;

import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.access.People;
import io.punchbridge.punch.Punch;
import io.punchbridge.punch.PunchState;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** Whose the pages say that a punch is, where its device id has another holder now, or none. */
@QuarkusTest
@TestProfile(People.Profile.class)
class ChangedHandsTest {
    @Inject
    PageWorld world;

    private final String id = PageWorld.newId();
    private final String before = PageWorld.newEmployee();
    private final String after = PageWorld.newEmployee();
    private final String nameBefore = "Before" + id + " Omar";
    private final String nameAfter = "After" + id + " Jane";

    private Punch deliveredForTheOneBefore() {
        world.employee(before, nameBefore, id);
        Punch punch = world.settled(id, PunchState.DELIVERED);
        world.idLeaves(before);
        return punch;
    }

    private static String search(String... namesAndValues) {
        RequestSpecification form = People.viewer()
                .header("HX-Request", "true")
                .contentType("application/x-www-form-urlencoded; charset=UTF-8");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            form.formParam(namesAndValues[i], namesAndValues[i + 1]);
        }
        Response answer = form.post("/punches/search");
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        return answer.asString();
    }

    @Test
    void a_list_names_whom_a_punch_was_delivered_for() {
        // Given
        Punch punch = deliveredForTheOneBefore();
        world.employee(after, nameAfter, id);

        // When
        String found = search("name", nameAfter, "day", "");

        // Then
        assertThat(found)
                .contains("1 punch · user " + id + ", now " + nameAfter + " · any day")
                .containsPattern("(?s)/punches/" + punch.key() + "\".*" + nameBefore + " <span class=\"muted\">user "
                        + id + "; had this id then, and has it no more")
                .doesNotContain(nameAfter + " <span class=\"muted\">user");
    }

    @Test
    void a_story_names_whom_it_was_delivered_for_and_whom_a_replay_would_be_for() {
        // Given
        Punch punch = deliveredForTheOneBefore();
        world.employee(after, nameAfter, id);

        // When
        String story = People.operator().get("/punches/" + punch.key()).asString();

        // Then
        assertThat(story)
                .contains(nameBefore + " (user " + id + ") at entrance")
                .contains("It was delivered for " + nameBefore + " (" + before + "), who had this device id then.")
                .contains(nameAfter + " (" + after + ", Active) has this device id now.")
                .contains("so it would be sent for " + nameAfter + " and not for " + nameBefore + ".");
    }

    @Test
    void one_who_has_no_id_any_more_is_found_with_what_was_delivered() {
        // Given
        Punch punch = deliveredForTheOneBefore();

        // When
        String found = search("name", nameBefore, "day", "");

        // Then
        assertThat(found)
                .contains("1 punch · " + nameBefore + " (" + before + ") · any day", "/punches/" + punch.key())
                .doesNotContain("has no Attendance Device ID");
    }

    @Test
    void by_the_employee_one_finds_what_was_delivered_under_any_id() {
        // Given
        Punch punch = deliveredForTheOneBefore();
        String now = PageWorld.newId();
        world.employee(before, nameBefore, now);

        // When
        String byName = search("name", nameBefore, "day", "");
        String byEmployee = search("chosen-employee", before, "name", nameBefore, "day", "");

        // Then
        assertThat(byName)
                .contains("No punch found · " + nameBefore + " (user " + now + ")")
                .containsPattern("name=\"chosen-employee\" value=\"" + before + "\"[^>]*>What was delivered for ");
        assertThat(byEmployee)
                .contains("1 punch · " + nameBefore + " (" + before + ")", "/punches/" + punch.key())
                .containsPattern("id=\"employee\"[^>]*value=\"" + before + "\" hx-swap-oob=\"true\"")
                .containsPattern("id=\"name\"[^>]*value=\"\" hx-swap-oob=\"true\"");
    }

    @Test
    void an_employee_whose_punches_are_not_found_is_told_how_to_look() {
        // Given
        world.employee(before, nameBefore, null);
        world.employee(after, nameAfter, id);

        // When
        String without = search("name", nameBefore, "day", "2026-01-05");
        String with = search("employee", after, "day", "");
        String nobody = search("employee", "Jane", "day", "");
        String both = search("employee", after, "name", nameBefore, "day", "");

        // Then
        assertThat(without)
                .contains("No punch found · " + nameBefore, "has no Attendance Device ID in ERPNext")
                .contains("under a former id would stand here", "clear the day to look at all");
        assertThat(with).contains("the user id on the device, which is " + id + ".");
        assertThat(nobody).contains("No employee Jane is known here");
        assertThat(both)
                .contains("The name and the employee aren&#39;t one person&#39;s: who is meant?")
                .contains("name=\"chosen-employee\" value=\"" + before + "\"", "name=\"chosen\" value=\"" + id + "\"");
    }
}
