package io.punchbridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.frappe.Checkin;
import io.punchbridge.frappe.CheckinFields;
import io.punchbridge.frappe.CheckinRow;
import io.punchbridge.frappe.Employee;
import io.punchbridge.frappe.FrappeFailure.Kind;
import io.punchbridge.inbox.Attempted;
import io.punchbridge.inbox.DeliveryAttempt.Outcome;
import io.punchbridge.inbox.Settlement;
import io.punchbridge.inbox.WaitingPunch;
import io.punchbridge.punch.LogType;
import io.punchbridge.punch.Punch;
import io.punchbridge.punch.PunchDetails;
import io.punchbridge.punch.PunchState;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.Source;
import io.punchbridge.punch.UserId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is done about a punch of which nobody knows whether Frappe has it, and about refusals. */
class CourierTest {
    private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");
    private static final Duration QUIET = Duration.ofSeconds(125);

    private final ScriptedSite site = new ScriptedSite();
    private final Clock clock = Clock.fixed(NOON, ZoneOffset.UTC);
    private boolean stillOurs = true;
    private final EchoCheck echoCheck = new EchoCheck(
            site,
            new Gate(
                    new DeliverySettings(
                            200,
                            Duration.ofSeconds(1),
                            Duration.ofMinutes(1),
                            Duration.ofMinutes(1),
                            QUIET,
                            Duration.ofMinutes(1),
                            Duration.ofSeconds(59)),
                    clock,
                    RandomGenerator.getDefault()),
            keys -> stillOurs,
            clock);
    private final List<Parcel> mayGo = new ArrayList<>();

    // --- doubt

    @Test
    void a_punch_in_doubt_that_stands_in_frappe_is_not_sent_again() {
        // Given
        Parcel parcel = parcel(1, NOON.minus(QUIET));
        Settlements settlements = settlements(List.of(parcel));
        site.keep(parcel.checkin());

        // When
        Optional<Obstacle> obstacle = doubts(settlements).settle(List.of(parcel), mayGo);

        // Then
        assertThat(obstacle).isEmpty();
        assertThat(mayGo).isEmpty();
        assertThat(settlements.all(NOON))
                .containsExactly(Settlement.delivered(parcel.keys().get(0), "HR-EMP-00001", "CKIN-1"));
    }

    @Test
    void a_punch_in_doubt_that_is_not_there_waits_for_the_quiet_time() {
        // Given
        Instant since = NOON.minus(QUIET).plusMillis(1);
        Parcel parcel = parcel(1, since);
        Settlements settlements = settlements(List.of(parcel));

        // When
        Optional<Obstacle> obstacle = doubts(settlements).settle(List.of(parcel), mayGo);

        // Then
        assertThat(obstacle).isEmpty();
        assertThat(mayGo).isEmpty();
        assertThat(settlements.all(NOON))
                .containsExactly(Settlement.inDoubt(parcel.keys().get(0), since, since.plus(QUIET)));
    }

    @Test
    void after_the_quiet_time_a_punch_that_is_not_there_may_go() {
        // Given
        Parcel parcel = parcel(1, NOON.minus(QUIET));

        // When
        Optional<Obstacle> obstacle = doubts(settlements(List.of(parcel))).settle(List.of(parcel), mayGo);

        // Then
        assertThat(obstacle).isEmpty();
        assertThat(mayGo).containsExactly(parcel);
        assertThat(site.asked()).containsExactly("lookUp");
    }

    @Test
    void a_doubt_of_before_our_clock_was_set_back_lasts_one_quiet_time_from_now() {
        // Given
        Parcel parcel = parcel(1, NOON.plus(Duration.ofHours(3)));
        Settlements settlements = settlements(List.of(parcel));

        // When
        Optional<Obstacle> obstacle = doubts(settlements).settle(List.of(parcel), mayGo);

        // Then
        assertThat(obstacle).isEmpty();
        assertThat(settlements.all(NOON))
                .containsExactly(Settlement.inDoubt(parcel.keys().get(0), NOON, NOON.plus(QUIET)));
    }

    @Test
    void a_lost_answer_leaves_what_is_not_there_in_doubt() {
        // Given
        Parcel parcel = parcel(1, null);
        Settlements settlements = settlements(List.of(parcel));
        site.failsWrites(Kind.UNCERTAIN);

        // When
        Optional<Obstacle> obstacle = courier(settlements).send(List.of(parcel));

        // Then
        assertThat(obstacle).isPresent();
        assertThat(settlements.all(NOON))
                .containsExactly(Settlement.inDoubt(parcel.keys().get(0), NOON, NOON.plus(QUIET)));
    }

