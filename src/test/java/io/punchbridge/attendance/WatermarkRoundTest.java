package io.punchbridge.attendance;

import static io.punchbridge.attendance.FakeAttendanceSite.failure;
import static io.punchbridge.attendance.Given.GATE;
import static io.punchbridge.attendance.Given.OFFICE;
import static io.punchbridge.attendance.Given.dayShift;
import static io.punchbridge.attendance.Given.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.punchbridge.attendance.AttendanceSettings.Mode;
import io.punchbridge.frappe.FrappeAnswer;
import io.punchbridge.frappe.FrappeAnswer.Failure;
import io.punchbridge.frappe.FrappeAnswer.Success;
import io.punchbridge.frappe.FrappeFailure.Kind;
import io.punchbridge.frappe.ShiftType;
import io.punchbridge.inbox.History;
import io.punchbridge.inbox.OpenPunches;
import io.punchbridge.inbox.WatermarkStore;
import io.punchbridge.inbox.Watermarks.Move;
import io.punchbridge.inbox.Watermarks.MoveState;
import io.punchbridge.inbox.Watermarks.Outcome;
import io.punchbridge.inbox.Watermarks.Standing;
import io.punchbridge.punch.Devices;
import io.punchbridge.punch.Punch;
import io.punchbridge.punch.PunchDetails;
import io.punchbridge.punch.PunchState;
import io.punchbridge.punch.UserId;
import io.punchbridge.testing.LogLines;
import io.punchbridge.testing.SettableClock;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Rounds over a real store and a site that changes, fails and lies. Two devices count for the one shift type. */
class WatermarkRoundTest {
    private static final Instant LONG_AGO = Instant.parse("2026-01-20T00:00:00Z");
    private static final Instant SETTLED = Instant.parse("2026-02-02T19:45:00Z");
    private static final LocalDateTime BEFORE = LocalDateTime.parse("2026-02-02T06:00:00");
    private static final LocalDateTime PROVEN = LocalDateTime.parse("2026-02-02T19:44:00");
    private static final Devices DEVICES = new Devices(List.of(OFFICE, GATE));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-02-02T20:00:00Z"));
    private final FakeAttendanceSite site = new FakeAttendanceSite();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    @SuppressWarnings("NullAway.Init")
    private WatermarkStore store;

    private Supplier<FrappeAnswer<ZoneId>> zone = () -> new Success<>(ZoneOffset.UTC);

