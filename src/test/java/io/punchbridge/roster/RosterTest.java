package io.punchbridge.roster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.punchbridge.frappe.EmployeeFilter;
import io.punchbridge.frappe.SiteZone;
import io.punchbridge.frappe.Staff;
import io.punchbridge.gateway.RequestPreview;
import io.punchbridge.gateway.StatusCode;
import io.punchbridge.inbox.KnownUser;
import io.punchbridge.inbox.RetentionSettings;
import io.punchbridge.inbox.RosterStore;
import io.punchbridge.inbox.UserCommand;
import io.punchbridge.inbox.UserCommand.State;
import io.punchbridge.inbox.UserCommands;
import io.punchbridge.punch.Arrival;
import io.punchbridge.punch.Connection;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.DeviceEvent;
import io.punchbridge.punch.Devices;
import io.punchbridge.punch.Direction;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.Source;
import io.punchbridge.punch.UserId;
import io.punchbridge.roster.RosterSettings.Deletions;
import io.punchbridge.roster.RosterSettings.Mode;
import io.punchbridge.roster.RosterSettings.Sending;
import io.punchbridge.testing.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The whole roster on a real store, between employees that are made up and devices that can refuse. */
class RosterTest {
    private static final Device GATE = device("gate", "SN-GATE", Connection.NATIVE_PUSH);
    private static final Device YARD = device("yard", "SN-YARD", Connection.DB_PULL);
    private static final Devices DEVICES = new Devices(List.of(GATE, YARD));
    private static final LocalDate LONG_AGO = LocalDate.of(2026, 1, 31);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-24T08:00:00Z"));
    private final FakeDevices gateway = new FakeDevices();
    private final FakeStaffList staff = new FakeStaffList();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private @Nullable Set<UserId> administrators = Set.of();
    private Map<String, EmployeeFilter> scopes = Map.of();
    private Set<String> confirmed = Set.of();

    @SuppressWarnings("NullAway.Init")
    private RosterStore store;

    @SuppressWarnings("NullAway.Init")
    private Roster roster;

    @SuppressWarnings("NullAway.Init")
    private CommandSender sender;

    @SuppressWarnings("NullAway.Init")
    private RosterJobs jobs;

    private static Device device(String name, String serialNumber, Connection connection) {
        return new Device(name, new SerialNumber(serialNumber), connection, Direction.AS_SENT, null);
    }

