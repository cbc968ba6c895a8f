package io.punchbridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.punchbridge.inbox.FoundNear;
import io.punchbridge.inbox.Inbox;
import io.punchbridge.inbox.NearCheckin;
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
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A site that used another tool before gets no doubles out of the devices' history, and loses no punch to it either. */
@QuarkusTest
class HistoryDeliveryTest {
    private static final ZoneId NAIROBI = ZoneId.of("Africa/Nairobi");
    private static final DateTimeFormatter WALL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final SerialNumber HEAD_OFFICE = new SerialNumber(TestSettings.SERIAL_NUMBER);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final AtomicInteger HOURS = new AtomicInteger();

    @Inject
    SimulatedFrappe frappe;

    @Inject
    Inbox inbox;

    @Inject
    FoundNear foundNear;

    @Inject
    Delivery delivery;

    @Inject
    MeterRegistry metrics;

    @Inject
    SteppableClock clock;

    /** Nobody else's: an hour for each test. */
    private final Instant nine = Instant.parse("2026-04-01T00:00:00Z").plus(Duration.ofHours(HOURS.incrementAndGet()));

    private int checkinsBefore;

    @BeforeEach
    void everythingIsWell() {
        mend();
        Punch first = punch("1", nine.plus(Duration.ofMinutes(59)));
        live(first);
        eventuallyDelivered(first);
        eventually(() -> assertThat(inbox.counts()).containsEntry(PunchState.PENDING, 0L));
        eventually(() -> assertThat(delivery.status().frappe()).isEqualTo(DeliveryStatus.Frappe.PROVEN));
        checkinsBefore = frappe.checkinCount();
    }

    @AfterEach
    void mend() {
        frappe.faults().clear();
        frappe.geolocationRequired(false);
        frappe.apiUser().mayRead(true);
        clock.setRight();
        delivery.resume();
    }

    // --- what another program wrote

    @Test
    void a_row_with_another_log_type_counts_as_the_punch() {
        // Given
        Punch punch = punch("3", nine);
        SimulatedCheckin row = others("3", nine, "OUT");

        // When
        history(punch);

        // Then
        eventuallyDelivered(punch);
        assertThat(stored(punch).checkin()).isEqualTo(row.name());
        assertThat(stored(punch).reason()).contains("of the same second, log type OUT in place of log type IN");
        assertThat(foundNear(punch)).isEqualTo(new NearCheckin("IN", "OUT", 0));
        assertNothingSent();
    }

    @Test
    void a_row_whose_seconds_were_cut_off_counts_as_the_punch() {
        // Given
        Punch punch = punch("3", nine.plusSeconds(42));
        SimulatedCheckin row = others("3", nine, "IN");

        // When
        history(punch);

        // Then
        eventuallyDelivered(punch);
        assertThat(stored(punch).checkin()).isEqualTo(row.name());
        assertThat(stored(punch).reason()).contains("42 s earlier, with the same log type");
        assertThat(foundNear(punch)).isEqualTo(new NearCheckin("IN", "IN", -42));
        assertNothingSent();
    }

    @Test
    void a_log_type_of_the_sites_own_is_another_log_type() {
        // Given
        Punch punch = punch("3", nine);
        others("3", nine.plusSeconds(5), "LUNCH");

        // When
        history(punch);

        // Then
        eventuallyDelivered(punch);
        assertThat(foundNear(punch)).isEqualTo(new NearCheckin("IN", "LUNCH", 5));
        assertNothingSent();
    }

    @Test
    void the_very_row_is_no_find_but_delivered() {
        // Given
        Punch punch = punch("3", nine);
        SimulatedCheckin row = others("3", nine, "IN");

        // When
        history(punch);

        // Then
        eventuallyDelivered(punch);
        assertThat(stored(punch).checkin()).isEqualTo(row.name());
        assertThat(stored(punch).reason()).isNull();
        assertThat(foundNear.count(HEAD_OFFICE, nine, nine.plusSeconds(1))).isZero();
        assertNothingSent();
    }

    @ParameterizedTest
    @ValueSource(ints = {-60, 60})
    void a_row_beyond_the_tolerance_is_another_one(int seconds) {
        // Given
        Punch punch = punch("3", nine);
        others("3", nine.plusSeconds(seconds), "IN");
        checkinsBefore++;

        // When
        history(punch);

        // Then
        eventuallyDelivered(punch);
        assertSent(punch);
        assertThat(frappe.checkinCount()).isEqualTo(checkinsBefore + 1);
    }