    @BeforeEach
    void openStore() {
        store = WatermarkStore.open(directory, clock);
        site.has(dayShift(BEFORE));
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    private void allProven() {
        store.verify(OFFICE.serialNumber(), LONG_AGO, SETTLED);
        store.verify(GATE.serialNumber(), LONG_AGO, SETTLED);
    }

    private WatermarkRound round(Mode mode) {
        return round(mode, store.history(), store.openPunches());
    }

    private WatermarkRound round(Mode mode, History history, OpenPunches openPunches) {
        return new WatermarkRound(
                site,
                () -> zone.get(),
                DEVICES,
                history,
                openPunches,
                store.watermarks(),
                Given.settings(mode),
                new WatermarkWatch(metrics, clock),
                "replica-1",
                clock);
    }

    private Standing standing() {
        return store.watermarks().standing().get(0);
    }

    private Outcome outcome() {
        return Objects.requireNonNull(standing().decided().outcome());
    }

    private List<Move> moves() {
        return store.watermarks().moves("Day Shift", 10);
    }

    private static Punch punch(String at) {
        return Punch.of(GATE.serialNumber(), new UserId("17"), Instant.parse(at), "CheckOut", PunchDetails.NONE);
    }

    @Test
    void what_is_proven_is_written_and_the_move_kept_with_its_proof() {
        // Given
        allProven();

        // When
        round(Mode.ADVANCE).run();

        // Then
        assertThat(site.written()).containsExactly(PROVEN);
        assertThat(outcome()).isEqualTo(Outcome.MOVED);
        assertThat(standing().decided().lastSync()).isEqualTo(PROVEN);
        assertThat(moves()).singleElement().satisfies(move -> {
            assertThat(move.state()).isEqualTo(MoveState.WRITTEN);
            assertThat(move.from()).isEqualTo(BEFORE);
            assertThat(move.to()).isEqualTo(PROVEN);
            assertThat(move.by()).isEqualTo("replica-1");
            assertThat(move.proof()).hasSize(2).allSatisfy(proof -> {
                assertThat(proof.since()).isEqualTo(LONG_AGO);
                assertThat(proof.until()).isEqualTo(SETTLED);
                assertThat(proof.run()).isNotNull();
            });
        });
    }

    @Test
    void once_written_the_next_round_finds_nothing_due() {
        // Given
        allProven();
        round(Mode.ADVANCE).run();

        // When
        round(Mode.ADVANCE).run();

        // Then
        assertThat(site.written()).hasSize(1);
        assertThat(outcome()).isEqualTo(Outcome.NOTHING_DUE);
    }

    @Test
    void a_report_says_what_it_would_write_and_writes_nothing() {
        // Given
        allProven();

        // When
        round(Mode.REPORT).run();

        // Then
        assertThat(site.written()).isEmpty();
        assertThat(moves()).isEmpty();
        assertThat(outcome()).isEqualTo(Outcome.WOULD_MOVE);
        assertThat(standing().decided().words()).contains("2026-02-02 19:44:00", "punchbridge.attendance.watermark");
    }

    @ParameterizedTest
    @EnumSource(
            value = PunchState.class,
            names = {"PENDING", "REJECTED", "HELD", "QUARANTINED"})
    void a_stored_punch_that_is_not_in_frappe_holds_back(PunchState state) {
        // Given
        allProven();
        Punch punch = punch("2026-02-02T17:58:00Z");
        store.store(punch);
        if (state != PunchState.PENDING) {
            store.settle(state);
        }

        // When
        round(Mode.ADVANCE).run();

        // Then
        assertThat(site.written()).isEmpty();
        assertThat(outcome()).isEqualTo(Outcome.HELD_BACK);
        assertThat(standing().holders())
                .singleElement()
                .satisfies(holder -> assertThat(holder.holding().holder()).isEqualTo("punch " + punch.key()));
    }

    /** Off line from noon on, its clock reset; on line again two days later, when all that it recorded comes at once. */
    @ParameterizedTest
    @CsvSource({"P2D, true", "P2DT23H, true", "P5DT1H, false"})
    void what_a_device_recorded_off_line_with_a_reset_clock_holds_back_the_shift_that_it_may_belong_to(
            Duration later, boolean holds) {
        // Given
        Instant noon = Instant.parse("2026-02-02T12:00:00Z");
        clock.set(noon);
        store.verify(GATE.serialNumber(), LONG_AGO, noon.minusSeconds(900));
        clock.set(noon.plus(Duration.ofDays(2)));
        Punch reset = punch("2000-01-01T00:03:00Z");
        store.store(reset);
        store.settle(PunchState.QUARANTINED);
        clock.set(noon.plus(later).plusSeconds(60));
        Instant settled = clock.instant().minusSeconds(900);
        store.verify(OFFICE.serialNumber(), LONG_AGO, settled);
        store.verify(GATE.serialNumber(), noon.minusSeconds(3600), settled);

        // When
        round(Mode.ADVANCE).run();

        // Then
        if (!holds) {
            assertThat(site.written()).hasSize(1);
            assertThat(standing().decided().passedOver()).containsExactly(reset.key());
            return;
        }
        assertThat(site.written()).isEmpty();
        assertThat(standing().decided().provenUntil()).isEqualTo(noon.minusSeconds(900));
        assertThat(standing().holders())
                .singleElement()
                .satisfies(holder -> assertThat(holder.holding().words())
                        .contains("that came at 2026-02-04 12:00:00", "at any time since", "2026-02-02 11:45:00"));
    }

    @Test
    void a_delivered_punch_holds_nothing_back() {
        // Given
        allProven();
        store.store(punch("2026-02-02T17:58:00Z"));
        store.settle(PunchState.DELIVERED);

        // When
        round(Mode.ADVANCE).run();

        // Then
        assertThat(site.written()).containsExactly(PROVEN);
    }

    /** Reconciliation stores what was missing, and then verifies: between our two reads both become visible. */
    @Test
    void a_punch_that_comes_to_light_between_the_reads_is_not_overlooked() {
        // Given
        store.verify(OFFICE.serialNumber(), LONG_AGO, SETTLED);
        store.verify(GATE.serialNumber(), LONG_AGO, Instant.parse("2026-02-02T15:00:00Z"));
        AtomicBoolean done = new AtomicBoolean();
        Runnable afterTheFirstRead = () -> {
            if (done.compareAndSet(false, true)) {
                store.store(punch("2026-02-02T17:58:00Z"));
                store.verify(GATE.serialNumber(), Instant.parse("2026-02-02T14:00:00Z"), SETTLED);
            }
        };
        History history = (History) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {History.class}, (proxy, method, args) -> {
                    Object read = method.invoke(store.history(), args);
                    afterTheFirstRead.run();
                    return read;
                });
        OpenPunches openPunches = (whose, from, until, patientSince, limit) -> {
            List<OpenPunches.Open> read = store.openPunches().oldest(whose, from, until, patientSince, limit);
            afterTheFirstRead.run();
            return read;
        };

        // When
        round(Mode.ADVANCE, history, openPunches).run();

        // Then
        assertThat(done).isTrue();
        assertThat(site.written()).isEmpty();
        assertThat(outcome()).isEqualTo(Outcome.HELD_BACK);
    }

