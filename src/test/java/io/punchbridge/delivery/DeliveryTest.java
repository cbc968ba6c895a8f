package io.punchbridge.delivery;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.punchbridge.inbox.Inbox;
import io.punchbridge.inbox.StoredPunch;
import io.punchbridge.punch.Arrival;
import io.punchbridge.punch.Punch;
import io.punchbridge.punch.PunchDetails;
import io.punchbridge.punch.PunchState;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.Source;
import io.punchbridge.punch.UserId;
import io.punchbridge.sandbox.Fault;
import io.punchbridge.sandbox.RecordedRequest;
import io.punchbridge.sandbox.SimulatedCheckin;
import io.punchbridge.sandbox.SimulatedFrappe;
import io.punchbridge.testing.SteppableClock;
import io.punchbridge.testing.TestSettings;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The promise: whatever Frappe does, each acknowledged punch becomes exactly one check-in, or says why it is none. */
@QuarkusTest
class DeliveryTest {
    private static final ZoneId NAIROBI = ZoneId.of("Africa/Nairobi");
    private static final SerialNumber HEAD_OFFICE = new SerialNumber(TestSettings.SERIAL_NUMBER);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final AtomicInteger MINUTES = new AtomicInteger();

    @Inject
    SimulatedFrappe frappe;

    @Inject
    Inbox inbox;

    @Inject
    Delivery delivery;

    @Inject
    SteppableClock clock;

    private final List<Punch> sent = new ArrayList<>();
    private int requestsBefore;
    private int checkinsBefore;

    @BeforeEach
    void everythingIsWell() {
        mend();
        proveTheWay();
        requestsBefore = frappe.requests().size();
        checkinsBefore = frappe.checkinCount();
    }

    @AfterEach
    void mend() {
        frappe.faults().clear();
        frappe.acceptConnections();
        frappe.geolocationRequired(false);
        frappe.apiUser()
                .mayCreate(true)
                .mayRead(true)
                .mayWrite(true)
                .mayDelete(true)
                .mayWriteTime(true)
                .timeZone(null);
        clock.setRight();
        delivery.resume();
    }

    // --- the good days

    @Test
    void a_lone_punch_goes_alone_and_is_proved_by_its_echo() {
        // When
        Punch punch = punch("3", nextMinute());
        store(punch);

        // Then
        eventually(() -> assertThat(state(punch)).isEqualTo(PunchState.DELIVERED));
        assertThat(paths()).containsExactly("/api/resource/Employee Checkin");
        assertDeliveredOnce();
    }

    @Test
    void many_go_in_batches_and_are_proved_by_reading_them_back() {
        // When
        storeOneEach(450);

        // Then
        eventuallyAllDelivered();
        assertThat(requestsTo("insert_many")).hasSizeBetween(2, 4);
        assertDeliveredOnce();
    }

    @Test
    void after_a_start_one_punch_goes_first_and_the_others_follow_its_echo() {
        // Given
        delivery.resume();

        // When
        storeOneEach(20);

        // Then
        eventuallyAllDelivered();
        assertThat(frappe.requests().subList(requestsBefore, frappe.requests().size()))
                .extracting(RecordedRequest::path)
                .filteredOn(path -> path.contains("Checkin") || path.contains("insert_many"))
                .startsWith("/api/resource/Employee Checkin")
                .filteredOn(path -> path.contains("insert_many"))
                .hasSize(1);
        assertDeliveredOnce();
    }

    @Test
    void a_punch_keeps_all_that_frappe_needs() {
        // Given
        Instant at = LocalDateTime.of(2026, 3, 2, 7, 48, 22).atZone(NAIROBI).toInstant();
        Punch out = Punch.of(HEAD_OFFICE, new UserId("5"), at, "OverTimeOut", PunchDetails.NONE);

        // When
        store(out);

        // Then
        eventuallyAllDelivered();
        SimulatedCheckin checkin = checkin(out);
        assertThat(checkin.employee()).isEqualTo("HR-EMP-00005");
        assertThat(checkin.time()).isEqualTo(LocalDateTime.of(2026, 3, 2, 7, 48, 22));
        assertThat(checkin.logType()).isEqualTo("OUT");
        assertThat(checkin.deviceId()).isEqualTo("head-office");
        assertThat(checkin.skipAutoAttendance()).isFalse();
    }