    @Test
    void a_batch_that_can_not_be_read_back_is_in_doubt() {
        // Given
        List<Parcel> parcels = List.of(parcel(1, null), parcel(2, null));
        Settlements settlements = settlements(parcels);
        site.failsReadsByName();

        // When
        Optional<Obstacle> obstacle = courier(settlements).send(parcels);

        // Then
        assertThat(obstacle).isPresent();
        assertThat(settlements.all(NOON))
                .hasSize(2)
                .allSatisfy(settlement -> assertThat(settlement.inDoubtSince()).isEqualTo(NOON));
    }

    @Test
    void what_frappe_calls_there_already_and_does_not_show_is_rejected() {
        // Given
        Parcel parcel = parcel(1, null);
        Settlements settlements = settlements(List.of(parcel));
        site.failsWrites(Kind.ALREADY_THERE).hidesItsRows();

        // When
        Optional<Obstacle> obstacle = courier(settlements).send(List.of(parcel));

        // Then
        assertThat(obstacle).isEmpty();
        assertThat(settlements.all(NOON)).extracting(Settlement::state).containsExactly(PunchState.REJECTED);
        assertThat(settlements.attempts(NOON)).extracting(Attempted::outcome).containsExactly(Outcome.ALREADY_THERE);
    }

    @Test
    void where_the_first_stands_there_the_others_are_looked_up_at_once() {
        // Given
        List<Parcel> parcels =
                IntStream.rangeClosed(1, 50).mapToObj(i -> parcel(i, null)).toList();
        Settlements settlements = settlements(parcels);
        parcels.forEach(parcel -> site.keep(parcel.checkin()));
        site.failsWrites(Kind.ALREADY_THERE);

        // When
        Optional<Obstacle> obstacle = courier(settlements).sendCanary(parcels, new ArrayList<>());

        // Then
        assertThat(obstacle).isEmpty();
        assertThat(settlements.all(NOON))
                .filteredOn(settlement -> settlement.state() == PunchState.DELIVERED)
                .hasSize(50);
        assertThat(site.asked()).containsExactly("insert", "lookUp", "lookUp");
    }

    // --- keys

    @Test
    void what_stands_there_under_another_time_is_found_by_its_key() {
        // Given
        Parcel parcel = keyed(parcel(1, null));
        Settlements settlements = settlements(List.of(parcel));
        site.failsWrites(Kind.ALREADY_THERE).keep(parcel.keys().get(0), changed(parcel, "HR-EMP-00001", "head-office"));

        // When
        Optional<Obstacle> obstacle = courier(settlements).send(List.of(parcel));

        // Then
        assertThat(obstacle).isEmpty();
        assertThat(settlements.all(NOON))
                .containsExactly(Settlement.delivered(parcel.keys().get(0), "HR-EMP-00001", "CHANGED"));
        assertThat(site.asked()).containsExactly("insert", "lookUp", "checkinsWith");
    }

    @Test
    void what_stands_at_another_employee_is_no_delivery_to_this_one() {
        // Given
        Parcel parcel = keyed(parcel(1, NOON.minus(QUIET)));
        Settlements settlements = settlements(List.of(parcel));
        site.keep(parcel.keys().get(0), changed(parcel, "HR-EMP-00777", "head-office"));

        // When
        Optional<Obstacle> obstacle = doubts(settlements).settle(List.of(parcel), mayGo);

        // Then
        assertThat(obstacle).isEmpty();
        assertThat(mayGo).isEmpty();
        assertThat(settlements.all(NOON)).singleElement().satisfies(settlement -> {
            assertThat(settlement.state()).isEqualTo(PunchState.REJECTED);
            assertThat(settlement.reason())
                    .contains("CHANGED stands at another employee", "then replay")
                    .doesNotContain("HR-EMP");
            assertThat(settlement.checkin()).isNull();
            assertThat(settlement.employee()).isNull();
        });
        assertThat(site.removed()).isEmpty();
    }

    @Test
    void a_batch_whose_rows_stand_under_other_times_is_settled_by_one_look() {
        // Given
        List<Parcel> parcels = IntStream.rangeClosed(1, 50)
                .mapToObj(i -> keyed(parcel(i, null)))
                .toList();
        Settlements settlements = settlements(parcels);
        site.failsWrites(Kind.ALREADY_THERE);
        parcels.forEach(parcel -> site.keep(
                parcel.keys().get(0), changed(parcel, parcel.employee().name(), "head-office")));

        // When
        Optional<Obstacle> obstacle = courier(settlements).send(parcels);

        // Then
        assertThat(obstacle).isEmpty();
        assertThat(settlements.all(NOON))
                .hasSize(50)
                .allSatisfy(settlement -> assertThat(settlement.state()).isEqualTo(PunchState.DELIVERED));
        assertThat(site.asked()).containsExactly("insertMany", "lookUp", "checkinsWith");
    }

