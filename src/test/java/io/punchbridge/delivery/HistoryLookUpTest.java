package io.punchbridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.frappe.Checkin;
import io.punchbridge.frappe.Employee;
import io.punchbridge.frappe.FrappeAnswer;
import io.punchbridge.frappe.FrappeFailure;
import io.punchbridge.frappe.FrappeSite;
import io.punchbridge.frappe.Neighbour;
import io.punchbridge.frappe.WallClock;
import io.punchbridge.inbox.Claimants;
import io.punchbridge.inbox.Settlement;
import io.punchbridge.inbox.WaitingPunch;
import io.punchbridge.punch.Connection;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.Devices;
import io.punchbridge.punch.Direction;
import io.punchbridge.punch.LogType;
import io.punchbridge.punch.Punch;
import io.punchbridge.punch.PunchDetails;
import io.punchbridge.punch.PunchState;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.Source;
import io.punchbridge.punch.UserId;
import io.punchbridge.testing.SettableClock;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How a batch is asked for, and what becomes of it when the answers are long, fail, or come in another order. */
class HistoryLookUpTest {
    private static final LocalDateTime NINE = LocalDateTime.of(2026, 3, 2, 9, 0);
    private static final SerialNumber DEVICE = new SerialNumber("SN-1");
    private static final Devices DEVICES =
            new Devices(List.of(new Device("head-office", DEVICE, Connection.NATIVE_PUSH, Direction.AS_SENT, null)));
    private static final WallClock UTC = new WallClock(ZoneOffset.UTC);
    private static final FrappeFailure AWAY =
            new FrappeFailure(FrappeFailure.Kind.RETRY_LATER, 503, null, "away", null, null);

    private final List<Neighbour> rows = new ArrayList<>();
    private final List<Asked> asked = new ArrayList<>();
    private int failAtRequest = -1;

    private record Asked(Collection<String> employees, LocalDateTime from, LocalDateTime until) {}

    private final FrappeSite site = (FrappeSite) Proxy.newProxyInstance(
            FrappeSite.class.getClassLoader(), new Class<?>[] {FrappeSite.class}, (proxy, method, arguments) -> {
                if (!method.getName().equals("between")) {
                    throw new AssertionError("Frappe was asked for " + method.getName());
                }
                @SuppressWarnings("unchecked")
                Collection<String> employees = (Collection<String>) arguments[0];
                return answer(new Asked(employees, (LocalDateTime) arguments[1], (LocalDateTime) arguments[2]));
            });

    private FrappeAnswer<List<Neighbour>> answer(Asked question) {
        asked.add(question);
        if (asked.size() == failAtRequest) {
            return new FrappeAnswer.Failure<>(AWAY);
        }
        return new FrappeAnswer.Success<>(rows.stream()
                .filter(row -> question.employees().contains(row.employee()))
                .filter(row ->
                        !row.time().isBefore(question.from()) && row.time().isBefore(question.until()))
                .sorted(Comparator.comparing(Neighbour::time))
                .limit(FrappeSite.MOST_NEIGHBOURS)
                .toList());
    }

    private static final Claimants NONE = questions ->
            questions.stream().map(question -> List.<Claimants.Claimant>of()).toList();

    private HistoryLookUp lookUp(Duration near) {
        return new HistoryLookUp(
                site,
                NONE,
                DEVICES,
                new DeliverySettings(
                        200,
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(125),
                        Duration.ofMinutes(1),
                        near),
                Clock.systemUTC());
    }

    private record Outcome(Optional<Obstacle> obstacle, Map<LocalDateTime, String> found, List<Parcel> missing) {}

    private Outcome run(List<Parcel> parcels) {
        return run(parcels, Duration.ofSeconds(59));
    }

    private Outcome run(List<Parcel> parcels, Duration near) {
        return run(parcels, near, SendingTime.startingNow(Clock.systemUTC()));
    }

    private Outcome run(List<Parcel> parcels, Duration near, SendingTime time) {
        Settlements settlements = new Settlements(
                parcels.stream().flatMap(parcel -> parcel.punches().stream()).toList());
        List<Parcel> missing = new ArrayList<>();
        Optional<Obstacle> obstacle = lookUp(near).settleFound(parcels, settlements, time, UTC, missing);
        Map<LocalDateTime, String> found = settlements.all(Instant.EPOCH).stream()
                .filter(settlement -> settlement.state() == PunchState.DELIVERED)
                .collect(Collectors.toMap(
                        settlement -> time(parcels, settlement),
                        settlement -> String.valueOf(settlement.checkin()),
                        (one, other) -> one + "," + other,
                        TreeMap::new));
        return new Outcome(obstacle, found, missing);
    }

    private static LocalDateTime time(List<Parcel> parcels, Settlement settlement) {
        return parcels.stream()
                .filter(parcel -> parcel.keys().contains(settlement.key()))
                .findFirst()
                .orElseThrow()
                .checkin()
                .time();
    }

    private static Parcel parcel(int employee, LocalDateTime time) {
        UserId user = new UserId(Integer.toString(employee));
        Punch punch = Punch.of(DEVICE, user, time.toInstant(ZoneOffset.UTC), "CheckIn", PunchDetails.NONE);
        return new Parcel(
                new Checkin(name(employee), time, LogType.IN, "head-office", false),
                new Employee(name(employee), "Test", user, "Active", null),
                List.of(new WaitingPunch(punch, Source.LOAD_LOG, Instant.EPOCH, null, null)));
    }

    private static String name(int employee) {
        return "HR-EMP-%05d".formatted(employee);
    }

    private void stands(String name, int employee, LocalDateTime time, String logType, @Nullable String device) {
        rows.add(new Neighbour(name, name(employee), time, logType, device));
    }