    @Test
    void a_meal_goes_in_without_effect_on_attendance() {
        // Given
        Punch meal = Punch.of(HEAD_OFFICE, new UserId("6"), nextMinute(), "MealIn", PunchDetails.NONE);

        // When
        store(meal);

        // Then
        eventuallyAllDelivered();
        assertThat(checkin(meal).skipAutoAttendance()).isTrue();
    }

    @Test
    void the_devices_direction_overrides_what_was_sent() {
        // Given
        Instant at = nextMinute();
        Punch none = Punch.of(new SerialNumber("SN-GATE"), new UserId("7"), at, "CheckIn", PunchDetails.NONE);
        Punch in = Punch.of(new SerialNumber("SN-ENTRANCE"), new UserId("7"), at, "CheckOut", PunchDetails.NONE);

        // When
        store(none, in);

        // Then
        eventuallyAllDelivered();
        assertThat(checkin(none).logType()).isEmpty();
        assertThat(checkin(in).logType()).isEqualTo("IN");
        assertThat(checkin(in).deviceId()).isEqualTo("entrance");
    }

    @Test
    void two_punches_that_frappe_can_not_tell_apart_share_one_check_in() {
        // Given
        Instant at = nextMinute();
        Punch one = Punch.of(HEAD_OFFICE, new UserId("8"), at, "CheckIn", PunchDetails.NONE);
        Punch other = Punch.of(new SerialNumber("SN-ENTRANCE"), new UserId("8"), at, "CheckIn", PunchDetails.NONE);

        // When
        store(one, other);

        // Then
        eventuallyAllDelivered();
        assertThat(stored(one).checkin()).isEqualTo(stored(other).checkin());
        assertThat(frappe.checkinCount()).isEqualTo(checkinsBefore + 1);
    }

    // --- who it is for

    @Test
    void an_unknown_user_is_held_until_the_directory_shows_one() {
        // Given
        Punch punch = punch("0990", nextMinute());
        store(punch);
        eventually(() -> assertThat(state(punch)).isEqualTo(PunchState.HELD));

        // When
        frappe.addEmployee("HR-EMP-00990", "Emp990 Test", "0990");

        // Then
        eventuallyAllDelivered();
        assertThat(checkin(punch).employee()).isEqualTo("HR-EMP-00990");
    }

    @Test
    void leading_zeros_matter() {
        // When
        Punch punch = punch("003", nextMinute());
        store(punch);

        // Then
        eventually(() -> assertThat(state(punch)).isEqualTo(PunchState.HELD));
        assertThat(stored(punch).reason()).contains("No employee has this attendance device id");
    }

    @Test
    void one_who_left_is_served_up_to_the_relieving_date() {
        // Given
        frappe.addEmployee("HR-EMP-00991", "Emp991 Test", "991");
        frappe.changeStatus("HR-EMP-00991", "Left", LocalDate.of(2026, 6, 30));
        Punch lastDay = punch(
                "991", LocalDateTime.of(2026, 6, 30, 23, 59, 59).atZone(NAIROBI).toInstant());
        Punch dayAfter = punch(
                "991", LocalDateTime.of(2026, 7, 1, 0, 0, 0).atZone(NAIROBI).toInstant());

        // When
        store(lastDay, dayAfter);

        // Then
        eventually(() -> assertThat(state(lastDay)).isEqualTo(PunchState.DELIVERED));
        eventually(() -> assertThat(state(dayAfter)).isEqualTo(PunchState.HELD));
        eventually(() -> assertThat(stored(dayAfter).reason()).contains("relieving date"));
    }

    @Test
    void an_inactive_employees_punch_is_held_until_active() {
        // Given
        frappe.addEmployee("HR-EMP-00992", "Emp992 Test", "992");
        frappe.changeStatus("HR-EMP-00992", "Inactive", null);
        Punch punch = punch("992", nextMinute());
        store(punch);
        eventually(() -> assertThat(state(punch)).isEqualTo(PunchState.HELD));

        // When
        frappe.changeStatus("HR-EMP-00992", "Active", null);

        // Then
        eventuallyAllDelivered();
    }

