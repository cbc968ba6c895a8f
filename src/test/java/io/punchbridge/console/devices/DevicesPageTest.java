package io.punchbridge.console.devices;

import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.stringContainsInOrder;

import io.punchbridge.access.People;
import io.punchbridge.watch.DeviceScenes;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What stands on the pages of the devices. */
@QuarkusTest
@TestProfile(ManyDevices.class)
class DevicesPageTest {
    @Inject
    @SuppressWarnings("NullAway.Init")
    DeviceScenes scenes;

    @BeforeEach
    void play() {
        scenes.play();
    }

    @Test
    void devices_with_a_warning_stand_first_and_say_what_to_do() {
        // When
        var page = People.viewer().get("/devices");

        // Then
        page.then()
                .statusCode(200)
                .body(stringContainsInOrder(
                        "branch-07</a>", "is about 7 minutes behind", "Set its clock", "gate</a>", "branch-01</a>"))
                .body(allOf(
                        containsString("Renew it with the vendor"),
                        containsString("has never called back since it was declared, 10 days ago"),
                        containsString("7 lost"),
                        containsString("page 1 of 2"),
                        not(containsString("head-office</a>"))));
    }

    @Test
    void a_part_of_the_name_finds_devices_of_any_page() {
        // When
        var page = People.viewer().get("/devices?name=HEAD");

        // Then
        page.then().body(containsString("head-office</a>")).body(not(containsString("branch-01</a>")));
    }

    @Test
    void a_name_that_nothing_has_leads_back_and_is_no_markup() {
        // When
        var page = People.viewer().queryParam("name", DeviceScenes.HOSTILE).get("/devices");

        // Then
        page.then()
                .statusCode(200)
                .body(containsString("No device has"))
                .body(containsString("&lt;img"))
                .body(not(containsString("<img src=x")));
    }

    @Test
    void what_gateway_and_device_said_is_no_markup() {
        // When
        var page = People.viewer().get("/devices/branch-07");

        // Then
        page.then()
                .statusCode(200)
                .body(containsString("The device is offline &lt;img"))
                .body(containsString("F500 &lt;img"))
                .body(not(containsString("<img src=x")));
    }

    @Test
    void a_device_that_cannot_be_asked_says_why() {
        // When
        var page = People.operator().get("/devices/depot");

        // Then
        page.then()
                .body(containsString("its connection is db-pull"))
                .body(not(containsString("href=\"/load-log?device=depot\"")));
    }

    @Test
    void a_device_that_nobody_declared_is_not_found() {
        // When
        var page = People.viewer().get("/devices/nowhere");

        // Then
        page.then().statusCode(404).body(containsString("No device of that name is declared"));
    }
}
