package io.punchbridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.punchbridge.frappe.Checkin;
import io.punchbridge.frappe.CheckinRow;
import io.punchbridge.frappe.CustomFields;
import io.punchbridge.frappe.FrappeAnswer;
import io.punchbridge.frappe.FrappeFailure;
import io.punchbridge.frappe.FrappeFailure.Kind;
import io.punchbridge.frappe.FrappeSite;
import io.punchbridge.inbox.Inbox;
import io.punchbridge.inbox.StoredPunch;
import io.punchbridge.punch.Arrival;
import io.punchbridge.punch.LogType;
import io.punchbridge.punch.Punch;
import io.punchbridge.punch.PunchDetails;
import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.PunchState;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.Source;
import io.punchbridge.punch.UserId;
import io.punchbridge.sandbox.Fault;
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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Delivery to a site that has the unique field for the punches' keys. */
@QuarkusTest
class KeyedDeliveryTest {
    private static final ZoneId NAIROBI = ZoneId.of("Africa/Nairobi");
    private static final SerialNumber HEAD_OFFICE = new SerialNumber(TestSettings.SERIAL_NUMBER);
    private static final AtomicInteger HOURS = new AtomicInteger();

    @Inject
    SimulatedFrappe frappe;

    @Inject
    FrappeSite site;

    @Inject
    CustomFields customFields;

    @Inject
    Inbox inbox;

    @Inject
    Delivery delivery;

    @Inject
    SteppableClock clock;

    /** Nobody else's: an hour for each test. */
    private final Instant nine = Instant.parse("2026-05-01T00:00:00Z").plus(Duration.ofHours(HOURS.incrementAndGet()));

    private int checkinsBefore;

    @BeforeEach
    void theSiteHasTheField() {
        mend();
        frappe.uniqueKey(true);
        delivery.rereadSite();
        Punch first = punch("1", nine.plus(Duration.ofMinutes(59)));
        store(first);
        eventually(() -> assertThat(state(first)).isEqualTo(PunchState.DELIVERED));
        eventually(() -> assertThat(inbox.counts()).containsEntry(PunchState.PENDING, 0L));
        eventually(() -> assertThat(delivery.status().frappe()).isEqualTo(DeliveryStatus.Frappe.PROVEN));
        checkinsBefore = frappe.checkinCount();
    }

    @AfterEach
    void theFieldIsGoneAgain() {
        mend();
        frappe.uniqueKey(false);
        delivery.rereadSite();
    }

    private void mend() {
        frappe.faults().clear();
        frappe.geolocationRequired(false);
        clock.setRight();
    }

