package io.punchbridge.attendance;

import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.attendance.AttendanceSettings.LateMode;
import io.punchbridge.frappe.FrappeAnswer.Success;
import io.punchbridge.frappe.FrappeSettings;
import io.punchbridge.frappe.RestAttendanceSite;
import io.punchbridge.inbox.LateEntry;
import io.punchbridge.inbox.LateEntry.State;
import io.punchbridge.inbox.LateStore;
import io.punchbridge.punch.Punch;
import io.punchbridge.punch.PunchDetails;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.UserId;
import io.punchbridge.sandbox.SimulatedAttendance;
import io.punchbridge.sandbox.SimulatedFrappe;
import io.punchbridge.testing.SettableClock;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recorded story once more, over HTTP, against the site that is held to the recordings. */
@QuarkusTest
class LateRepairOnSimulatedSiteTest {
    private static final LocalDate DAY = LocalDate.of(2026, 2, 2);

    private final SettableClock clock =
            new SettableClock(DAY.plusDays(1).atTime(20, 0).toInstant(ZoneOffset.UTC));
    private final SimulatedFrappe frappe =
            new SimulatedFrappe(clock).timeZone(ZoneOffset.UTC).start();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @SuppressWarnings("NullAway.Init")
    private LateStore store;

    @SuppressWarnings("NullAway.Init")
    private RestAttendanceSite site;

    @BeforeEach
    void attendanceWasMadeBeforeAllHadCome() {
        store = LateStore.open(directory.resolve("punchbridge.db"), clock, Duration.ofMinutes(10));
        site = new RestAttendanceSite(
                new FrappeSettings(
                        frappe.url(),
                        SimulatedFrappe.API_KEY,
                        SimulatedFrappe.API_SECRET,
                        null,
                        null,
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(60)),
                clock);
        for (String user : new String[] {"102", "103", "104"}) {
            frappe.addEmployee("HR-EMP-00" + user, "Somebody", user);
        }
        frappe.addCheckin("HR-EMP-00102", DAY.atTime(8, 59), "IN");
        frappe.addCheckin("HR-EMP-00104", DAY.atTime(8, 57), "IN");
        frappe.addCheckin("HR-EMP-00104", DAY.atTime(12, 0), "OUT");
        frappe.changeShift(
                SimulatedFrappe.DAY_SHIFT,
                shift -> shift.lastSync(DAY.plusDays(1).atTime(19, 30)).processAfter(DAY));
        frappe.runScheduledHourly();
        late("102", DAY.atTime(18, 1), "OUT");
        late("103", DAY.atTime(8, 50), "IN");
        late("103", DAY.atTime(18, 2), "OUT");
        late("104", DAY.atTime(13, 0), "IN");
        late("104", DAY.atTime(18, 0), "OUT");
        clock.forward(LateJudge.QUIET.plusSeconds(1));
    }

    @AfterEach
    void close() {
        store.close();
        frappe.close();
    }

    private void late(String user, LocalDateTime at, String logType) {
        Punch punch = Punch.of(
                new SerialNumber("SN-1"), new UserId(user), at.toInstant(ZoneOffset.UTC), "CheckIn", PunchDetails.NONE);
        store.deliver(
                punch,
                "HR-EMP-00" + user,
                frappe.addCheckin("HR-EMP-00" + user, at, logType).name());
    }

    private void judgeAndRepair() {
        assertThat(new LateJudge(store.latePunches(), site, clock).judgeDue()).isEmpty();
        assertThat(new LateRepair(
                                store.latePunches(),
                                site,
                                new AttendanceSettings.LatePunches(
                                        LateMode.REPAIR, Duration.ofMinutes(10), Duration.ofDays(31)),
                                () -> new Success<>(ZoneOffset.UTC),
                                user -> Optional.of("Active"),
                                clock)
                        .repairDue())
                .isEmpty();
    }

    private String says(String user) {
        SimulatedAttendance standing =
                frappe.attendanceOf("HR-EMP-00" + user, DAY).orElseThrow();
        return standing.status() + " " + standing.workingHours();
    }

    @Test
    void all_three_become_present_with_the_right_hours() {
        // Given
        String before = says("102") + ", " + says("103") + ", " + says("104");

        // When
        judgeAndRepair();

        // Then
        assertThat(before).isEqualTo("Absent 0.0, Absent 0.0, Half Day 3.05");
        assertThat(says("102")).isEqualTo("Present 9.03");
        assertThat(says("103")).isEqualTo("Present 9.2");
        assertThat(says("104")).isEqualTo("Present 9.05");
        assertThat(store.latePunches().list(null, null, null, null, 10))
                .hasSize(3)
                .allSatisfy(entry -> {
                    assertThat(entry.state()).isEqualTo(State.REPAIRED);
                    assertThat(entry.reason()).isNull();
                });
    }

    @Test
    void a_salary_slip_keeps_its_day_as_it_is() {
        // Given
        frappe.addSalarySlip("HR-EMP-00104", DAY.withDayOfMonth(1), DAY.withDayOfMonth(28));

        // When
        judgeAndRepair();

        // Then
        assertThat(says("104")).isEqualTo("Half Day 3.05");
        assertThat(says("102")).isEqualTo("Present 9.03");
        LateEntry entry =
                store.latePunches().list(State.CANNOT, null, null, null, 10).get(0);
        assertThat(entry.reason()).contains("Salary Slip");
    }
}
