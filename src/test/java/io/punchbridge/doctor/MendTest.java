package io.punchbridge.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.doctor.SetUpCheck.Mended;
import io.punchbridge.frappe.CheckinField;
import io.punchbridge.frappe.FrappeSettings;
import io.punchbridge.inbox.StorageLook;
import io.punchbridge.inbox.StorageLook.Health;
import io.punchbridge.sandbox.SimulatedFrappe;
import io.punchbridge.sandbox.SimulatedUser;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The check and its fix against a simulated site, over HTTP. */
class MendTest {
    private static final Fix KEY = new Fix(CheckinField.PUNCH_KEY);

    private final SimulatedFrappe frappe = SimulatedFrappe.withEmployees(Clock.systemUTC(), 5)
            .addUser(SimulatedUser.systemManager("sysmgr@hr.localhost", "manager-key", "manager-secret"))
            .start();

    @AfterEach
    void stop() {
        frappe.close();
    }

    private SetUpCheck check() {
        SetUpSettings usual = new DoctorBench().settings();
        StorageLook storage = DoctorBench.look(null, 7, Health.SOUND, Map.of());
        return SetUpCheck.of(
                new SetUpSettings(
                        new FrappeSettings(
                                frappe.url(),
                                SimulatedFrappe.API_KEY,
                                SimulatedFrappe.API_SECRET,
                                null,
                                null,
                                Duration.ofSeconds(20),
                                Duration.ofSeconds(20)),
                        usual.devices(),
                        usual.storage(),
                        usual.attendance(),
                        false,
                        usual.assumedComplete(),
                        usual.oldestCheckIn()),
                () -> storage,
                Clock.systemUTC());
    }

    private static CheckResult result(List<CheckResult> results, String name) {
        return results.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_look_leaves_no_row_and_no_field_behind() {
        // When
        List<CheckResult> results = check().run();

        // Then
        assertThat(result(results, "Token").outcome()).isEqualTo(Outcome.PASSED);
        assertThat(result(results, "API user").seen()).contains("cams@hr.localhost");
        assertThat(result(results, "Rights on Employee Checkin").outcome()).isEqualTo(Outcome.PASSED);
        assertThat(result(results, "Time zone").seen()).contains("Africa/Nairobi");
        assertThat(result(results, "Employees' device ids").outcome()).isEqualTo(Outcome.PASSED);
        assertThat(result(results, "Punch key").fix()).isEqualTo(KEY);
        assertThat(frappe.checkins()).isEmpty();
        assertThat(result(check().run(), "Punch key").fix()).isEqualTo(KEY);
    }

    @Test
    void the_key_is_made_once_and_found_the_second_time() {
        // Given
        Mended first = check().mend(KEY, "manager-key", "manager-secret");

        // When
        Mended again = check().mend(KEY, "manager-key", "manager-secret");

        // Then
        assertThat(first).isEqualTo(new Mended(KEY, true, "made."));
        assertThat(again).isEqualTo(new Mended(KEY, true, "is there already."));
        assertThat(result(check().run(), "Punch key").fix()).isNull();
        assertThat(result(check().run(), "Punch key").seen()).contains("is there");
    }

    @Test
    void our_own_token_may_not_and_a_wrong_one_is_told_without_being_repeated() {
        // When
        Mended ours = check().mend(KEY, SimulatedFrappe.API_KEY, SimulatedFrappe.API_SECRET);
        Mended wrong = check().mend(KEY, "manager-key", "wrong-secret");

        // Then
        assertThat(ours.good()).isFalse();
        assertThat(ours.words()).contains("System Manager").doesNotContain(SimulatedFrappe.API_SECRET);
        assertThat(wrong.good()).isFalse();
        assertThat(wrong.words()).contains("doesn't know this token").doesNotContain("wrong-secret");
        assertThat(result(check().run(), "Punch key").fix()).isEqualTo(KEY);
    }
}