    @Test
    void a_morning_is_one_question_as_wide_as_the_tolerance() {
        // Given
        List<Parcel> morning = IntStream.range(0, 200)
                .mapToObj(i -> parcel(i, NINE.plusSeconds(i * 20L)))
                .toList();

        // When
        Outcome outcome = run(morning);

        // Then
        assertThat(outcome.missing()).isEqualTo(morning);
        assertThat(asked).singleElement().satisfies(question -> {
            assertThat(question.employees()).hasSize(200);
            assertThat(question.from()).isEqualTo(NINE.minusSeconds(59));
            assertThat(question.until()).isEqualTo(NINE.plusSeconds(199 * 20 + 60));
        });
    }

    @Test
    void scattered_punches_are_asked_for_in_parts_that_stay_small() {
        // Given
        List<Parcel> scattered = IntStream.range(0, 200)
                .mapToObj(i -> parcel(i, NINE.plusHours(i * 11L)))
                .toList();

        // When
        run(scattered);

        // Then
        assertThat(asked).hasSizeBetween(5, 25).allSatisfy(question -> {
            double days = Duration.between(question.from(), question.until()).toHours() / 24.0;
            assertThat(question.employees().size() * days * 8).isLessThan(1050);
        });
    }

    @Test
    void an_answer_that_is_full_is_asked_for_in_halves_so_that_nothing_is_overlooked() {
        // Given
        List<Parcel> parcels = IntStream.range(0, 8)
                .mapToObj(i -> parcel(i, NINE.plusMinutes(30L * i)))
                .toList();
        IntStream.range(0, 3000)
                .forEach(i -> stands("A-" + i, 0, NINE.plusMinutes(2).plusSeconds(i), "IN", "other"));
        stands("LAST", 7, NINE.plusMinutes(210).plusSeconds(30), "IN", "other");

        // When
        Outcome outcome = run(parcels);

        // Then
        assertThat(outcome.found()).containsEntry(NINE.plusMinutes(210), "LAST");
        assertThat(asked).hasSizeGreaterThan(1).hasSizeLessThan(16);
    }

    @Test
    void one_punch_among_more_rows_than_an_answer_holds_is_asked_for_once() {
        // Given
        IntStream.range(0, 2500)
                .forEach(i -> stands("A-" + i, 1, NINE.plusNanos(i * 1000L + 1000), "IN", "head-office"));

        // When
        Outcome outcome = run(List.of(parcel(1, NINE)));

        // Then
        assertThat(asked).hasSize(1);
        assertThat(outcome.missing()).hasSize(1);
    }

    @Test
    void once_too_little_is_left_of_the_claim_nothing_more_is_asked() {
        // Given
        SettableClock clock = new SettableClock(Instant.parse("2026-01-05T09:00:00Z"));
        SendingTime time = SendingTime.startingNow(clock);
        clock.forward(Duration.ofMinutes(5));

        // When
        Outcome outcome = run(List.of(parcel(1, NINE)), Duration.ofSeconds(59), time);

        // Then
        assertThat(outcome.obstacle()).contains(new Obstacle.OutOfTime());
        assertThat(outcome.missing()).isEmpty();
        assertThat(asked).isEmpty();
    }

    @Test
    void a_failure_in_the_middle_settles_nothing() {
        // Given
        stands("FOUND", 0, NINE, "IN", "other");
        failAtRequest = 3;

        // When
        Outcome outcome = run(IntStream.range(0, 200)
                .mapToObj(i -> parcel(i, NINE.plusHours(i * 11L)))
                .toList());

        // Then
        assertThat(outcome.obstacle()).contains(new Obstacle.Away(AWAY));
        assertThat(outcome.found()).isEmpty();
        assertThat(outcome.missing()).isEmpty();
        assertThat(asked).hasSize(3);
    }

    @Test
    void the_order_of_punches_and_rows_changes_nothing() {
        // Given
        List<Parcel> parcels = new ArrayList<>(IntStream.range(0, 6)
                .mapToObj(i -> parcel(1, NINE.plusSeconds(10L * i)))
                .toList());
        stands("A", 1, NINE.plusSeconds(3), "OUT", "other");
        stands("B", 1, NINE.plusSeconds(25), "IN", null);
        stands("C", 1, NINE.plusSeconds(25), "OUT", null);
        Outcome before = run(parcels);
        Collections.reverse(parcels);
        Collections.reverse(rows);

        // When
        Outcome again = run(parcels);

        // Then
        assertThat(again.found())
                .isEqualTo(before.found())
                .isEqualTo(Map.of(NINE, "A", NINE.plusSeconds(20), "B", NINE.plusSeconds(30), "C"));
    }

    @Test
    void with_a_tolerance_of_nothing_the_second_decides_and_parts_of_it_do_not_count() {
        // Given
        stands("SAME", 1, NINE.plusNanos(700_000_000), "IN", "other");
        stands("NEXT", 2, NINE.plusSeconds(1), "IN", "other");

        // When
        Outcome outcome = run(List.of(parcel(1, NINE), parcel(2, NINE)), Duration.ZERO);

        // Then
        assertThat(outcome.found()).isEqualTo(Map.of(NINE, "SAME"));
        assertThat(outcome.missing()).hasSize(1);
    }

    @Test
    void the_row_itself_wins_over_a_row_of_the_same_second() {
        // Given
        stands("A", 1, NINE, "OUT", "other");
        stands("B", 1, NINE, "IN", "other");

        // When
        Outcome outcome = run(List.of(parcel(1, NINE)));

        // Then
        assertThat(outcome.found()).isEqualTo(Map.of(NINE, "B"));
    }
}