    @Test
    void a_shift_type_that_someone_saved_meanwhile_is_read_and_decided_again() {
        // Given
        allProven();
        site.nextWrite((asRead, to) -> {
            site.edited(with(asRead, true, true, asRead.processAfter()));
            return site.write(asRead, to);
        });

        // When
        round(Mode.ADVANCE).run();

        // Then
        assertThat(site.written()).isEmpty();
        assertThat(outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(moves()).extracting(Move::state).containsExactly(MoveState.NOT_WRITTEN);
    }

    @Test
    void a_harmless_save_meanwhile_only_costs_another_try() {
        // Given
        allProven();
        site.nextWrite((asRead, to) -> {
            site.edited(asRead);
            return site.write(asRead, to);
        });

        // When
        round(Mode.ADVANCE).run();

        // Then
        assertThat(site.written()).containsExactly(PROVEN);
        assertThat(moves()).extracting(Move::state).containsExactlyInAnyOrder(MoveState.WRITTEN, MoveState.NOT_WRITTEN);
    }

    @Test
    void one_that_changes_every_time_is_left_to_the_next_round() {
        // Given
        allProven();
        for (int i = 0; i < 5; i++) {
            site.nextWrite((asRead, to) -> new Failure<>(failure(Kind.CHANGED_MEANWHILE)));
        }

        // When
        round(Mode.ADVANCE).run();

        // Then
        assertThat(moves()).hasSize(3).extracting(Move::state).containsOnly(MoveState.NOT_WRITTEN);
        assertThat(outcome()).isEqualTo(Outcome.NOT_WRITTEN);
    }

    @Test
    void a_lost_answer_is_found_out_by_reading() {
        // Given
        allProven();
        site.nextWrite((asRead, to) -> {
            site.write(asRead, to);
            return new Failure<>(failure(Kind.UNCERTAIN));
        });
        round(Mode.ADVANCE).run();
        List<MoveState> inDoubt = moves().stream().map(Move::state).toList();

        // When
        round(Mode.ADVANCE).run();

        // Then
        assertThat(inDoubt).containsExactly(MoveState.INTENDED);
        assertThat(site.written()).hasSize(1);
        assertThat(moves()).extracting(Move::state).containsExactly(MoveState.WRITTEN);
    }

    @Test
    void a_lost_request_that_never_arrived_is_made_again_and_told_so() {
        // Given
        allProven();
        site.nextWrite((asRead, to) -> new Failure<>(failure(Kind.UNCERTAIN)));
        round(Mode.ADVANCE).run();
        clock.forward(Duration.ofSeconds(1));

        // When
        round(Mode.ADVANCE).run();

        // Then
        assertThat(site.written()).containsExactly(PROVEN);
        assertThat(moves()).extracting(Move::state).containsExactly(MoveState.WRITTEN, MoveState.NOT_WRITTEN);
    }

    @Test
    void a_move_is_on_disk_before_it_is_written_so_that_a_crash_leaves_its_trace() {
        // Given
        allProven();
        List<MoveState> seenAtTheWrite = new ArrayList<>();
        site.nextWrite((asRead, to) -> {
            moves().forEach(move -> seenAtTheWrite.add(move.state()));
            site.write(asRead, to);
            throw new IllegalStateException("the process dies");
        });

        // When
        round(Mode.ADVANCE).run();

        // Then
        assertThat(seenAtTheWrite).containsExactly(MoveState.INTENDED);
        assertThat(moves()).extracting(Move::state).containsExactly(MoveState.INTENDED);
    }

    @Test
    void after_a_crash_before_the_write_the_move_is_told_to_be_none_once_no_request_can_live() {
        // Given
        allProven();
        site.nextWrite((asRead, to) -> {
            throw new IllegalStateException("the process dies");
        });
        round(Mode.ADVANCE).run();
        store.close();
        store = WatermarkStore.open(directory, clock);
        clock.forward(Duration.ofMinutes(10));

        // When
        round(Mode.REPORT).run();

        // Then
        assertThat(moves()).extracting(Move::state).containsExactly(MoveState.NOT_WRITTEN);
    }

    @Test
    void a_lost_request_that_may_still_arrive_is_not_told_to_be_none() {
        // Given
        allProven();
        site.nextWrite((asRead, to) -> new Failure<>(failure(Kind.UNCERTAIN)));
        round(Mode.ADVANCE).run();
        clock.forward(Duration.ofMinutes(10).minusSeconds(1));

        // When
        round(Mode.REPORT).run();

        // Then
        assertThat(moves()).extracting(Move::state).containsExactly(MoveState.INTENDED);
    }

    @Test
    void a_value_that_someone_else_wrote_meanwhile_leaves_unknown_what_became_of_ours() {
        // Given
        allProven();
        site.nextWrite((asRead, to) -> new Failure<>(failure(Kind.UNCERTAIN)));
        round(Mode.ADVANCE).run();
        site.edited(Given.moved(site.now("Day Shift"), LocalDateTime.parse("2026-02-02T20:00:00"), "x"));
        clock.forward(Duration.ofMinutes(10));

        // When
        round(Mode.ADVANCE).run();

        // Then
        assertThat(moves()).extracting(Move::state).containsExactly(MoveState.UNKNOWN);
    }

    @Test
    void a_success_that_kept_the_old_value_is_none() {
        // Given
        allProven();
        site.nextWrite((asRead, to) -> new Success<>(asRead));

        // When
        round(Mode.ADVANCE).run();

        // Then
        assertThat(outcome()).isEqualTo(Outcome.NOT_WRITTEN);
        assertThat(standing().decided().words()).contains("permission");
        assertThat(moves()).extracting(Move::state).containsExactly(MoveState.NOT_WRITTEN);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"SET_UP", "REFUSED", "RETRY_LATER"})
    void what_frappe_refuses_is_not_written_and_says_why(Kind kind) {
        // Given
        allProven();
        site.nextWrite((asRead, to) -> new Failure<>(failure(kind)));

        // When
        round(Mode.ADVANCE).run();

        // Then
        assertThat(outcome()).isEqualTo(Outcome.NOT_WRITTEN);
        assertThat(standing().decided().words()).contains("What Frappe said");
        assertThat(moves()).extracting(Move::state).containsExactly(MoveState.NOT_WRITTEN);
    }