    @Test
    void the_row_of_another_employee_is_another_one() {
        // Given
        Punch punch = punch("3", nine);
        others("4", nine, "IN");

        // When
        history(punch, punch("4", nine.plusSeconds(200)));

        // Then
        eventuallyDelivered(punch);
        assertSent(punch);
    }

    // --- which is which

    @ParameterizedTest
    @CsvSource({"-20, 10, 1", "-10, 20, 0", "-15, 15, 0"})
    void of_two_rows_the_nearest_counts_and_the_earlier_of_equals(int first, int second, int nearest) {
        // Given
        Punch punch = punch("3", nine);
        List<SimulatedCheckin> rows =
                List.of(others("3", nine.plusSeconds(first), "IN"), others("3", nine.plusSeconds(second), "IN"));

        // When
        history(punch);

        // Then
        eventuallyDelivered(punch);
        assertThat(stored(punch).checkin()).isEqualTo(rows.get(nearest).name());
    }

    @Test
    void of_two_punches_the_nearest_counts_as_the_row_and_the_other_goes() {
        // Given
        Punch far = punch("3", nine.plusSeconds(40));
        Punch near = punch("3", nine.plusSeconds(10));
        SimulatedCheckin row = others("3", nine, "IN");

        // When
        history(far, near);

        // Then
        eventuallyDelivered(far, near);
        assertThat(stored(near).checkin()).isEqualTo(row.name());
        assertSent(far);
    }

    @Test
    void the_row_of_one_punch_is_not_near_another() {
        // Given
        Punch exact = punch("3", nine);
        Punch tap = punch("3", nine.plusSeconds(7));
        SimulatedCheckin row = others("3", nine, "IN");

        // When
        history(exact, tap);

        // Then
        eventuallyDelivered(exact, tap);
        assertThat(stored(exact).checkin()).isEqualTo(row.name());
        assertSent(tap);
    }

    @Test
    void a_row_that_an_earlier_run_found_counts_for_no_second_punch() {
        // Given
        Punch first = punch("3", nine.plusSeconds(40));
        SimulatedCheckin row = others("3", nine, "IN");
        history(first);
        eventuallyDelivered(first);

        // When
        Punch second = punch("3", nine.plusSeconds(10));
        history(second);

        // Then
        eventuallyDelivered(second);
        assertThat(stored(first).checkin()).isEqualTo(row.name());
        assertSent(second);
    }

    @Test
    void a_row_nearer_to_a_punch_that_is_not_looked_up_is_that_ones() {
        // Given
        Punch live = punch("3", nine.plusSeconds(20));
        live(live);
        eventuallyDelivered(live);
        others("3", nine, "IN");

        // When
        Punch lost = punch("3", nine.plusSeconds(50));
        history(lost);

        // Then
        eventuallyDelivered(lost);
        assertSent(lost);
    }

    // --- what is ours

    @Test
    void two_taps_stay_two_check_ins() {
        // Given
        Punch live = punch("3", nine);
        live(live);
        eventuallyDelivered(live);

        // When
        Punch second = punch("3", nine.plusSeconds(20));
        history(second);

        // Then
        eventuallyDelivered(second);
        assertSent(second);
        assertThat(stored(second).checkin()).isNotEqualTo(stored(live).checkin());
    }

    @Test
    void a_row_of_one_of_our_devices_counts_for_nothing_near_even_where_our_store_does_not_know_it() {
        // Given
        Punch punch = punch("3", nine);
        frappe.addCheckin("HR-EMP-00003", wall(nine.plusSeconds(20)), "IN", "gate");

        // When
        history(punch);

        // Then
        eventuallyDelivered(punch);
        assertSent(punch);
    }

    @Test
    void a_row_that_we_made_under_another_device_name_is_still_ours() {
        // Given
        Punch live = Punch.of(new SerialNumber("SN-FORMER"), new UserId("3"), nine, "CheckIn", PunchDetails.NONE);
        live(live);
        eventuallyDelivered(live);

        // When
        Punch second = punch("3", nine.plusSeconds(20));
        history(second);

        // Then
        eventuallyDelivered(second);
        assertSent(second);
    }

    // --- who is looked up