    @BeforeEach
    void openStore() {
        store = RosterStore.open(directory.resolve("punchbridge.db"), clock);
        build(Mode.APPLY, 2);
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    /** As a start of the service on the database that is there. */
    private void build(Mode mode, int commandsPerMinute) {
        RosterSettings settings = new RosterSettings(
                mode,
                Duration.ofHours(1),
                new Deletions(Duration.ofDays(7), 10, confirmed),
                new Sending(commandsPerMinute, 3),
                administrators,
                scopes);
        UserPicture picture = new UserPicture(store.users(), store.inbox(), gateway, DEVICES, clock);
        Staffing staffing = new Staffing(new Staff(staff.site()), new SiteZone(staff.site(), clock));
        roster = new Roster(settings, DEVICES, staffing, picture, store.commands(), store.inbox(), clock);
        sender = new CommandSender(settings, store.commands(), gateway, DEVICES, picture, clock);
        jobs = new RosterJobs(
                settings,
                roster,
                sender,
                new RosterMetrics(store.commands(), store.inbox(), DEVICES, metrics),
                store.inbox(),
                store.users(),
                store.commands(),
                new RetentionSettings(Duration.ofDays(400), Duration.ofDays(400), Duration.ofDays(90)),
                store.clusterLock(),
                clock);
    }

    private void restart(Mode mode) {
        store.close();
        store = RosterStore.open(directory.resolve("punchbridge.db"), clock);
        build(mode, 2);
    }

    private List<String> sentBodies() {
        return gateway.sent.stream().map(RequestPreview::body).toList();
    }

    private List<String> states() {
        return store.commands().ofDevice(GATE.serialNumber()).stream()
                .map(command -> command.order().user() + " " + command.state())
                .toList();
    }

    private UserCommand command(String user) {
        return store.commands().ofDevice(GATE.serialNumber()).stream()
                .filter(command -> command.order().user().value().equals(user))
                .findFirst()
                .orElseThrow();
    }

    private static DeviceRoster gate(RosterReport report) {
        return report.devices().stream()
                .filter(device -> device.device().equals(GATE))
                .findFirst()
                .orElseThrow();
    }

    /** Two users beside those of the test, so that its leaver is no large share. */
    private void someoneWorksHere() {
        staff.active("1", "Ann Kamau").active("2", "Bob Otieno");
        gateway.has(GATE, "1", "Ann", "Kamau", false).has(GATE, "2", "Bob", "Otieno", false);
    }

    @Test
    void apply_adds_renames_and_deletes_and_then_nothing_is_left_to_do() {
        // Given
        someoneWorksHere();
        staff.active("3", "Cyd New").active("4", "Dan Right").has("5", "Eve Gone", "Left", LONG_AGO);
        gateway.has(GATE, "4", "Dan", "Wrong", true).has(GATE, "5", "Eve", "Gone", false);
        gateway.has(GATE, "99", "A", "Visitor", false);
        roster.compare();

        // When
        for (int minutes = 0; minutes < 3; minutes++) {
            sender.sendDue();
            clock.forward(MINUTE);
        }

        // Then
        assertThat(sentBodies())
                .containsExactly(
                        "{\"Add\":{\"User\":{\"UserID\":\"3\",\"FirstName\":\"Cyd\",\"LastName\":\"New\",\"UserType\":\"User\"}}}",
                        "{\"Add\":{\"User\":{\"UserID\":\"4\",\"FirstName\":\"Dan\",\"LastName\":\"Right\",\"UserType\":\"Admin\"}}}",
                        "{\"Delete\":{\"User\":{\"UserID\":\"5\"}}}");
        assertThat(gateway.of(GATE)).containsOnlyKeys("1", "2", "3", "4", "99");
        assertThat(roster.dryRun().requests()).isEmpty();
        assertThat(gate(roster.compare()).findings()).extracting(Finding::kind).containsExactly(Finding.Kind.SURPLUS);
    }

    @Test
    void a_dry_run_shows_exactly_the_requests_that_are_sent_then() {
        // Given
        someoneWorksHere();
        staff.active("3", "Cyd \"New\"").has("5", "Eve Gone", "Left", LONG_AGO).active("6", "Fay");
        gateway.has(GATE, "5", "Eve", "Gone", false);
        build(Mode.REPORT, 9);
        roster.compare();

        // When
        Roster.DryRun dryRun = roster.dryRun();

        // Then
        assertThat(dryRun.requests()).hasSize(3);
        assertThat(gateway.sent).isEmpty();
        assertThat(store.commands().counts().values()).containsOnly(0L);
        build(Mode.APPLY, 9);
        roster.compare();
        sender.sendDue();
        assertThat(gateway.sent).isEqualTo(dryRun.requests());
    }

    @Test
    void report_sends_and_queues_nothing() {
        // Given
        someoneWorksHere();
        staff.active("3", "Cyd New");
        build(Mode.REPORT, 2);

        // When
        RosterReport report = roster.compare();

        // Then
        jobs.send();
        assertThat(gate(report).counts()).containsEntry(Finding.Kind.MISSING, 1L);
        assertThat(report.summary()).contains("1 not on the device").doesNotContain("Cyd");
        assertThat(store.commands().counts().values()).containsOnly(0L);
        assertThat(gateway.sent).isEmpty();
    }

    @Test
    void a_device_that_can_not_be_told_is_skipped_with_words() {
        // Given
        someoneWorksHere();

        // When
        RosterReport report = roster.compare();

        // Then
        assertThat(report.devices())
                .filteredOn(device -> device.device().equals(YARD))
                .extracting(DeviceRoster::skipped)
                .singleElement()
                .asString()
                .contains("db-pull");
        assertThat(gateway.lists).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            names = {"REPORT", "APPLY"})
    void nothing_is_planned_while_the_employees_are_read_in_part(Mode mode) {
        // Given
        someoneWorksHere();
        staff.active("3", "Cyd").has("5", "Eve Gone", "Left", LONG_AGO);
        gateway.has(GATE, "5", "Eve", "Gone", false);
        staff.pagesUntilFailure = 1;
        build(mode, 2);

        // When
        RosterReport report = roster.compare();

        // Then
        assertThat(report.problem()).contains("The site is away.");
        assertThat(report.devices()).isEmpty();
        assertThat(store.commands().counts().values()).containsOnly(0L);
    }

    @Test
    void nothing_is_planned_when_a_scope_is_read_in_part() {
        // Given
        someoneWorksHere();
        staff.worksInNairobi("1").worksInNairobi("2");
        scopes = Map.of("gate", FakeStaffList.NAIROBI);
        staff.pagesUntilFailure = 2;
        build(Mode.APPLY, 2);

        // When
        RosterReport report = roster.compare();

        // Then
        assertThat(report.problem()).contains("roster-filter");
        assertThat(report.devices()).isEmpty();
    }

    @Test
    void nothing_is_planned_when_frappe_shows_no_employee() {
        // Given
        gateway.has(GATE, "5", "Eve", "Gone", false);

        // When
        RosterReport report = roster.compare();

        // Then
        assertThat(report.problem()).contains("no employee");
        assertThat(report.devices()).isEmpty();
    }

    @Test
    void a_scope_without_anybody_skips_the_device() {
        // Given
        someoneWorksHere();
        scopes = Map.of("gate", FakeStaffList.NAIROBI);
        build(Mode.APPLY, 2);

        // When
        RosterReport report = roster.compare();

        // Then
        assertThat(gate(report).skipped()).contains("punchbridge.devices.gate.roster-filter");
        assertThat(store.commands().counts().values()).containsOnly(0L);
    }

    @Test
    void only_employees_of_the_scope_are_added() {
        // Given
        someoneWorksHere();
        staff.active("3", "Cyd").active("4", "Dan").worksInNairobi("3");
        scopes = Map.of("gate", FakeStaffList.NAIROBI);
        build(Mode.APPLY, 2);

        // When
        DeviceRoster gate = gate(roster.compare());

        // Then
        assertThat(gate.counts())
                .containsEntry(Finding.Kind.MISSING, 1L)
                .containsEntry(Finding.Kind.OUT_OF_SCOPE, 2L)
                .containsEntry(Finding.Kind.LEAVING, 0L);
        assertThat(states()).containsExactly("3 QUEUED");
    }

    @Test
    void an_employee_who_is_not_shown_any_more_is_not_deleted_from_the_device() {
        // Given
        someoneWorksHere();
        roster.compare();
        staff.forget("2");

        // When
        DeviceRoster gate = gate(roster.compare());

        // Then
        assertThat(gate.findings()).extracting(Finding::kind).containsExactly(Finding.Kind.SURPLUS);
        assertThat(gate.orders()).isEmpty();
    }

    // --- sending

    @Test
    void no_more_is_sent_in_a_minute_than_allowed() {
        // Given
        IntStream.rangeClosed(1, 5).forEach(i -> staff.active("" + i, "Name " + i));
        roster.compare();
        assertThat(sender.sendDue()).isEqualTo(2);
        assertThat(sender.sendDue()).isZero();
        clock.forward(MINUTE);

        // When
        int sent = sender.sendDue();

        // Then
        assertThat(sent).isEqualTo(2);
        assertThat(gateway.sent).hasSize(4);
    }

    @Test
    void a_crash_between_doing_and_answer_repeats_the_command_and_changes_nothing_twice() {
        // Given
        someoneWorksHere();
        staff.active("3", "Cyd New");
        roster.compare();
        gateway.crashesAfterDoing = true;
        assertThatThrownBy(sender::sendDue).isInstanceOf(FakeDevices.Crash.class);
        gateway.crashesAfterDoing = false;
        restart(Mode.APPLY);
        assertThat(states()).containsExactly("3 SENT");
        clock.forward(UserCommands.LEASE);

        // When
        sender.sendDue();

        // Then
        assertThat(gateway.sent).hasSize(2);
        assertThat(gateway.sent.get(0)).isEqualTo(gateway.sent.get(1));
        assertThat(states()).containsExactly("3 DONE");
        assertThat(gateway.of(GATE)).containsOnlyKeys("1", "2", "3");
    }

    @Test
    void a_command_whose_answer_is_never_seen_is_given_up() {
        // Given
        someoneWorksHere();
        staff.active("3", "Cyd New");
        roster.compare();
        gateway.crashesAfterDoing = true;
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(sender::sendDue).isInstanceOf(FakeDevices.Crash.class);
            clock.forward(UserCommands.LEASE);
        }

        // When
        sender.sendDue();

        // Then
        assertThat(states()).containsExactly("3 GIVEN_UP");
        assertThat(gateway.sent).hasSize(3);
    }