    @Test
    void a_surprise_at_one_shift_type_keeps_no_other_back() {
        // Given
        allProven();
        site.has(Given.shift(
                "Other Shift",
                BEFORE,
                Given.FIRST_DAY,
                dayShift(null).start(),
                dayShift(null).end()));
        site.nextWrite((asRead, to) -> {
            throw new IllegalStateException("a surprise");
        });

        // When
        round(Mode.ADVANCE).run();

        // Then
        assertThat(site.written()).containsExactly(PROVEN);
        assertThat(site.now("Other Shift").lastSync()).isEqualTo(PROVEN);
    }

    @Test
    void a_shift_type_that_can_not_be_read_is_held_back_by_name_and_keeps_no_other_back() {
        // Given
        allProven();
        site.has(Given.shift(
                "Other Shift",
                BEFORE,
                Given.FIRST_DAY,
                dayShift(null).start(),
                dayShift(null).end()));
        round(Mode.REPORT).run();
        site.canNotRead("Day Shift", failure(Kind.SET_UP));
        clock.forward(Duration.ofMinutes(5));

        // When
        round(Mode.ADVANCE).run();

        // Then
        assertThat(site.now("Other Shift").lastSync()).isEqualTo(PROVEN);
        assertThat(site.now("Day Shift").lastSync()).isEqualTo(BEFORE);
        assertThat(outcome()).isEqualTo(Outcome.HELD_BACK);
        assertThat(standing().decided()).satisfies(decided -> {
            assertThat(decided.shiftType()).isEqualTo("Day Shift");
            assertThat(decided.words()).contains("Day Shift", "can't be read", "What Frappe said");
            assertThat(decided.lastSync()).isEqualTo(BEFORE);
            assertThat(decided.provenUntil()).isNull();
            assertThat(decided.checkedAt()).isEqualTo(clock.instant());
        });
        assertThat(standing().holders()).singleElement().satisfies(holder -> {
            assertThat(holder.holding().holder()).isEqualTo("shift type Day Shift");
            assertThat(holder.holding().toDo()).contains("read this Shift Type");
        });
    }

