package io.punchbridge.command;

import static io.punchbridge.testing.FakeReconciliation.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.punchbridge.access.AccessSettings;
import io.punchbridge.inbox.Run.State;
import io.punchbridge.reconciliation.Reconciliation.Started;
import io.punchbridge.testing.FakeReconciliation;
import io.punchbridge.testing.FakeReconciliation.Asked;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.time.Duration;
import java.time.LocalDate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The command and the service's entry understand each other: token file, questions, answers. */
@QuarkusTest
@TestProfile(FakeReconciliation.Profile.class)
class LoadLogAtTheServiceTest {
    @Inject
    FakeReconciliation reconciliation;

    @Inject
    AccessSettings settings;

    @BeforeEach
    void announced() {
        reconciliation.reset();
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(settings.tokenFile()));
    }

    @Test
    void a_range_is_loaded() {
        // Given
        reconciliation
                .answers(new Started.Accepted("run-7"))
                .shows(run("run-7", State.RUNNING, 1, null), run("run-7", State.DONE, 6, null));
        CommandRun command = new CommandRun(settings.tokenFile());

        // When
        command.execute("load-log", "--device", "head-office", "--from", "2026-10-01", "--to", "2026-10-31");

        // Then
        assertThat(command.err()).isEmpty();
        assertThat(command.exitCode()).isZero();
        assertThat(command.out())
                .contains("head-office: 1 of 6 windows, 4 pages, 200 rows, 2 new")
                .contains("head-office: stored. 1200 rows, 12 new, 6 of them lost by callbacks, 0 unreadable.");
        assertThat(reconciliation.asked())
                .containsExactly(new Asked("head-office", LocalDate.of(2026, 10, 1), LocalDate.of(2026, 10, 31)));
    }

    @Test
    void the_services_reason_comes_through() {
        // Given
        reconciliation.answers(new Started.Refused("The gateway's address isn't set."));
        CommandRun command = new CommandRun(settings.tokenFile());

        // When
        command.execute("load-log", "--device", "head-office", "--from", "2026-10-01");

        // Then
        assertThat(command.exitCode()).isEqualTo(1);
        assertThat(command.err()).contains("head-office: not loaded. The gateway's address isn't set.");
    }

    @Test
    void all_devices_are_left_out_where_the_gateway_has_no_address() {
        // Given
        CommandRun command = new CommandRun(settings.tokenFile());

        // When
        command.execute("load-log", "--device", "all", "--from", "2026-10-01");

        // Then
        assertThat(command.out()).contains("head-office: left out, punchbridge.gateway.endpoint isn't set.");
        assertThat(command.exitCode()).isEqualTo(1);
    }
}