    @Test
    void a_device_that_is_offline_is_tried_again_with_growing_pauses_and_given_up_in_the_end() {
        // Given
        someoneWorksHere();
        staff.active("3", "Cyd New").active("4", "Dan New");
        roster.compare();
        gateway.refusal = StatusCode.OFFLINE_OR_NO_SUBSCRIPTION;
        sender.sendDue();
        assertThat(gateway.sent).hasSize(1);
        assertThat(states()).containsExactly("3 FAILED", "4 QUEUED");

        // When
        for (int minutes = 0; minutes < 30; minutes++) {
            clock.forward(MINUTE);
            sender.sendDue();
        }

        // Then
        assertThat(gateway.sent).hasSize(6);
        assertThat(states()).containsExactly("3 GIVEN_UP", "4 GIVEN_UP");
        assertThat(command("3").reason()).contains("3 times").contains("offline");
    }

    @Test
    void what_comes_back_is_sent_when_the_device_is_there_again() {
        // Given
        someoneWorksHere();
        staff.active("3", "Cyd New");
        roster.compare();
        gateway.refusal = StatusCode.NO_ANSWER_FROM_DEVICE;
        sender.sendDue();
        gateway.refusal = null;
        clock.forward(MINUTE);

        // When
        sender.sendDue();

        // Then
        assertThat(states()).containsExactly("3 DONE");
        assertThat(gateway.of(GATE)).containsKey("3");
    }