    @Test
    void an_employee_that_vanished_leaves_no_orphan_row() {
        // Given
        frappe.addEmployee("HR-EMP-00993", "Emp993 Test", "993");
        Punch first = punch("993", nextMinute());
        store(first);
        eventually(() -> assertThat(state(first)).isEqualTo(PunchState.DELIVERED));
        frappe.removeEmployee("HR-EMP-00993");

        // When
        Punch second = punch("993", nextMinute());
        store(second);

        // Then
        eventually(() -> assertThat(state(second)).isEqualTo(PunchState.HELD));
        assertThat(frappe.checkins())
                .allSatisfy(row -> assertThat(row.employeeName()).isNotNull());
    }

    // --- when

    @Test
    void a_time_in_the_future_is_quarantined() {
        // When
        Punch punch = punch("10", clock.instant().plus(Duration.ofHours(3)));
        store(punch);

        // Then
        eventually(() -> assertThat(state(punch)).isEqualTo(PunchState.QUARANTINED));
        assertThat(stored(punch).reason()).contains("future");
    }

    @Test
    void a_gateway_time_of_another_century_vouches_for_nothing() {
        // Given
        Instant far = Instant.parse("2125-01-01T00:00:00Z");
        PunchDetails details = new PunchDetails(null, far, null, null, null, null, null);

        // When
        Punch punch = Punch.of(HEAD_OFFICE, new UserId("10"), far, "CheckIn", details);
        store(punch);

        // Then
        eventually(() -> assertThat(state(punch)).isEqualTo(PunchState.QUARANTINED));
    }

    @Test
    void a_time_older_than_the_policy_is_quarantined() {
        // When
        Punch punch = punch("10", Instant.parse("2000-01-01T00:00:00Z"));
        store(punch);

        // Then
        eventually(() -> assertThat(state(punch)).isEqualTo(PunchState.QUARANTINED));
        assertThat(stored(punch).reason()).contains("punchbridge.check-in.oldest");
    }

    @Test
    void our_clock_stepping_back_an_hour_holds_no_punch_back() {
        // Given
        Instant gatewaySays = clock.instant();
        clock.step(Duration.ofHours(-1));
        PunchDetails details = new PunchDetails(null, gatewaySays, null, null, null, null, null);
        Punch punch = Punch.of(HEAD_OFFICE, new UserId("11"), gatewaySays.minusSeconds(2), "CheckIn", details);

        // When
        store(punch);

        // Then
        eventuallyAllDelivered();
        assertDeliveredOnce();
    }

    // --- what Frappe does

    static Stream<Named<Fault>> passingFaults() {
        return Stream.of(
                fault("HTML 500", Fault.html(500)),
                fault("HTML 502", Fault.html(502)),
                fault("HTML 503", Fault.html(503)),
                fault("HTML 504", Fault.html(504)),
                fault("429 with Retry-After", Fault.rateLimited(Duration.ofSeconds(1))),
                fault("maintenance", Fault.maintenance()),
                fault("read only", Fault.readOnly()),
                fault("QueryTimeoutError", Fault.queryTimeout()),
                fault("QueryDeadlockError", Fault.queryDeadlock()),
                fault("database gone", Fault.databaseGone()),
                fault("late answer", Fault.answerLate(Duration.ofMillis(1500))),
                fault("late work", Fault.workLate(Duration.ofMillis(1300))),
                fault("committed, then silent", Fault.commitThenSilence()),
                fault("committed, then reset after half the answer", Fault.commitThenReset()),
                fault("reset before anything was done", Fault.reset()),
                fault("someone else's names", Fault.otherNames()),
                fault("token revoked", Fault.tokenRevoked()),
                fault("wrong host", Fault.wrongHost()),
                fault("time permission withdrawn", Fault.timePermissionWithdrawn()));
    }