    @Test
    void a_shift_type_that_nobody_has_read_yet_is_named_and_holds_nothing_back() {
        // Given
        allProven();
        site.canNotRead("Day Shift", failure(Kind.SET_UP));
        round(Mode.ADVANCE).run();
        clock.forward(Duration.ofMinutes(5));

        // When
        round(Mode.ADVANCE).run();

        // Then
        assertThat(outcome()).isEqualTo(Outcome.UNREAD);
        assertThat(standing().holders()).isEmpty();
        assertThat(standing().decided().words())
                .contains("Day Shift", "can't be read", "What Frappe said", "read this Shift Type");
        assertThat(site.written()).isEmpty();
    }

    @Test
    void one_that_is_led_is_held_back_as_long_as_it_can_not_be_read() {
        // Given
        allProven();
        round(Mode.REPORT).run();
        site.canNotRead("Day Shift", failure(Kind.SET_UP));
        round(Mode.ADVANCE).run();
        clock.forward(Duration.ofMinutes(5));

        // When
        round(Mode.ADVANCE).run();

        // Then
        assertThat(outcome()).isEqualTo(Outcome.HELD_BACK);
    }

    @Test
    void one_that_is_led_and_hidden_from_the_api_user_is_held_back_by_name() {
        // Given
        allProven();
        round(Mode.REPORT).run();
        site.hides("Day Shift", failure(Kind.SET_UP));

        // When
        round(Mode.ADVANCE).run();

        // Then
        assertThat(outcome()).isEqualTo(Outcome.HELD_BACK);
        assertThat(standing().decided().lastSync()).isEqualTo(BEFORE);
        assertThat(standing().holders())
                .extracting(holder -> holder.holding().holder())
                .containsExactly("shift type Day Shift");
    }

    @Test
    void one_that_is_gone_is_forgotten_and_that_is_said_once() {
        // Given
        allProven();
        round(Mode.REPORT).run();
        site.removed("Day Shift");
        List<String> said;

        // When
        try (LogLines log = new LogLines(WatermarkWatch.class)) {
            round(Mode.REPORT).run();
            round(Mode.REPORT).run();
            said = log.take();
        }

        // Then
        assertThat(store.watermarks().standing()).isEmpty();
        assertThat(said).singleElement().asString().contains("Day Shift", "none of that name");
    }

    @Test
    void once_it_can_be_read_again_it_is_decided_as_ever() {
        // Given
        allProven();
        site.canNotRead("Day Shift", failure(Kind.RETRY_LATER));
        round(Mode.ADVANCE).run();
        site.canReadAll();

        // When
        round(Mode.ADVANCE).run();

        // Then
        assertThat(site.written()).containsExactly(PROVEN);
        assertThat(outcome()).isEqualTo(Outcome.MOVED);
    }