    @Test
    void a_refusal_of_the_device_as_a_whole_asks_once_and_gives_all_up() {
        // Given
        someoneWorksHere();
        staff.active("3", "Cyd New").active("4", "Dan New");
        roster.compare();
        gateway.refusal = StatusCode.INVALID_AUTH_TOKEN;

        // When
        sender.sendDue();

        // Then
        assertThat(gateway.sent).hasSize(1);
        assertThat(states()).containsExactly("3 GIVEN_UP", "4 GIVEN_UP");
        assertThat(command("4").reason()).contains("auth-token");
    }

    @Test
    void a_refusal_of_one_user_leaves_the_others_alone() {
        // Given
        someoneWorksHere();
        staff.active("3", "Cyd New").active("4", "Dan New");
        roster.compare();
        gateway.refusal = StatusCode.INVALID_OPERATION_DATA;

        // When
        sender.sendDue();

        // Then
        assertThat(gateway.sent).hasSize(2);
    }

    @Test
    void what_was_given_up_is_left_alone_for_a_day_unless_somebody_says_otherwise() {
        // Given
        someoneWorksHere();
        staff.active("3", "Cyd New");
        roster.compare();
        gateway.refusal = StatusCode.INVALID_AUTH_TOKEN;
        sender.sendDue();
        gateway.refusal = null;
        clock.forward(Duration.ofHours(2));
        roster.compare();
        assertThat(states()).containsExactly("3 GIVEN_UP");
        assertThat(roster.dryRun().requests()).isEmpty();

        // When
        int taken = roster.retryGivenUp();

        // Then
        sender.sendDue();
        assertThat(taken).isEqualTo(1);
        assertThat(states()).containsExactly("3 DONE");
    }