    @Test
    void a_row_of_ours_that_lost_its_time_is_no_delivery_though_it_bears_the_key() {
        // Given
        Parcel parcel = keyed(parcel(1, NOON.minus(QUIET)));
        Settlements settlements = settlements(List.of(parcel));
        LocalDateTime inserted = parcel.checkin().time().plusHours(2);
        site.keep(
                parcel.keys().get(0),
                new CheckinRow(
                        "LOST", "HR-EMP-00001", "Test", inserted, LogType.IN, "head-office", inserted.plusSeconds(1)));

        // When
        Optional<Obstacle> obstacle = doubts(settlements).settle(List.of(parcel), mayGo);

        // Then
        assertThat(obstacle).containsInstanceOf(Obstacle.SetUp.class);
        assertThat(site.removed()).containsExactly("LOST");
        assertThat(settlements.all(NOON))
                .containsExactly(Settlement.again(parcel.keys().get(0), null));
    }

    @Test
    void after_a_lost_answer_a_row_that_lost_its_time_is_taken_back_at_once() {
        // Given
        Parcel lost = keyed(parcel(1, null));
        Parcel missing = keyed(parcel(2, null));
        Settlements settlements = settlements(List.of(lost, missing));
        LocalDateTime inserted = lost.checkin().time().plusHours(2);
        site.failsWrites(Kind.UNCERTAIN)
                .keep(
                        lost.keys().get(0),
                        new CheckinRow("LOST", "HR-EMP-00001", "Test", inserted, LogType.IN, "head-office", inserted));

        // When
        Optional<Obstacle> obstacle = courier(settlements).send(List.of(lost, missing));

        // Then
        assertThat(obstacle).containsInstanceOf(Obstacle.SetUp.class);
        assertThat(site.removed()).containsExactly("LOST");
        assertThat(settlements.all(NOON))
                .containsExactlyInAnyOrder(
                        Settlement.again(lost.keys().get(0), null),
                        Settlement.inDoubt(missing.keys().get(0), NOON, NOON.plus(QUIET)));
    }

    @Test
    void a_check_in_without_a_key_is_not_looked_for_by_it() {
        // Given
        Parcel parcel = parcel(1, NOON.minus(QUIET));
        site.keep(parcel.keys().get(0), changed(parcel, "HR-EMP-00001", "head-office"));

        // When
        Optional<Obstacle> obstacle = doubts(settlements(List.of(parcel))).settle(List.of(parcel), mayGo);

        // Then
        assertThat(obstacle).isEmpty();
        assertThat(mayGo).containsExactly(parcel);
        assertThat(site.asked()).containsExactly("lookUp");
    }

    @Test
    void an_orphan_is_no_delivery_though_it_holds_all_that_was_sent() {
        // Given
        Parcel parcel = parcel(1, NOON.minus(QUIET));
        Settlements settlements = settlements(List.of(parcel));
        site.orphan(parcel.checkin());

        // When
        Optional<Obstacle> obstacle = doubts(settlements).settle(List.of(parcel), mayGo);

        // Then
        assertThat(obstacle).containsInstanceOf(Obstacle.SetUp.class);
        assertThat(site.removed()).hasSize(1);
        assertThat(settlements.all(NOON))
                .containsExactly(Settlement.again(parcel.keys().get(0), null));
    }

    // --- rows that can't be taken back at once

    private static CheckinRow lostItsTime(Parcel parcel) {
        LocalDateTime inserted = parcel.checkin().time().plusHours(2);
        return new CheckinRow("LOST", "HR-EMP-00001", "Test", inserted, LogType.IN, "head-office", inserted);
    }

    private void leaveBehind(Parcel parcel, Settlements settlements) {
        site.removes(false).keep(parcel.keys().get(0), lostItsTime(parcel));
        doubts(settlements).settle(List.of(parcel), mayGo);
        site.removes(true);
    }

    @Test
    void a_punch_whose_wrong_row_still_stands_stays_claimed_until_the_row_is_gone() {
        // Given
        Parcel parcel = keyed(parcel(1, NOON.minus(QUIET)));
        Settlements settlements = settlements(List.of(parcel));
        leaveBehind(parcel, settlements);

        // When
        Optional<Obstacle> obstacle = echoCheck.removeLeftBehind();

        // Then
        assertThat(settlements.all(NOON)).isEmpty();
        assertThat(obstacle).isEmpty();
        assertThat(site.removed()).containsExactly("LOST");
        assertThat(echoCheck.takeFreed()).containsExactly(parcel);
        assertThat(echoCheck.takeFreed()).isEmpty();
    }