    @ParameterizedTest
    @MethodSource("passingFaults")
    void a_batch_survives_what_passes(Fault fault) {
        // Given
        frappe.faults().next(2, "insert_many", fault);

        // When
        storeOneEach(50);

        // Then
        eventuallyAllDelivered();
        assertDeliveredOnce();
    }

    @ParameterizedTest
    @MethodSource("passingFaults")
    void a_lone_punch_survives_what_passes(Fault fault) {
        // Given
        frappe.faults().next(2, "/api/resource/Employee", fault);

        // When
        store(punch("12", nextMinute()));

        // Then
        eventuallyAllDelivered();
        assertDeliveredOnce();
    }

    static Stream<Named<Fault>> faultsThatStopDelivery() {
        return passingFaults().filter(fault -> !fault.getName().equals("someone else's names"));
    }

    @ParameterizedTest
    @MethodSource("faultsThatStopDelivery")
    void delivery_survives_a_frappe_that_does_so_all_the_time_and_then_recovers(Fault fault) {
        // Given
        frappe.faults().always(fault);
        storeOneEach(30);
        eventually(() -> assertThat(delivery.status().frappe()).isNotEqualTo(DeliveryStatus.Frappe.PROVEN));

        // When
        frappe.faults().clear();

        // Then
        eventuallyAllDelivered();
        assertDeliveredOnce();
    }

