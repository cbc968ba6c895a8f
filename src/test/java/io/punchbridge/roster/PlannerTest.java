package io.punchbridge.roster;

import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.frappe.Employee;
import io.punchbridge.inbox.KnownUser;
import io.punchbridge.inbox.UserCommand.Action;
import io.punchbridge.inbox.UserCommand.Order;
import io.punchbridge.punch.Connection;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.Direction;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.UserId;
import io.punchbridge.roster.Finding.Kind;
import io.punchbridge.roster.RosterSettings.Deletions;
import io.punchbridge.roster.RosterSettings.Mode;
import io.punchbridge.roster.RosterSettings.Sending;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlannerTest {
    private static final Device DEVICE =
            new Device("gate", new SerialNumber("SN1"), Connection.NATIVE_PUSH, Direction.AS_SENT, null);
    private static final ZoneId NAIROBI = ZoneId.of("Africa/Nairobi");
    private static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");
    private static final LocalDate LONG_AGO = LocalDate.of(2026, 1, 31);

    private final List<Employee> employees = new ArrayList<>();
    private final Set<String> elsewhere = new HashSet<>();
    private final List<KnownUser> users = new ArrayList<>();
    private final Set<UserId> confirmed = new HashSet<>();
    private Set<String> confirmedPlans = Set.of();
    private @Nullable Set<UserId> administrators = Set.of();
    private boolean listed = true;
    private Instant now = NOW;
    private int percent = 10;

    private void employee(String id, String name, String status, @Nullable LocalDate relieved) {
        employees.add(new Employee("E" + employees.size(), name, new UserId(id), status, relieved));
    }

    private void active(String id, String name) {
        employee(id, name, "Active", null);
    }

    private void user(String id, @Nullable String name, @Nullable Boolean admin) {
        users.add(
                new KnownUser(DEVICE.serialNumber(), new UserId(id), true, name, admin, KnownUser.Origin.DEVICE, NOW));
    }

    private void toldOf(String id, @Nullable String name, String knownAt) {
        users.add(new KnownUser(
                DEVICE.serialNumber(),
                new UserId(id),
                true,
                name,
                false,
                KnownUser.Origin.EVENT,
                Instant.parse(knownAt)));
    }

    private DeviceRoster plan() {
        RosterSettings settings = new RosterSettings(
                Mode.APPLY,
                Duration.ofHours(1),
                new Deletions(Duration.ofDays(7), percent, confirmedPlans),
                new Sending(2, 8),
                administrators,
                Map.of());
        Set<String> inScope = employees.stream().map(Employee::name).collect(Collectors.toCollection(HashSet::new));
        inScope.removeAll(elsewhere);
        return Planner.plan(
                settings, new Planner.Facts(DEVICE, listed, users, employees, inScope, confirmed, now, NAIROBI));
    }

    private static List<String> kinds(DeviceRoster roster) {
        return roster.findings().stream()
                .map(finding -> finding.user() + " " + finding.kind())
                .toList();
    }

    @Test
    void who_is_missing_is_added() {
        // Given
        active("7", "Ann Wanjiku Kamau");
        active("8", "Bob");
        user("8", "Bob", false);

        // When
        DeviceRoster roster = plan();

        // Then
        assertThat(kinds(roster)).containsExactly("7 MISSING");
        assertThat(roster.unchanged()).isEqualTo(1);
        assertThat(roster.orders())
                .containsExactly(Order.put(DEVICE.serialNumber(), new UserId("7"), "Ann", "Wanjiku Kamau", false));
    }

    @Test
    void another_name_is_changed_and_an_administrator_stays_one() {
        // Given
        active("7", "Ann Kamau");
        user("7", "Anne Kamau", true);

        // When
        DeviceRoster roster = plan();

        // Then
        assertThat(kinds(roster)).containsExactly("7 NAME_DIFFERS");
        assertThat(roster.orders())
                .containsExactly(Order.put(DEVICE.serialNumber(), new UserId("7"), "Ann", "Kamau", true));
    }

    @ParameterizedTest
    @CsvSource({
        "Ann Kamau, Ann Kamau",
        "Ann  Kamau, Ann Kamau",
        "Maximiliane Constantinopolou, Maximiliane Constantinop",
        "'Maximiliane Constantinopolou', 'Maximiliane Constantinopolou'"
    })
    void names_that_a_device_keeps_alike_are_no_difference(String employee, String onDevice) {
        // Given
        active("7", employee);
        user("7", onDevice, false);

        // When
        DeviceRoster roster = plan();

        // Then
        assertThat(roster.findings()).isEmpty();
    }

    @Test
    void a_name_that_nobody_told_is_no_difference() {
        // Given
        active("7", "Ann");
        user("7", null, false);

        // When
        DeviceRoster roster = plan();

        // Then
        assertThat(roster.findings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        // the relieving date is the last day at work; a week after its end in Nairobi (UTC+3)
        "Left,      2026-11-16, 2026-11-23T20:59:59Z, LEAVING_LATER",
        "Left,      2026-11-16, 2026-11-23T21:00:00Z, LEAVING",
        "Left,      ,           2026-11-24T08:00:00Z, UNCLEAR",
        "Inactive,  ,           2026-11-24T08:00:00Z, UNCLEAR",
        "Inactive,  2026-11-16, 2026-11-23T21:00:00Z, LEAVING",
        "Inactive,  2026-11-23, 2026-11-24T08:00:00Z, LEAVING_LATER",
        "Suspended, ,           2026-11-24T08:00:00Z, UNCLEAR",
        "Suspended, 2026-01-31, 2026-11-24T08:00:00Z, UNCLEAR",
        "Active,    2026-01-31, 2026-11-24T08:00:00Z, UNCLEAR",
        "Active,    2026-11-20, 2026-11-24T08:00:00Z, LEAVING_LATER"
    })
    void who_has_left_is_deleted_only_when_frappe_says_so_and_the_days_are_over(
            String status, @Nullable LocalDate relieved, Instant at, Kind kind) {
        // Given
        employee("7", "Ann", status, relieved);
        user("7", "Ann", false);
        now = at;

        // When
        DeviceRoster roster = plan();

        // Then
        assertThat(kinds(roster)).containsExactly("7 " + kind);
        assertThat(roster.orders()).hasSize(kind == Kind.LEAVING ? 1 : 0);
    }

    @Test
    void who_leaves_or_has_left_is_not_added() {
        // Given
        employee("1", "Ann", "Active", LONG_AGO);
        employee("2", "Bob", "Left", LONG_AGO);
        employee("3", "Cyd", "Suspended", null);
        employee("4", "Dan", "Inactive", null);

        // When
        DeviceRoster roster = plan();

        // Then
        assertThat(roster.findings()).isEmpty();
        assertThat(roster.orders()).isEmpty();
    }

    @Test
    void strangers_and_employees_of_elsewhere_are_told_and_left_alone() {
        // Given
        active("7", "Ann");
        elsewhere.add("E0");
        user("7", "Ann", false);
        user("99", "Visitor", false);

        // When
        DeviceRoster roster = plan();

        // Then
        assertThat(kinds(roster)).containsExactlyInAnyOrder("7 OUT_OF_SCOPE", "99 SURPLUS");
        assertThat(roster.orders()).isEmpty();
    }

    @Test
    void an_administrator_who_has_left_is_told_and_left_alone() {
        // Given
        employee("7", "Ann", "Left", LONG_AGO);
        user("7", "Ann", true);
        employee("8", "Bob", "Left", LONG_AGO);
        user("8", "Bob", false);
        administrators = Set.of(new UserId("8"));

        // When
        DeviceRoster roster = plan();

        // Then
        assertThat(kinds(roster)).containsExactly("7 ADMINISTRATOR_LEFT", "8 ADMINISTRATOR_LEFT");
        assertThat(roster.orders()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"007, 7", "7, 007", "ab1, AB1", "0, 00"})
    void ids_that_differ_by_zeros_or_case_are_told_and_nothing_is_done(String inFrappe, String onDevice) {
        // Given
        active(inFrappe, "Ann");
        user(onDevice, "Ann", false);

        // When
        DeviceRoster roster = plan();

        // Then
        assertThat(kinds(roster)).containsExactly(onDevice + " ID_DIFFERS");
        assertThat(roster.orders()).isEmpty();
    }

    @Test
    void a_leaver_is_not_deleted_where_the_id_may_be_somebody_elses() {
        // Given
        employee("7", "Ann", "Left", LONG_AGO);
        active("007", "Bob");
        user("7", "Bob", false);

        // When
        DeviceRoster roster = plan();

        // Then
        assertThat(kinds(roster)).containsExactly("7 ID_DIFFERS");
        assertThat(roster.orders()).isEmpty();
    }

    @Test
    void who_got_a_leavers_id_is_not_deleted_before_hr_has_entered_them() {
        // Given
        employee("12", "John Old", "Left", LONG_AGO);
        user("12", "Jane New", false);

        // When
        DeviceRoster roster = plan();

        // Then
        assertThat(roster.findings())
                .containsExactly(new Finding(Kind.ID_PASSED_ON, new UserId("12"), "E0", null, "Jane New"));
        assertThat(roster.orders()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        // the last day is over in Nairobi (UTC+3)
        "2026-01-31T21:00:00Z, , ID_PASSED_ON",
        "2026-11-24T07:00:00Z, John Old, ID_PASSED_ON",
        "2026-01-31T20:59:59Z, , LEAVING",
        "2026-01-31T20:59:59Z, John Old, LEAVING",
        "2026-01-31T20:59:59Z, Jane New, ID_PASSED_ON"
    })
    void whom_the_device_told_of_after_the_leavers_last_day_may_be_another(
            String knownAt, @Nullable String name, Kind kind) {
        // Given
        employee("12", "John Old", "Left", LONG_AGO);
        toldOf("12", name, knownAt);

        // When
        DeviceRoster roster = plan();

        // Then
        assertThat(kinds(roster)).containsExactly("12 " + kind);
        assertThat(roster.orders()).hasSize(kind == Kind.LEAVING ? 1 : 0);
    }

    @Test
    void a_list_of_after_the_last_day_is_no_news_of_the_user() {
        // Given
        employee("12", "John Old", "Left", LONG_AGO);
        user("12", null, false);

        // When
        DeviceRoster roster = plan();

        // Then
        assertThat(kinds(roster)).containsExactly("12 LEAVING");
    }

    @Test
    void an_id_that_several_employees_have_is_left_alone() {
        // Given
        employee("7", "Ann", "Left", LONG_AGO);
        active("7", "Bob");
        user("7", "Bob", false);

        // When
        DeviceRoster roster = plan();

        // Then
        assertThat(kinds(roster)).containsExactly("7 UNCLEAR");
        assertThat(roster.orders()).isEmpty();
    }

    @Test
    void the_word_for_everybody_is_never_deleted() {
        // Given
        employee("All", "Ann", "Left", LONG_AGO);
        user("All", "Ann", false);

        // When
        DeviceRoster roster = plan();

        // Then
        assertThat(kinds(roster)).containsExactly("All UNCLEAR");
        assertThat(roster.orders()).isEmpty();
    }

    @Test
    void nobody_is_added_to_a_device_whose_administrators_nobody_knows() {
        // Given
        active("7", "Ann");
        listed = false;
        administrators = null;

        // When
        DeviceRoster roster = plan();

        // Then
        assertThat(kinds(roster)).containsExactly("7 MISSING");
        assertThat(roster.orders()).isEmpty();
        assertThat(roster.note()).contains("punchbridge.roster.administrators");
    }

    @Test
    void whose_privilege_nobody_told_keeps_the_name_until_the_administrators_are_stated() {
        // Given
        active("7", "Ann");
        user("7", "Anne", null);
        active("8", "Bob");
        user("8", "Rob", false);
        active("9", "Cyd");
        administrators = null;

        // When
        DeviceRoster roster = plan();

        // Then
        assertThat(kinds(roster)).containsExactly("7 NAME_DIFFERS", "8 NAME_DIFFERS", "9 MISSING");
        assertThat(roster.orders()).extracting(order -> order.user().value()).containsExactly("8", "9");
        assertThat(roster.note()).contains("punchbridge.roster.administrators");
        administrators = Set.of();
        assertThat(plan().orders()).hasSize(3);
    }

    @Test
    void who_vanished_from_the_device_is_put_back_as_the_administrator_they_were() {
        // Given
        active("7", "Ann");
        users.add(
                new KnownUser(DEVICE.serialNumber(), new UserId("7"), false, null, true, KnownUser.Origin.DEVICE, NOW));

        // When
        DeviceRoster roster = plan();

        // Then
        assertThat(roster.orders()).extracting(Order::admin).containsExactly(true);
    }

    private void leavers(int leavers, int others) {
        IntStream.range(0, leavers).forEach(i -> {
            employee("L" + i, "Leaver " + i, "Left", LONG_AGO);
            user("L" + i, "Leaver " + i, false);
        });
        IntStream.range(0, others).forEach(i -> {
            active("A" + i, "Active " + i);
            user("A" + i, "Active " + i, false);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "10, 90, 10%, true",
        "11, 89, 10%, false",
        "3,   7, 10%, true",
        "4,   6, 10%, false",
        "2,   2, 10%, true",
        "3,   1, 10%, false",
        "1,   0, 10%, true",
        "1,  99,  0%, false",
        "50, 50, 50%, true"
    })
    void beyond_the_share_nobody_is_deleted(int leavers, int others, String share, boolean goes) {
        // Given
        leavers(leavers, others);
        active("new", "New");
        percent = Integer.parseInt(share.replace("%", ""));

        // When
        DeviceRoster roster = plan();

        // Then
        assertThat(roster.orders().stream().filter(order -> order.action() == Action.DELETE))
                .hasSize(goes ? leavers : 0);
        assertThat(roster.orders().stream().filter(order -> order.action() == Action.PUT))
                .hasSize(1);
        assertThat(roster.stopped() == null).isEqualTo(goes);
    }

    private String stoppedPlan(DeviceRoster roster) {
        DeviceRoster.Stopped stopped = roster.stopped();
        assertThat(stopped).isNotNull();
        return java.util.Objects.requireNonNull(stopped).plan();
    }

    @Test
    void a_confirmed_plan_goes_and_stays_agreed_while_it_shrinks() {
        // Given
        leavers(30, 70);
        confirmedPlans = Set.of(stoppedPlan(plan()));
        DeviceRoster whole = plan();
        whole.orders().forEach(order -> confirmed.add(order.user()));
        users.removeIf(user -> user.user().value().equals("L0"));
        confirmedPlans = Set.of();

        // When
        DeviceRoster rest = plan();

        // Then
        assertThat(whole.orders()).hasSize(30).allMatch(Order::confirmed);
        assertThat(rest.stopped()).isNull();
        assertThat(rest.orders()).hasSize(29).allMatch(Order::confirmed);
    }

    @Test
    void a_bigger_plan_is_not_confirmed_by_the_consent_to_a_smaller_one() {
        // Given
        leavers(30, 70);
        confirmedPlans = Set.of(stoppedPlan(plan()));
        employee("one-more", "Zoe", "Left", LONG_AGO);
        user("one-more", "Zoe", false);

        // When
        DeviceRoster roster = plan();

        // Then
        assertThat(roster.orders()).isEmpty();
        assertThat(stoppedPlan(roster)).isNotIn(confirmedPlans);
    }

    @Test
    void no_plan_ever_deletes_an_active_employee_a_stranger_or_a_new_one_or_demotes_an_administrator() {
        // Given
        Random random = new Random(20261124);
        List<String> ids = List.of("1", "01", "2", "3", "A1", "a1", "all", "9", "10", "0010");
        List<String> statuses = List.of("Active", "Left", "Inactive", "Suspended", "");
        List<DeviceRoster> plans = new ArrayList<>();
        List<String> broken = new ArrayList<>();

        for (int round = 0; round < 20_000; round++) {
            employees.clear();
            users.clear();
            elsewhere.clear();
            for (int i = random.nextInt(6); i > 0; i--) {
                LocalDate relieved = random.nextBoolean() ? null : LONG_AGO.plusDays(random.nextInt(400));
                employee(pick(ids, random), "Name " + random.nextInt(3), pick(statuses, random), relieved);
                if (random.nextInt(4) == 0) {
                    elsewhere.add("E" + (employees.size() - 1));
                }
            }
            for (String id : ids) {
                if (random.nextInt(3) == 0) {
                    users.add(new KnownUser(
                            DEVICE.serialNumber(),
                            new UserId(id),
                            random.nextInt(4) > 0,
                            random.nextInt(4) == 0 ? null : "Name " + random.nextInt(3),
                            random.nextInt(3) == 0 ? null : Boolean.valueOf(random.nextBoolean()),
                            random.nextBoolean() ? KnownUser.Origin.EVENT : KnownUser.Origin.DEVICE,
                            LONG_AGO.plusDays(random.nextInt(290))
                                    .atStartOfDay(NAIROBI)
                                    .toInstant()));
                }
            }
            listed = random.nextBoolean();
            administrators = random.nextBoolean() ? null : Set.of(new UserId(pick(ids, random)));
            percent = random.nextBoolean() ? 10 : 100;

            // When
            DeviceRoster plan = plan();

            plans.add(plan);
            plan.orders().stream().filter(this::breaksAPromise).forEach(order -> broken.add(order.toString()));
        }

        // Then
        assertThat(broken).isEmpty();
        assertThat(plans.stream().flatMap(plan -> plan.orders().stream()))
                .extracting(Order::action)
                .contains(Action.PUT, Action.DELETE);
    }

    private static <T> T pick(List<T> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }

    private boolean breaksAPromise(Order order) {
        List<Employee> holders = employees.stream()
                .filter(employee -> employee.userId().equals(order.user()))
                .toList();
        boolean administers = (administrators != null && administrators.contains(order.user()))
                || users.stream()
                        .anyMatch(user -> user.user().equals(order.user()) && Boolean.TRUE.equals(user.admin()));
        if (order.action() == Action.PUT) {
            boolean mayAdminister = administrators == null
                    && users.stream()
                            .anyMatch(
                                    user -> user.user().equals(order.user()) && user.present() && user.admin() == null);
            return mayAdminister
                    || (administers && !order.admin())
                    || holders.stream().noneMatch(employee -> employee.status().equals("Active"));
        }
        boolean another = users.stream()
                .filter(user -> user.user().equals(order.user()))
                .anyMatch(user -> holders.stream().anyMatch(holder -> isAnother(user, holder)));
        return administers
                || another
                || holders.isEmpty()
                || holders.stream().anyMatch(employee -> employee.status().equals("Active"))
                || order.user().value().equalsIgnoreCase("all");
    }

    private static boolean isAnother(KnownUser user, Employee holder) {
        LocalDate last = holder.relievingDate();
        boolean told = last != null
                && user.origin() == KnownUser.Origin.EVENT
                && !user.knownAt()
                        .isBefore(last.plusDays(1).atStartOfDay(NAIROBI).toInstant());
        return told || (user.name() != null && !user.name().equals(holder.employeeName()));
    }
}