    @Test
    void a_row_is_not_removed_once_another_replica_may_have_counted_it() {
        // Given
        Parcel parcel = keyed(parcel(1, NOON.minus(QUIET)));
        leaveBehind(parcel, settlements(List.of(parcel)));
        stillOurs = false;

        // When
        Optional<Obstacle> obstacle = echoCheck.removeLeftBehind();

        // Then
        assertThat(obstacle).isEmpty();
        assertThat(site.removed()).isEmpty();
        assertThat(echoCheck.takeFreed()).isEmpty();
    }

    @Test
    void a_row_that_nobody_can_take_for_the_punch_is_removed_however_late() {
        // Given
        Parcel parcel = parcel(1, null);
        site.removes(false).losesTimes();
        courier(settlements(List.of(parcel))).send(List.of(parcel));
        site.removes(true);
        stillOurs = false;

        // When
        Optional<Obstacle> obstacle = echoCheck.removeLeftBehind();

        // Then
        assertThat(obstacle).isEmpty();
        assertThat(site.removed()).containsExactly("CKIN-1");
        assertThat(echoCheck.takeFreed()).isEmpty();
    }

    private static Parcel keyed(Parcel parcel) {
        Checkin.Extras extras = Checkin.Extras.NONE.withKey(parcel.keys().get(0));
        return new Parcel(parcel.checkin().with(extras), parcel.employee(), parcel.punches());
    }

    /** As a person left it: another time, far from that of its insert. */
    private static CheckinRow changed(Parcel parcel, String employee, String device) {
        LocalDateTime time = parcel.checkin().time();
        return new CheckinRow(
                "CHANGED", employee, employee + " Test", time.plusMinutes(7), LogType.OUT, device, time.plusHours(1));
    }

    // --- refusals

    @Test
    void what_is_refused_to_one_employee_alone_is_no_fault_of_the_site() {
        // Given
        List<Parcel> parcels = IntStream.range(0, 12)
                .mapToObj(i -> parcel(1, NOON.plusSeconds(i), null))
                .toList();
        Settlements settlements = settlements(parcels);
        site.failsWrites(Kind.REFUSED);
        Courier courier = courier(settlements);

        // When
        Optional<Obstacle> obstacle = courier.send(parcels);

        // Then
        assertThat(obstacle.or(courier::everythingRefusedAlike)).isEmpty();
        courier.settleRefused(NOON);
        assertThat(settlements.all(NOON))
                .hasSize(12)
                .allSatisfy(settlement -> assertThat(settlement.state()).isEqualTo(PunchState.REJECTED));
    }

    @Test
    void what_is_refused_to_all_alike_is_asked_again_later_than_others() {
        // Given
        List<Parcel> parcels =
                IntStream.rangeClosed(1, 12).mapToObj(i -> parcel(i, null)).toList();
        Settlements settlements = settlements(parcels);
        site.failsWrites(Kind.REFUSED);
        Courier courier = courier(settlements);
        assertThat(courier.send(parcels)).isEmpty();
        assertThat(courier.everythingRefusedAlike()).isPresent();
        Instant later = NOON.plusSeconds(600);

        // When
        courier.settleRefused(later);

        // Then
        assertThat(settlements.all(NOON)).hasSize(12).allSatisfy(settlement -> {
            assertThat(settlement.state()).isEqualTo(PunchState.PENDING);
            assertThat(settlement.notBefore()).isEqualTo(later);
            assertThat(settlement.inDoubtSince()).isNull();
        });
    }

    // ---

    private Courier courier(Settlements settlements) {
        return new Courier(
                site, standing(settlements), echoCheck, settlements, QUIET, SendingTime.startingNow(clock), clock);
    }

    private Doubts doubts(Settlements settlements) {
        return new Doubts(standing(settlements), settlements, QUIET, clock);
    }

    private Standing standing(Settlements settlements) {
        return new Standing(site, new CheckinFields(site, clock), echoCheck, settlements, clock);
    }

    private static Settlements settlements(List<Parcel> parcels) {
        return new Settlements(
                parcels.stream().flatMap(parcel -> parcel.punches().stream()).toList());
    }

    private static Parcel parcel(int user, @Nullable Instant inDoubtSince) {
        return parcel(user, NOON.minusSeconds(3600), inDoubtSince);
    }

    private static Parcel parcel(int user, Instant at, @Nullable Instant inDoubtSince) {
        String employee = "HR-EMP-%05d".formatted(user);
        UserId userId = new UserId(Integer.toString(user));
        Punch punch = Punch.of(new SerialNumber("SN"), userId, at, "CheckIn", PunchDetails.NONE);
        return new Parcel(
                new Checkin(employee, LocalDateTime.ofInstant(at, ZoneOffset.UTC), LogType.IN, "head-office", false),
                new Employee(employee, employee + " Test", userId, "Active", null),
                List.of(new WaitingPunch(punch, Source.CALLBACK, at, inDoubtSince, null)));
    }
}