    @Test
    void each_check_in_bears_the_key_of_its_punch() {
        // Given
        Punch[] punches = oneEach(30);

        // When
        store(punches);

        // Then
        eventuallyDelivered(punches);
        Map<PunchKey, String> names =
                value(customFields.checkinsWith(
                                Arrays.stream(punches).map(Punch::key).toList()))
                        .entrySet()
                        .stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, row -> row.getValue().name()));
        assertThat(names).hasSize(30);
        assertThat(punches)
                .allSatisfy(punch -> assertThat(names)
                        .containsEntry(punch.key(), String.valueOf(stored(punch).checkin())));
    }

    @Test
    void a_site_without_the_field_is_sent_none_and_takes_everything() {
        // Given
        frappe.uniqueKey(false);
        delivery.rereadSite();
        Punch[] punches = oneEach(5);

        // When
        store(punches);

        // Then
        eventuallyDelivered(punches);
        assertThat(frappe.requests().stream()
                        .skip(Math.max(0, frappe.requests().size() - 4))
                        .map(request -> String.valueOf(request.body())))
                .noneMatch(body -> body.contains("custom_cams_punch_key\":\""));
        assertThat(frappe.checkinCount()).isEqualTo(checkinsBefore + 5);
    }

    @Test
    void a_field_that_was_removed_stops_nothing() {
        // Given
        frappe.uniqueKey(false);
        Punch[] punches = oneEach(5);
        frappe.faults().next(1, "insert_many", Fault.reset());

        // When
        store(punches);

        // Then
        eventuallyDelivered(punches);
        assertThat(frappe.checkinCount()).isEqualTo(checkinsBefore + 5);
    }

    @Test
    void a_lone_punch_that_stands_under_another_time_counts_as_delivered() {
        // Given
        Punch punch = punch("3", nine);
        CheckinRow changed = standsUnderAnotherTime(punch);

        // When
        store(punch);

        // Then
        eventuallyDelivered(punch);
        assertThat(stored(punch).checkin()).isEqualTo(changed.name());
        assertThat(frappe.checkinCount()).isEqualTo(checkinsBefore + 1);
    }

    @Test
    void a_punch_whose_check_in_stands_at_the_former_holder_of_its_device_id_is_rejected() {
        // Given
        Punch punch = punch("3", nine);
        CheckinRow former = value(site.insert(new Checkin("HR-EMP-00004", wall(nine), LogType.IN, "head-office", false)
                .with(Checkin.Extras.NONE.withKey(punch.key()))));

        // When
        store(punch);

        // Then
        eventually(() -> assertThat(state(punch)).isEqualTo(PunchState.REJECTED));
        assertThat(stored(punch).reason()).contains(former.name(), "another employee");
        assertThat(frappe.checkinCount()).isEqualTo(checkinsBefore + 1);
    }

    @Test
    void punches_of_a_batch_that_stand_under_other_times_stop_none_of_the_others() {
        // Given
        Punch[] punches = oneEach(40);
        List<CheckinRow> changed = IntStream.range(0, 7)
                .mapToObj(i -> standsUnderAnotherTime(punches[i * 5]))
                .toList();

        // When
        store(punches);

        // Then
        eventuallyDelivered(punches);
        assertThat(IntStream.range(0, 7).mapToObj(i -> stored(punches[i * 5]).checkin()))
                .containsExactlyElementsOf(
                        changed.stream().map(CheckinRow::name).toList());
        assertThat(frappe.checkinCount()).isEqualTo(checkinsBefore + 40);
    }

    @Test
    void a_row_that_lost_its_time_before_a_crash_is_taken_back_and_sent_anew() {
        // Given
        Punch punch = punch("3", nine);
        LocalDateTime now = clock.instant().atZone(NAIROBI).toLocalDateTime().withNano(0);
        CheckinRow lost = value(site.insert(keyed(punch, now)));

        // When
        store(punch);

        // Then
        eventuallyDelivered(punch);
        assertThat(frappe.checkins()).extracting(SimulatedCheckin::name).doesNotContain(lost.name());
        assertThat(frappe.checkinCount()).isEqualTo(checkinsBefore + 1);
        assertThat(frappe.checkins())
                .filteredOn(row -> row.name().equals(stored(punch).checkin()))
                .extracting(SimulatedCheckin::time)
                .containsExactly(wall(nine));
    }

    @Test
    void inserts_of_one_key_that_race_past_frappes_own_check_make_one_row() {
        // Given
        Checkin checkin = keyed(punch("3", nine), wall(nine));

        // When
        List<FrappeAnswer<CheckinRow>> answers = eightAtOnce(checkin);

        // Then
        eventually(() -> assertThat(frappe.requestsUnderWay()).isZero());
        assertThat(frappe.checkinCount()).isEqualTo(checkinsBefore + 1);
        assertThat(answers)
                .filteredOn(answer -> answer instanceof FrappeAnswer.Success)
                .hasSizeLessThanOrEqualTo(1);
        assertThat(answers)
                .filteredOn(answer -> answer instanceof FrappeAnswer.Failure)
                .allSatisfy(answer -> assertThat(failure(answer).kind()).isIn(Kind.ALREADY_THERE, Kind.UNCERTAIN));
    }

    @Test
    void without_a_key_the_same_race_makes_several() {
        // Given
        Checkin checkin = keyed(punch("3", nine), wall(nine)).with(Checkin.Extras.NONE);

        // When
        eightAtOnce(checkin);

        // Then
        eventually(() -> assertThat(frappe.checkinCount()).isEqualTo(checkinsBefore + 8));
    }

    /** All have looked for a duplicate before the first of them writes. */
    private List<FrappeAnswer<CheckinRow>> eightAtOnce(Checkin checkin) {
        CompletableFuture<Void> release = new CompletableFuture<>();
        frappe.faults().next(8, "Employee Checkin", Fault.heldUntil(release));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<CompletableFuture<FrappeAnswer<CheckinRow>>> running = IntStream.range(0, 8)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> site.insert(checkin), threads))
                    .toList();
            eventually(() -> assertThat(frappe.requestsUnderWay()).isGreaterThanOrEqualTo(8));
            release.complete(null);
            return running.stream().map(CompletableFuture::join).toList();
        } finally {
            release.complete(null);
            threads.shutdown();
        }
    }

    /** As if it had been delivered before, and a person had changed the time since. */
    private CheckinRow standsUnderAnotherTime(Punch punch) {
        return value(site.insert(keyed(punch, wall(punch.at()).plusMinutes(30))));
    }

    private static Checkin keyed(Punch punch, LocalDateTime time) {
        String employee = "HR-EMP-%05d".formatted(Integer.parseInt(punch.user().value()));
        return new Checkin(employee, time, LogType.IN, "head-office", false)
                .with(Checkin.Extras.NONE.withKey(punch.key()));
    }

    private Punch[] oneEach(int number) {
        return IntStream.rangeClosed(1, number)
                .mapToObj(i -> punch(Integer.toString(i), nine))
                .toArray(Punch[]::new);
    }

    private static Punch punch(String user, Instant at) {
        return Punch.of(HEAD_OFFICE, new UserId(user), at, "CheckIn", PunchDetails.NONE);
    }

    private static LocalDateTime wall(Instant at) {
        return at.atZone(NAIROBI).toLocalDateTime();
    }

    private void store(Punch... punches) {
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

    private void eventuallyDelivered(Punch... punches) {
        eventually(() -> assertThat(punches).allMatch(punch -> state(punch) == PunchState.DELIVERED));
    }

    private static void eventually(ThrowingRunnable assertion) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(assertion);
    }

    private static <T> T value(FrappeAnswer<T> answer) {
        return answer.fold(value -> value, failure -> {
            throw new AssertionError("expected a value, got " + failure);
        });
    }

    private static FrappeFailure failure(FrappeAnswer<?> answer) {
        return ((FrappeAnswer.Failure<?>) answer).failure();
    }
}