    @Test
    void a_refused_connection_is_waited_out() {
        // Given
        frappe.refuseConnections();
        storeOneEach(30);
        eventually(() -> assertThat(delivery.status().frappe()).isEqualTo(DeliveryStatus.Frappe.AWAY));

        // When
        frappe.acceptConnections();

        // Then
        eventuallyAllDelivered();
        assertDeliveredOnce();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100})
    void every_good_punch_arrives_beside_poisonous_ones(int poisonous) {
        // Given
        frappe.faults()
                .always(Fault.poison(
                        document ->
                                poisonous >= number(document.path("employee").asText()),
                        "This employee is poisonous"));
        List<Punch> all = storeOneEach(200);

        // When
        eventually(() -> assertThat(all).noneMatch(punch -> state(punch) == PunchState.PENDING));

        // Then
        Map<PunchState, List<Punch>> byState = all.stream().collect(groupingBy(this::state));
        assertThat(byState.get(PunchState.REJECTED))
                .hasSize(poisonous)
                .allSatisfy(punch -> assertThat(stored(punch).reason()).contains("This employee is poisonous"));
        assertThat(byState.get(PunchState.DELIVERED)).hasSize(200 - poisonous);
        // Halving finds one among 200 in 2·log2(200) requests; neighbours share them.
        assertThat(requestsTo("insert_many").size()
                        + requestsTo("Employee Checkin").size())
                .isLessThanOrEqualTo(Math.min(poisonous * 18, 420));
    }

    @Test
    void what_stands_there_already_is_recognised_and_not_sent_twice() {
        // Given
        List<Punch> punches = punches(60);
        punches.stream()
                .limit(40)
                .forEach(punch -> frappe.addCheckin(
                        "HR-EMP-%05d".formatted(number(punch.user().value())),
                        punch.at().atZone(NAIROBI).toLocalDateTime(),
                        "IN"));
        checkinsBefore = frappe.checkinCount() - 40;

        // When
        store(punches.toArray(Punch[]::new));

        // Then
        eventuallyAllDelivered();
        assertDeliveredOnce();
    }

    // --- what a person must mend

    @Test
    void a_setting_that_refuses_every_check_in_pauses_delivery_instead_of_rejecting_all() {
        // Given
        frappe.geolocationRequired(true);

        // When
        List<Punch> punches = storeOneEach(40);

        // Then
        eventually(() -> assertThat(delivery.status().frappe()).isEqualTo(DeliveryStatus.Frappe.SET_UP_WRONG));
        assertThat(delivery.status().reason()).contains("Latitude and longitude values are required");
        assertThat(punches).allMatch(punch -> state(punch) == PunchState.PENDING);
    }

    @Test
    void many_that_are_refused_alike_do_not_stand_in_the_way_of_good_ones() {
        // Given
        Instant badMinute = nextMinute();
        String badTime = badMinute.atZone(NAIROBI).toLocalDateTime().toString().replace('T', ' ');
        frappe.faults()
                .always(Fault.poison(
                        document -> document.path("time").asText().startsWith(badTime), "No check-ins at this minute"));
        Punch[] bad = IntStream.rangeClosed(1, 200)
                .mapToObj(i -> punch(Integer.toString(i), badMinute))
                .toArray(Punch[]::new);
        store(bad);
        eventually(() -> assertThat(delivery.status().frappe()).isEqualTo(DeliveryStatus.Frappe.SET_UP_WRONG));
        sent.clear();

        // When
        storeOneEach(5);

        // Then
        eventuallyAllDelivered();
        assertDeliveredOnce();
        assertThat(bad).allMatch(punch -> state(punch) == PunchState.PENDING);
    }

    @Test
    void without_permission_on_the_time_delivery_pauses_takes_the_row_back_and_says_what_to_do() {
        // Given
        frappe.apiUser().mayWriteTime(false);
        delivery.resume();

        // When
        List<Punch> punches = storeOneEach(5);

        // Then
        eventually(() -> assertThat(delivery.status().frappe()).isEqualTo(DeliveryStatus.Frappe.SET_UP_WRONG));
        assertThat(delivery.status().reason())
                .contains("permission level 1")
                .contains("Employee Checkin EMP-CKIN-")
                .contains("was removed");
        assertThat(frappe.checkinCount()).isEqualTo(checkinsBefore);
        assertThat(requestsTo("insert_many")).isEmpty();
        assertThat(punches).allMatch(punch -> state(punch) == PunchState.PENDING);
    }

    @Test
    void once_the_permission_is_given_delivery_goes_on_by_itself() {
        // Given
        frappe.apiUser().mayWriteTime(false);
        delivery.resume();
        storeOneEach(5);
        eventually(() -> assertThat(delivery.status().frappe()).isEqualTo(DeliveryStatus.Frappe.SET_UP_WRONG));

        // When
        frappe.apiUser().mayWriteTime(true);

        // Then
        eventuallyAllDelivered();
        assertDeliveredOnce();
    }

    @Test
    void a_wrong_row_that_may_not_be_removed_stops_everything_until_it_is_right() {
        // Given
        frappe.apiUser().mayWriteTime(false).mayDelete(false).mayWrite(false);
        delivery.resume();
        storeOneEach(5);
        eventually(() -> assertThat(delivery.status().frappe()).isEqualTo(DeliveryStatus.Frappe.SET_UP_WRONG));
        assertThat(delivery.status().reason()).contains("by hand");
        int wrongRows = frappe.checkinCount() - checkinsBefore;

        // When
        frappe.apiUser().mayWriteTime(true).mayWrite(true);

        // Then
        eventuallyAllDelivered();
        assertThat(wrongRows).isEqualTo(1);
        assertDeliveredOnce();
    }

    @Test
    void the_permission_withdrawn_in_mid_run_is_noticed_and_every_wrong_row_taken_back() {
        // Given
        frappe.apiUser().mayWriteTime(false);

        // When
        storeOneEach(80);

        // Then
        eventually(() -> assertThat(delivery.status().frappe()).isEqualTo(DeliveryStatus.Frappe.SET_UP_WRONG));
        assertThat(delivery.status().reason()).contains("permission level 1");
        eventually(() -> assertThat(frappe.checkinCount()).isEqualTo(checkinsBefore));
    }

    @Test
    void a_zone_that_is_not_the_sites_is_noticed_before_anything_is_shifted() {
        // Given
        frappe.apiUser().timeZone(ZoneId.of("Asia/Kolkata"));
        delivery.rereadSite();

        // When
        storeOneEach(5);

        // Then
        eventually(() -> assertThat(delivery.status().frappe()).isEqualTo(DeliveryStatus.Frappe.SET_UP_WRONG));
        assertThat(delivery.status().reason()).contains("punchbridge.frappe.time-zone");
        assertThat(frappe.checkinCount()).isEqualTo(checkinsBefore);
    }

    @Test
    void once_the_zone_is_the_sites_again_delivery_goes_on_by_itself() {
        // Given
        frappe.apiUser().timeZone(ZoneId.of("Asia/Kolkata"));
        delivery.rereadSite();
        storeOneEach(5);
        eventually(() -> assertThat(delivery.status().frappe()).isEqualTo(DeliveryStatus.Frappe.SET_UP_WRONG));

        // When
        frappe.apiUser().timeZone(null);

        // Then
        eventuallyAllDelivered();
        assertDeliveredOnce();
    }

    @Test
    void without_permission_to_create_delivery_pauses_with_frappes_words() {
        // Given
        frappe.apiUser().mayCreate(false);

        // When
        storeOneEach(5);

        // Then
        eventually(() -> assertThat(delivery.status().frappe()).isEqualTo(DeliveryStatus.Frappe.SET_UP_WRONG));
        assertThat(delivery.status().reason()).contains("Employee Checkin");
    }

    // ---

    private void proveTheWay() {
        store(punch("1", nextMinute()));
        eventuallyAllDelivered();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(inbox.counts().getOrDefault(PunchState.PENDING, 0L))
                        .isZero());
        eventually(() -> assertThat(delivery.status().frappe()).isEqualTo(DeliveryStatus.Frappe.PROVEN));
        sent.clear();
    }

    private static Named<Fault> fault(String name, Fault fault) {
        return Named.of(name, fault);
    }

    /** A minute of its own for each punch, so that no two tests meet. */
    private static Instant nextMinute() {
        return Instant.parse("2026-02-01T05:00:00Z").plus(Duration.ofMinutes(MINUTES.incrementAndGet()));
    }

    private static Punch punch(String user, Instant at) {
        return Punch.of(HEAD_OFFICE, new UserId(user), at, "CheckIn", PunchDetails.NONE);
    }

    private static List<Punch> punches(int number) {
        Instant at = nextMinute();
        MINUTES.addAndGet(number / 200);
        return IntStream.range(0, number)
                .mapToObj(i -> punch(Integer.toString(1 + i % 200), at.plus(Duration.ofMinutes(i / 200))))
                .toList();
    }

    private List<Punch> storeOneEach(int number) {
        List<Punch> punches = punches(number);
        store(punches.toArray(Punch[]::new));
        return punches;
    }

    private void store(Punch... punches) {
        sent.addAll(List.of(punches));
        inbox.store(new Arrival(Source.CALLBACK, clock.instant(), List.of(punches), List.of(), List.of()))
                .toCompletableFuture()
                .join();
    }

    private StoredPunch stored(Punch punch) {
        return inbox.find(punch.key()).orElseThrow();
    }

    private PunchState state(Punch punch) {
        return stored(punch).state();
    }

    private SimulatedCheckin checkin(Punch punch) {
        String name = stored(punch).checkin();
        return frappe.checkins().stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<String> paths() {
        return frappe.requests().subList(requestsBefore, frappe.requests().size()).stream()
                .map(RecordedRequest::path)
                .filter(path -> !path.contains("Employee?") && !path.contains("get_list"))
                .toList();
    }

    private List<String> requestsTo(String part) {
        return paths().stream().filter(path -> path.contains(part)).toList();
    }

    private static void eventually(ThrowingRunnable assertion) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).untilAsserted(assertion);
    }

    private void eventuallyAllDelivered() {
        eventually(() -> assertThat(sent).allMatch(punch -> state(punch) == PunchState.DELIVERED));
    }

    private void assertDeliveredOnce() {
        assertThat(frappe.checkinCount()).isEqualTo(checkinsBefore + sent.size());
        assertThat(frappe.checkins()).extracting(SimulatedCheckin::name).doesNotHaveDuplicates();
        assertThat(sent).allSatisfy(punch -> {
            SimulatedCheckin row = checkin(punch);
            assertThat(row.time()).isEqualTo(punch.at().atZone(NAIROBI).toLocalDateTime());
            assertThat(row.employee())
                    .isEqualTo("HR-EMP-%05d".formatted(number(punch.user().value())));
        });
    }

    private static int number(String text) {
        return Integer.parseInt(text.replaceAll("\\D", ""));
    }
}