    @Test
    void a_restart_takes_up_what_was_given_up() {
        // Given
        someoneWorksHere();
        staff.active("3", "Cyd New");
        roster.compare();
        gateway.refusal = StatusCode.INVALID_AUTH_TOKEN;
        sender.sendDue();
        clock.forward(MINUTE);
        restart(Mode.APPLY);

        // When
        roster.compare();

        // Then
        assertThat(states()).containsExactly("3 QUEUED");
    }

    @Test
    void to_delete_whom_the_device_does_not_know_is_done() {
        // Given
        someoneWorksHere();
        staff.has("5", "Eve Gone", "Left", LONG_AGO);
        gateway.has(GATE, "5", "Eve", "Gone", false);
        roster.compare();
        gateway.refusal = StatusCode.INVALID_USER_ID;

        // When
        sender.sendDue();

        // Then
        assertThat(states()).containsExactly("5 DONE");
        assertThat(store.users().ofDevice(GATE.serialNumber()))
                .filteredOn(user -> user.user().value().equals("5"))
                .extracting(KnownUser::present)
                .containsExactly(false);
    }

    @Test
    void a_deletion_whose_reason_is_gone_is_not_sent() {
        // Given
        someoneWorksHere();
        staff.has("5", "Eve Here", "Left", LONG_AGO);
        gateway.has(GATE, "5", "Eve", "Here", false);
        roster.compare();
        staff.active("5", "Eve Here");
        roster.compare();

        // When
        sender.sendDue();

        // Then
        assertThat(gateway.sent).isEmpty();
    }

    @Test
    void a_device_that_keeps_names_in_its_own_way_is_not_told_the_same_each_hour() {
        // Given
        someoneWorksHere();
        staff.active("3", "Cyd New");
        gateway.has(GATE, "3", "CYD", "", false);
        roster.compare();
        sender.sendDue();
        gateway.has(GATE, "3", "CYD", "", false);
        clock.forward(Duration.ofHours(25));

        // When
        DeviceRoster gate = gate(roster.compare());

        // Then
        assertThat(gate.counts()).containsEntry(Finding.Kind.NAME_DIFFERS, 1L);
        assertThat(states()).containsExactly("3 DONE");
    }

    // --- the share

    private void manyLeavers() {
        IntStream.range(0, 20).forEach(i -> {
            staff.has("9" + i, "Gone " + i, i < 5 ? "Left" : "Active", i < 5 ? LONG_AGO : null);
            gateway.has(GATE, "9" + i, "Gone", "" + i, false);
        });
        staff.active("1", "Ann New");
    }

    private static String planOf(RosterReport report) {
        return Objects.requireNonNull(gate(report).stopped()).plan();
    }

    @Test
    void a_run_that_would_delete_too_many_stops_and_tells_how_to_confirm() {
        // Given
        manyLeavers();

        // When
        DeviceRoster gate = gate(roster.compare());

        // Then
        assertThat(states()).containsExactly("1 QUEUED");
        DeviceRoster.Stopped stopped = Objects.requireNonNull(gate.stopped());
        assertThat(stopped.deletions()).isEqualTo(5);
        assertThat(stopped.most()).isEqualTo(3);
        assertThat(stopped.words("gate"))
                .contains("punchbridge.roster.confirmed-deletions=" + stopped.plan())
                .doesNotContain("Gone");
    }

    @Test
    void whoever_confirms_a_plan_confirms_it_to_its_end() {
        // Given
        manyLeavers();
        String plan = planOf(roster.compare());

        // When
        Roster.Consented consented = roster.confirm(plan);

        // Then
        assertThat(consented).isEqualTo(new Roster.Consented.Queued(5));
        for (int i = 0; i < 10; i++) {
            sender.sendDue();
            clock.forward(MINUTE);
            roster.compare();
        }
        assertThat(gateway.of(GATE)).hasSize(16);
        assertThat(gate(roster.compare()).stopped()).isNull();
    }