    @Test
    void a_host_whose_clock_is_ahead_of_frappes_gives_hrms_nothing_too_early() {
        // Given
        allProven();
        site.clockIsBehindBy(Duration.ofHours(1));

        // When
        round(Mode.ADVANCE).run();

        // Then
        assertThat(site.written()).isEmpty();
        assertThat(outcome()).isEqualTo(Outcome.HELD_BACK);
        assertThat(standing().holders())
                .singleElement()
                .satisfies(holder -> assertThat(holder.holding().holder()).isEqualTo("setting clock"));
    }

    @Test
    void a_surprise_that_lasts_is_said_once_and_again_when_it_comes_back() {
        // Given
        allProven();
        WatermarkRound round = round(Mode.ADVANCE);
        List<LogRecord> errors = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                if (line.getThrown() != null) {
                    errors.add(line);
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger(WatermarkWatch.class.getName());
        logger.addHandler(handler);
        List<Integer> said = new ArrayList<>();

        // When
        try {
            for (boolean surprises : List.of(true, true, true, false, true)) {
                site.has(dayShift(BEFORE));
                if (surprises) {
                    site.nextWrite((asRead, to) -> {
                        throw new IllegalStateException("a surprise at " + clock.instant());
                    });
                }
                round.run();
                clock.forward(Duration.ofSeconds(1));
                said.add(errors.size());
            }
        } finally {
            logger.removeHandler(handler);
        }

        // Then
        assertThat(said).containsExactly(1, 1, 1, 1, 2);
    }

    @Test
    void while_frappe_does_not_answer_the_last_decision_stands() {
        // Given
        allProven();
        round(Mode.REPORT).run();
        site.failsWith(failure(Kind.RETRY_LATER));
        clock.forward(Duration.ofMinutes(5));

        // When
        round(Mode.REPORT).run();

        // Then
        assertThat(outcome()).isEqualTo(Outcome.WOULD_MOVE);
        assertThat(standing().decided().checkedAt()).isEqualTo("2026-02-02T20:00:00Z");
    }

    @Test
    void without_the_sites_zone_nothing_is_decided() {
        // Given
        allProven();
        zone = () -> new Failure<>(failure(Kind.RETRY_LATER));

        // When
        round(Mode.ADVANCE).run();

        // Then
        assertThat(site.written()).isEmpty();
        assertThat(store.watermarks().standing()).isEmpty();
    }

    @Test
    void the_value_is_wall_time_of_the_site() {
        // Given
        allProven();
        zone = () -> new Success<>(ZoneId.of("Africa/Nairobi"));

        // When
        round(Mode.ADVANCE).run();

        // Then
        assertThat(site.written()).containsExactly(LocalDateTime.parse("2026-02-02T22:44:00"));
        assertThat(standing().decided().lastSyncAt()).isEqualTo("2026-02-02T19:44:00Z");
    }

    @Test
    void a_shift_type_without_auto_attendance_is_not_led_any_more() {
        // Given
        allProven();
        round(Mode.REPORT).run();
        site.has(with(dayShift(BEFORE), false, false, Given.FIRST_DAY));

        // When
        round(Mode.REPORT).run();

        // Then
        assertThat(store.watermarks().standing()).isEmpty();
    }

    @Test
    void the_lag_and_what_is_held_are_measured() {
        // Given
        allProven();
        store.store(punch("2026-02-02T17:58:00Z"));
        round(Mode.ADVANCE).run();

        // When
        new WatermarkWatch(metrics, clock).show(store.watermarks().standing());

        // Then
        assertThat(metrics.get("punchbridge.watermark.lag")
                        .tag("shift", "Day Shift")
                        .gauge()
                        .value())
                .isEqualTo(14.0 * 3600);
        assertThat(metrics.get("punchbridge.watermark.held")
                        .tag("shift", "Day Shift")
                        .gauge()
                        .value())
                .isEqualTo(1);
    }

    @Test
    void the_first_value_of_a_shift_type_that_has_none_is_written_too() {
        // Given
        allProven();
        ShiftType without = dayShift(null);
        site.has(without);

        // When
        round(Mode.ADVANCE).run();

        // Then
        assertThat(site.written()).containsExactly(PROVEN);
        assertThat(moves())
                .singleElement()
                .satisfies(move -> assertThat(move.from()).isNull());
    }
}
