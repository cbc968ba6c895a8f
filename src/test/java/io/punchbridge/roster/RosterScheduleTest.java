package io.punchbridge.roster;

import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.frappe.EmployeeFilter;
import io.punchbridge.frappe.Staff;
import io.punchbridge.inbox.ClusterLock;
import io.punchbridge.inbox.Inbox;
import io.punchbridge.inbox.KnownUsers;
import io.punchbridge.inbox.RetentionSettings;
import io.punchbridge.inbox.UserCommands;
import io.punchbridge.roster.RosterSettings.Mode;
import io.punchbridge.sandbox.SimulatedEmployee;
import io.punchbridge.sandbox.SimulatedFrappe;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.LocalDateTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The roster in the running application, whose tests have it off. */
@QuarkusTest
class RosterScheduleTest {
    @Inject
    RosterSettings settings;

    @Inject
    Roster roster;

    @Inject
    CommandSender sender;

    @Inject
    RosterMetrics metrics;

    @Inject
    Inbox inbox;

    @Inject
    KnownUsers users;

    @Inject
    UserCommands commands;

    @Inject
    RetentionSettings retention;

    @Inject
    ClusterLock clusterLock;

    @Inject
    Clock clock;

    @Inject
    Scheduler scheduler;

    @Inject
    Staff staff;

    @Inject
    SimulatedFrappe frappe;

    @BeforeEach
    void calm() {
        frappe.faults().clear();
    }

    @AfterEach
    void removeWhatATestAdded() {
        scheduler.unscheduleJob("roster-compare");
        scheduler.unscheduleJob("roster-send");
        frappe.removeEmployee("HR-EMP-ROSTER");
    }

    private RosterJobs jobs(Mode mode) {
        RosterSettings of = new RosterSettings(
                mode,
                settings.every(),
                settings.deletions(),
                settings.sending(),
                settings.administrators(),
                settings.scopes());
        return new RosterJobs(of, roster, sender, metrics, inbox, users, commands, retention, clusterLock, clock);
    }

    @Test
    void off_means_that_there_is_no_job() {
        // When
        jobs(Mode.OFF).schedule(new StartupEvent(), scheduler);

        // Then
        assertThat(scheduler.getScheduledJob("roster-compare")).isNull();
        assertThat(scheduler.getScheduledJob("roster-send")).isNull();
    }

    @Test
    void any_other_mode_has_its_jobs() {
        // When
        jobs(Mode.REPORT).schedule(new StartupEvent(), scheduler);

        // Then
        assertThat(scheduler.getScheduledJob("roster-compare")).isNotNull();
        assertThat(scheduler.getScheduledJob("roster-send")).isNotNull();
    }

    @Test
    void the_simulated_site_is_compared_with_every_device() {
        // When
        Roster.DryRun dryRun = roster.dryRun();

        // Then
        assertThat(dryRun.report().problem()).isNull();
        assertThat(dryRun.report().devices())
                .hasSize(3)
                .allSatisfy(device ->
                        assertThat(device.counts().get(Finding.Kind.MISSING)).isPositive());
    }

    @Test
    void the_simulated_site_answers_by_a_filter() {
        // Given
        frappe.addEmployee(new SimulatedEmployee(
                        "HR-EMP-ROSTER",
                        "Ann Kamau",
                        "roster-7",
                        "Active",
                        null,
                        null,
                        LocalDateTime.of(2026, 1, 1, 9, 0))
                .at("Kisumu"));

        // When
        var matching = staff.matching(EmployeeFilter.parse("[[\"branch\",\"=\",\"Kisumu\"]]"));

        // Then
        assertThat(matching.<Integer>fold(employees -> employees.size(), failure -> -1))
                .isEqualTo(1);
    }
}