    @Test
    void consent_to_a_plan_does_not_cover_one_that_grew_since() {
        // Given
        manyLeavers();
        String plan = planOf(roster.compare());
        staff.has("910", "Gone 10", "Left", LONG_AGO);

        // When
        Roster.Consented consented = roster.confirm(plan);

        // Then
        assertThat(consented).isInstanceOf(Roster.Consented.Outdated.class);
        assertThat(states()).containsExactly("1 QUEUED");
    }

    @Test
    void a_plan_can_be_confirmed_in_the_configuration() {
        // Given
        manyLeavers();
        confirmed = Set.of(planOf(roster.compare()));
        restart(Mode.APPLY);

        // When
        roster.compare();

        // Then
        assertThat(store.commands().counts()).containsEntry(State.QUEUED, 6L);
    }

    @Test
    void confirming_without_apply_is_refused() {
        // Given
        manyLeavers();
        build(Mode.REPORT, 2);
        String plan = planOf(roster.compare());

        // When
        Roster.Consented consented = roster.confirm(plan);

        // Then
        assertThat(consented).isInstanceOf(Roster.Consented.Refused.class);
        assertThat(store.commands().counts().values()).containsOnly(0L);
    }

    // --- the picture

    private void arrives(String operation, String user, String content, int seconds) {
        DeviceEvent event = DeviceEvent.of(GATE.serialNumber(), operation, new UserId(user), "op-" + seconds, content);
        store.inbox()
                .store(new Arrival(
                        Source.CALLBACK, clock.instant().plusSeconds(seconds), List.of(), List.of(), List.of(event)))
                .toCompletableFuture()
                .join();
    }

    @Test
    void events_keep_the_picture_where_devices_list_no_users() {
        // Given
        gateway.mayList = false;
        someoneWorksHere();
        arrives("UserUpdated", "1", "{\"FirstName\":\"Ann\",\"LastName\":\"Kamau\",\"UserType\":\"Admin\"}", 0);
        arrives("UserUpdated", "2", "{\"FirstName\":\"Rob\",\"UserType\":\"User\",\"Template\":\"[removed]\"}", 1);
        arrives("UserUpdated", "1", "{\"Template\":\"[removed]\"}", 2);
        arrives("UserUpdated", "3", "{\"FirstName\":\"Cyd\"}", 3);
        arrives("UserDeleted", "3", "{\"UserID\":\"3\"}", 4);

        // When
        DeviceRoster gate = gate(roster.compare());

        // Then
        assertThat(gate.listed()).isFalse();
        assertThat(gate.findings()).extracting(Finding::kind).containsExactly(Finding.Kind.NAME_DIFFERS);
        assertThat(store.users().ofDevice(GATE.serialNumber()))
                .extracting(user -> user.user() + " " + user.present() + " " + user.name() + " " + user.admin())
                .containsExactly("1 true Ann Kamau true", "2 true Rob false", "3 false null null");
    }

    @Test
    void an_administrator_who_was_demoted_on_the_device_is_none_any_more() {
        // Given
        someoneWorksHere();
        arrives("UserUpdated", "1", "{\"FirstName\":\"Anne\",\"UserType\":\"Admin\"}", -2);
        arrives("UserUpdated", "1", "{\"FirstName\":\"Anne\",\"UserType\":\"User\"}", -1);
        gateway.mayList = false;

        // When
        roster.compare();

        // Then
        assertThat(command("1").order().admin()).isFalse();
    }

    @Test
    void who_became_an_administrator_after_the_plan_stays_one_when_the_name_is_changed() {
        // Given
        someoneWorksHere();
        gateway.has(GATE, "1", "Anne", "", false);
        roster.compare();
        arrives("UserUpdated", "1", "{\"UserType\":\"Admin\"}", 1);

        // When
        sender.sendDue();

        // Then
        assertThat(sentBodies()).singleElement().asString().contains("\"UserType\":\"Admin\"");
        assertThat(states()).containsExactly("1 DONE");
    }