    @Test
    void a_live_punch_is_sent_without_a_look_up() {
        // Given
        Punch punch = punch("3", nine);
        others("3", nine, "OUT");

        // When
        live(punch);

        // Then
        eventuallyDelivered(punch);
        assertSent(punch);
        assertThat(lookUpsFrom(nine)).isEmpty();
    }

    @Test
    void a_batch_is_looked_up_and_goes_as_a_batch() {
        // Given
        List<Punch> punches = IntStream.rangeClosed(1, 150)
                .mapToObj(i -> punch(Integer.toString(i), nine.plusSeconds(i)))
                .toList();

        // When
        history(punches.toArray(Punch[]::new));

        // Then
        eventuallyDelivered(punches.toArray(Punch[]::new));
        assertThat(frappe.checkinCount()).isEqualTo(checkinsBefore + 150);
        assertThat(lookUpsFrom(nine.plusSeconds(1))).isNotEmpty();
    }

    @Test
    void a_batch_that_spans_months_is_looked_up_in_parts() {
        // Given
        Instant longAgo = nine.minus(Duration.ofDays(200));
        List<Punch> punches = IntStream.range(0, 40)
                .mapToObj(i -> punch(Integer.toString(10 + i), longAgo.plus(Duration.ofDays(2L * i))))
                .toList();
        Punch found = punches.get(33);
        SimulatedCheckin row = others(found.user().value(), found.at().plusSeconds(9), "OUT");

        // When
        history(punches.toArray(Punch[]::new));

        // Then
        eventuallyDelivered(punches.toArray(Punch[]::new));
        assertThat(stored(found).checkin()).isEqualTo(row.name());
        assertThat(punches).filteredOn(punch -> !punch.equals(found)).allSatisfy(this::assertSent);
        assertThat(punches)
                .filteredOn(punch -> !lookUpsFrom(punch.at()).isEmpty())
                .hasSizeBetween(2, 10);
    }

    @Test
    void history_that_was_held_is_looked_up_when_it_is_released() {
        // Given
        String user = "77" + HOURS.get();
        String employee = "HR-EMP-X" + user;
        frappe.addEmployee(employee, "Late Test", user);
        frappe.changeStatus(employee, "Inactive", null);
        Punch punch = punch(user, nine);
        history(punch);
        eventually(() -> assertThat(stored(punch).state()).isEqualTo(PunchState.HELD));
        SimulatedCheckin row = frappe.addCheckin(employee, wall(nine), "OUT");

        // When
        frappe.changeStatus(employee, "Active", null);

        // Then
        eventuallyDelivered(punch);
        assertThat(stored(punch).checkin()).isEqualTo(row.name());
    }

    @Test
    void doubt_about_history_is_resolved_by_its_own_rules_first() {
        // Given
        frappe.faults().next(1, "/api/resource/Employee Checkin", Fault.commitThenSilence());
        Punch punch = punch("3", nine);

        // When
        history(punch);

        // Then
        eventuallyDelivered(punch);
        assertSent(punch);
        assertThat(frappe.checkinCount()).isEqualTo(checkinsBefore + 1);
        assertThat(stored(punch).reason()).isNull();
    }

    @Test
    void a_replay_finds_the_same_row_again() {
        // Given
        Punch punch = punch("3", nine.plusSeconds(5));
        SimulatedCheckin row = others("3", nine, "IN");
        history(punch);
        eventuallyDelivered(punch);

        // When
        inbox.release(List.of(punch.key()), PunchState.DELIVERED);

        // Then
        eventually(() -> assertThat(frappe.requests())
                .filteredOn(request -> isLookUp(request, punch.at()))
                .hasSizeGreaterThanOrEqualTo(2));
        eventuallyDelivered(punch);
        assertThat(stored(punch).checkin()).isEqualTo(row.name());
        assertThat(foundNear.count(HEAD_OFFICE, nine, nine.plusSeconds(60))).isEqualTo(1);
        assertNothingSent();
    }

    // --- what goes wrong

    @Test
    void without_the_right_to_read_nothing_is_sent_until_it_is_given() {
        // Given
        frappe.apiUser().mayRead(false);
        Punch punch = punch("3", nine);
        SimulatedCheckin row = others("3", nine, "OUT");
        history(punch);
        eventually(() -> assertThat(delivery.status().frappe()).isEqualTo(DeliveryStatus.Frappe.SET_UP_WRONG));
        assertThat(stored(punch).state()).isEqualTo(PunchState.PENDING);

        // When
        frappe.apiUser().mayRead(true);

        // Then
        eventuallyDelivered(punch);
        assertThat(stored(punch).checkin()).isEqualTo(row.name());
        assertNothingSent();
    }