    @Test
    void who_became_an_administrator_after_the_plan_is_not_deleted() {
        // Given
        someoneWorksHere();
        staff.has("5", "Eve Gone", "Left", LONG_AGO);
        gateway.has(GATE, "5", "Eve", "Gone", false);
        roster.compare();
        arrives("UserUpdated", "5", "{\"UserType\":\"Admin\"}", 1);

        // When
        sender.sendDue();

        // Then
        assertThat(gateway.sent).isEmpty();
        assertThat(states()).containsExactly("5 GIVEN_UP");
        assertThat(command("5").reason()).contains("administrator");
        assertThat(gate(roster.compare()).counts()).containsEntry(Finding.Kind.ADMINISTRATOR_LEFT, 1L);
    }

    @Test
    void who_was_enrolled_under_a_leavers_id_after_the_plan_is_not_deleted() {
        // Given
        someoneWorksHere();
        staff.has("5", "Eve Gone", "Left", LONG_AGO);
        gateway.has(GATE, "5", "Eve", "Gone", false);
        roster.compare();
        arrives("UserDeleted", "5", "{\"UserID\":\"5\"}", 1);
        arrives("UserUpdated", "5", "{\"Template\":\"[removed]\"}", 2);

        // When
        sender.sendDue();

        // Then
        assertThat(gateway.sent).isEmpty();
        assertThat(states()).containsExactly("5 GIVEN_UP");
        assertThat(command("5").reason()).contains("somebody else's").contains("Attendance Device ID");
        assertThat(gate(roster.compare()).counts()).containsEntry(Finding.Kind.ID_PASSED_ON, 1L);
        assertThat(states()).isEmpty();
    }

    @Test
    void an_event_that_came_while_the_plan_was_being_made_keeps_the_user_too() {
        // Given
        someoneWorksHere();
        staff.has("5", "Eve Gone", "Left", LONG_AGO);
        gateway.has(GATE, "5", "Eve", "Gone", false);
        roster.compare();
        arrives("UserUpdated", "5", "{\"FirstName\":\"Zoe\",\"LastName\":\"New\"}", 0);
        clock.forward(MINUTE);
        store.commands()
                .plan(
                        GATE.serialNumber(),
                        List.of(new UserCommands.Wish(command("5").order(), Instant.EPOCH)),
                        Instant.EPOCH);

        // When
        sender.sendDue();

        // Then
        assertThat(gateway.sent).isEmpty();
        assertThat(states()).containsExactly("5 GIVEN_UP");
    }

    @Test
    void who_was_told_to_be_gone_meanwhile_is_deleted_all_the_same() {
        // Given
        someoneWorksHere();
        staff.has("5", "Eve Gone", "Left", LONG_AGO);
        gateway.has(GATE, "5", "Eve", "Gone", false);
        roster.compare();
        arrives("UserDeleted", "5", "{\"UserID\":\"5\"}", 1);

        // When
        sender.sendDue();

        // Then
        assertThat(states()).containsExactly("5 DONE");
    }

    @Test
    void an_event_that_comes_while_employees_are_read_counts_in_the_plan() {
        // Given
        someoneWorksHere();
        staff.has("5", "Eve Gone", "Left", LONG_AGO);
        gateway.has(GATE, "5", "Eve", "Gone", false);
        staff.whenRead(() -> arrives("UserUpdated", "5", "{\"Template\":\"[removed]\"}", 1));

        // When
        DeviceRoster gate = gate(roster.compare());

        // Then
        assertThat(gate.counts()).containsEntry(Finding.Kind.ID_PASSED_ON, 1L);
        assertThat(states()).isEmpty();
    }

    @Test
    void who_is_stated_as_administrator_after_the_plan_is_not_deleted() {
        // Given
        someoneWorksHere();
        staff.has("5", "Eve Gone", "Left", LONG_AGO);
        gateway.has(GATE, "5", "Eve", "Gone", false);
        roster.compare();
        administrators = Set.of(new UserId("5"));
        build(Mode.APPLY, 2);

        // When
        sender.sendDue();

        // Then
        assertThat(gateway.sent).isEmpty();
        assertThat(states()).containsExactly("5 GIVEN_UP");
    }

    @Test
    void what_a_device_told_before_it_was_declared_is_known_when_it_is() {
        // Given
        Device later = device("later", "SN-LATER", Connection.NATIVE_PUSH);
        DeviceEvent event = DeviceEvent.of(
                later.serialNumber(), "UserUpdated", new UserId("1"), "op-1", "{\"UserType\":\"Admin\"}");
        store.inbox()
                .store(new Arrival(Source.CALLBACK, clock.instant(), List.of(), List.of(), List.of(event)))
                .toCompletableFuture()
                .join();
        roster.compare();
        Devices declared = new Devices(List.of(GATE, YARD, later));

        // When
        UserPicture picture = new UserPicture(store.users(), store.inbox(), gateway, declared, clock);

        // Then
        assertThat(picture.administers(later, new UserId("1"))).isTrue();
    }

    @Test
    void a_list_without_privileges_demotes_nobody() {
        // Given
        someoneWorksHere();
        gateway.has(GATE, "1", "Anne", "", false);
        arrives("UserUpdated", "1", "{\"FirstName\":\"Anne\",\"UserType\":\"Admin\"}", -1);

        // When
        roster.compare();

        // Then
        assertThat(command("1").order().admin()).isTrue();
    }

    @Test
    void nobody_is_added_to_a_device_that_lists_no_users_before_its_administrators_are_stated() {
        // Given
        gateway.mayList = false;
        administrators = null;
        someoneWorksHere();
        build(Mode.APPLY, 2);

        // When
        DeviceRoster gate = gate(roster.compare());

        // Then
        assertThat(gate.note()).contains("punchbridge.roster.administrators");
        assertThat(states()).isEmpty();
    }

    @Test
    void a_device_is_asked_for_its_users_once_a_day() {
        // Given
        someoneWorksHere();
        roster.compare();
        clock.forward(Duration.ofHours(23));
        roster.compare();
        int before = gateway.lists;
        clock.forward(Duration.ofHours(1));

        // When
        roster.compare();

        // Then
        assertThat(before).isEqualTo(1);
        assertThat(gateway.lists).isEqualTo(2);
    }

    // --- the schedule

    @Test
    void compares_as_often_as_configured_however_many_replicas_and_restarts() {
        // Given
        someoneWorksHere();
        jobs.compareIfDue();
        int firstRun = staff.pagesRead;
        restart(Mode.APPLY);
        clock.forward(Duration.ofMinutes(59));
        jobs.compareIfDue();
        assertThat(staff.pagesRead).isEqualTo(firstRun);
        clock.forward(MINUTE);

        // When
        jobs.compareIfDue();

        // Then
        assertThat(staff.pagesRead).isEqualTo(2 * firstRun);
    }

    @Test
    void compares_at_once_when_the_settings_have_changed() {
        // Given
        someoneWorksHere();
        jobs.compareIfDue();
        int firstRun = staff.pagesRead;
        restart(Mode.REPORT);

        // When
        jobs.compareIfDue();

        // Then
        assertThat(staff.pagesRead).isGreaterThan(firstRun);
    }

    @Test
    void tries_again_soon_when_the_employees_could_not_be_read() {
        // Given
        someoneWorksHere();
        staff.pagesUntilFailure = 0;
        jobs.compareIfDue();
        staff.pagesUntilFailure = Integer.MAX_VALUE;
        clock.forward(Duration.ofMinutes(5));

        // When
        jobs.compareIfDue();

        // Then
        assertThat(roster.latest().orElseThrow().problem()).isNull();
    }

    @Test
    void metrics_show_commands_and_differences_of_whichever_replica_compared() {
        // Given
        someoneWorksHere();
        staff.active("3", "Cyd New").active("4", "Dan New");
        roster.compare();
        restart(Mode.APPLY);
        RosterMetrics shown = new RosterMetrics(store.commands(), store.inbox(), DEVICES, metrics);
        shown.register();

        // When
        shown.read();

        // Then
        assertThat(metrics.get("punchbridge.roster.commands")
                        .tag("state", "queued")
                        .gauge()
                        .value())
                .isEqualTo(2);
        assertThat(metrics.get("punchbridge.roster.differences")
                        .tag("device", "gate")
                        .tag("kind", "missing")
                        .gauge()
                        .value())
                .isEqualTo(2);
    }
}