    @Test
    void what_was_found_does_not_hide_that_the_site_refuses_everything() {
        // Given
        frappe.geolocationRequired(true);
        Punch found = punch("3", nine);
        others("3", nine, "IN");
        List<Punch> refused = IntStream.rangeClosed(10, 50)
                .mapToObj(i -> punch(Integer.toString(i), nine.plusSeconds(i)))
                .toList();
        Punch[] all = IntStream.rangeClosed(0, refused.size())
                .mapToObj(i -> i == 0 ? found : refused.get(i - 1))
                .toArray(Punch[]::new);

        // When
        history(all);

        // Then
        eventually(() -> assertThat(delivery.status().frappe()).isEqualTo(DeliveryStatus.Frappe.SET_UP_WRONG));
        assertThat(refused).allMatch(punch -> stored(punch).state() == PunchState.PENDING);
    }

    // --- what is told

    @Test
    void finds_are_counted_for_their_device() {
        // Given
        double before = counted();
        Punch[] punches = {punch("3", nine), punch("4", nine), punch("5", nine)};
        others("3", nine, "OUT");
        others("4", nine.plusSeconds(3), "IN");

        // When
        history(punches);

        // Then
        eventuallyDelivered(punches);
        eventually(() -> assertThat(counted()).isEqualTo(before + 2));
    }

    // ---

    private double counted() {
        return metrics.get("punchbridge.found.near")
                .tag("device", "head-office")
                .counter()
                .count();
    }

    private static Punch punch(String user, Instant at) {
        return Punch.of(HEAD_OFFICE, new UserId(user), at, "CheckIn", PunchDetails.NONE);
    }

    /** As another program or a person would. */
    private SimulatedCheckin others(String user, Instant at, String logType) {
        return frappe.addCheckin("HR-EMP-%05d".formatted(Integer.parseInt(user)), wall(at), logType, "OLD-TOOL");
    }

    private static LocalDateTime wall(Instant at) {
        return at.atZone(NAIROBI).toLocalDateTime();
    }

    private void history(Punch... punches) {
        store(Source.LOAD_LOG, punches);
    }

    private void live(Punch... punches) {
        store(Source.CALLBACK, punches);
    }

    private void store(Source source, Punch... punches) {
        inbox.store(new Arrival(source, clock.instant(), List.of(punches), List.of(), List.of()))
                .toCompletableFuture()
                .join();
    }

    private StoredPunch stored(Punch punch) {
        return inbox.find(punch.key()).orElseThrow();
    }

    private NearCheckin foundNear(Punch punch) {
        List<FoundNear.Found> found =
                foundNear.of(punch.device(), punch.at(), punch.at().plusSeconds(1), null, 10);
        assertThat(found).singleElement().satisfies(one -> {
            assertThat(one.key()).isEqualTo(punch.key());
            assertThat(one.checkin()).isEqualTo(stored(punch).checkin());
        });
        return found.get(0).difference();
    }

    private List<RecordedRequest> lookUpsFrom(Instant first) {
        return frappe.requests().stream()
                .filter(request -> isLookUp(request, first))
                .toList();
    }

    /** One for a group of punches of which this is the first. */
    private static boolean isLookUp(RecordedRequest request, Instant first) {
        return request.path().contains("get_list")
                && request.body().contains("\">=\",\"" + WALL.format(wall(first.minusSeconds(59))) + "\"");
    }

    private void assertSent(Punch punch) {
        SimulatedCheckin row = frappe.checkins().stream()
                .filter(one -> one.name().equals(stored(punch).checkin()))
                .findFirst()
                .orElseThrow();
        assertThat(row.deviceId()).isEqualTo("head-office");
        assertThat(row.time()).isEqualTo(wall(punch.at()));
    }

    /** Beside what other programs wrote. */
    private void assertNothingSent() {
        assertThat(frappe.checkins().subList(checkinsBefore, frappe.checkinCount()))
                .extracting(SimulatedCheckin::deviceId)
                .containsOnly("OLD-TOOL");
    }

    private static void eventually(ThrowingRunnable assertion) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).untilAsserted(assertion);
    }

    private void eventuallyDelivered(Punch... punches) {
        eventually(() -> assertThat(punches).allMatch(punch -> stored(punch).state() == PunchState.DELIVERED));
    }
}
