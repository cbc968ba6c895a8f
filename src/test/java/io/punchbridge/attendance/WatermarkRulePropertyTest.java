package io.punchbridge.attendance;

import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.attendance.AttendanceSettings.Mode;
import io.punchbridge.frappe.ShiftType;
import io.punchbridge.inbox.OpenPunches.Open;
import io.punchbridge.inbox.Verified;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.PunchState;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random shift types, proofs and open punches around both clock changes of several zones: whatever HRMS would process after
 * a move is proven and delivered, seen from check-ins' wall times as HRMS sees them.
 */
class WatermarkRulePropertyTest {
    private static final int WORLDS = 4000;
    private static final AttendanceSettings SETTINGS = Given.settings(Mode.ADVANCE);

    /** A day is long enough to meet the change, its hour's repeat, and shifts that pass midnight. */
    private static final long AROUND = Duration.ofDays(2).toSeconds();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Europe/Berlin",
                "America/New_York",
                "America/St_Johns",
                "Australia/Lord_Howe",
                "Africa/Cairo",
                "America/Santiago",
                "Africa/Nairobi",
                "Asia/Kolkata"
            })
    void whatever_is_let_go_is_proven_and_delivered_by_wall_time(String zone) {
        // Given
        SplittableRandom random = new SplittableRandom(20_261_124);
        List<World> worlds = new ArrayList<>();
        for (int i = 0; i < WORLDS; i++) {
            worlds.add(World.random(ZoneId.of(zone), random));
        }

        // When
        long moves = worlds.stream().filter(World::isSafe).count();

        // Then
        assertThat(moves).isGreaterThan(WORLDS / 50);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "America/Santiago"})
    void every_instant_from_the_proof_on_has_a_wall_time_at_or_above_the_one_that_is_written(String zone) {
        // Given
        SiteTime time = new SiteTime(ZoneId.of(zone));
        Random random = new Random(7);
        List<Instant> proofs = LongStream.range(0, 400)
                .mapToObj(i -> nearAChange(ZoneId.of(zone), random.nextInt(2), random.nextLong(-7200, 7200)))
                .toList();

        // When
        List<LocalDateTime> written = proofs.stream().map(time::floorOf).toList();

        // Then
        for (int i = 0; i < proofs.size(); i++) {
            Instant proof = proofs.get(i);
            LocalDateTime floor = written.get(i);
            for (long later = 0; later < 10_000; later += 61) {
                assertThat(time.of(proof.plusSeconds(later))).isAfterOrEqualTo(floor);
            }
            assertThat(Duration.between(floor, time.of(proof))).isLessThanOrEqualTo(Duration.ofHours(1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "America/Santiago"})
    void every_instant_before_the_first_of_a_wall_time_has_an_earlier_one(String zone) {
        // Given
        SiteTime time = new SiteTime(ZoneId.of(zone));
        Random random = new Random(8);
        List<LocalDateTime> wallTimes = LongStream.range(0, 400)
                .mapToObj(i -> time.of(nearAChange(ZoneId.of(zone), random.nextInt(2), 0))
                        .plusSeconds(random.nextLong(-7200, 7200)))
                .toList();

        // When
        List<Instant> first = wallTimes.stream().map(time::firstAt).toList();

        // Then
        for (int i = 0; i < first.size(); i++) {
            assertThat(time.of(first.get(i))).isAfterOrEqualTo(wallTimes.get(i));
            for (long earlier = 1; earlier < 10_000; earlier += 61) {
                assertThat(time.of(first.get(i).minusSeconds(earlier))).isBefore(wallTimes.get(i));
            }
        }
    }

    /** Near the first or the second clock change after the beginning of 2026, or at a day of it in a zone that has none. */
    private static Instant nearAChange(ZoneId zone, int which, long seconds) {
        Instant begin = Instant.parse("2026-01-01T00:00:00Z");
        ZoneOffsetTransition change = zone.getRules().nextTransition(begin);
        if (which == 1 && change != null) {
            change = zone.getRules().nextTransition(change.getInstant());
        }
        return (change == null ? Instant.parse("2026-03-01T00:00:00Z") : change.getInstant()).plusSeconds(seconds);
    }

    /** A site at one moment. */
    private record World(ShiftType shift, List<DeviceFact> devices, List<Open> open, ZoneId zone, Instant now) {

        static World random(ZoneId zone, SplittableRandom random) {
            Instant now = nearAChange(zone, random.nextInt(2), random.nextLong(-AROUND, AROUND));
            LocalDateTime here = new SiteTime(zone).of(now);
            List<DeviceFact> devices = new ArrayList<>();
            for (Device device : List.of(Given.OFFICE, Given.GATE).subList(0, 1 + random.nextInt(2))) {
                Instant until = now.minusSeconds(random.nextLong(0, random.nextBoolean() ? 3600 : AROUND));
                Instant since = until.minusSeconds(random.nextLong(3600, 4 * AROUND));
                devices.add(
                        random.nextInt(20) == 0
                                ? new DeviceFact(device, null)
                                : new DeviceFact(device, new Verified(since, until, "run", until)));
            }
            List<Open> open = new ArrayList<>();
            for (int i = random.nextInt(3); i > 0; i--) {
                Instant at = now.minusMillis(random.nextLong(0, 2 * AROUND * 1000));
                PunchState state = List.of(
                                PunchState.PENDING, PunchState.REJECTED, PunchState.HELD, PunchState.QUARANTINED)
                        .get(random.nextInt(4));
                Instant came = at.plusSeconds(random.nextLong(0, 600));
                boolean isReset = state == PunchState.QUARANTINED && random.nextBoolean();
                open.add(new Open(
                        new PunchKey("key-" + i),
                        Given.OFFICE.serialNumber(),
                        state,
                        isReset ? Instant.parse("2000-01-01T00:00:00Z") : at,
                        random.nextInt(4) == 0 ? now.minus(SETTINGS.heldPatience()) : came,
                        null));
            }
            return new World(shift(here, random), devices, open, zone, now);
        }

        private static ShiftType shift(LocalDateTime here, SplittableRandom random) {
            LocalTime start = LocalTime.of(random.nextInt(24), 15 * random.nextInt(4));
            LocalTime end = start.plusMinutes(60L * (4 + random.nextInt(8)));
            LocalDateTime lastSync = random.nextInt(5) == 0 ? null : here.minusMinutes(random.nextLong(0, 6000));
            LocalDate first = here.toLocalDate().minusDays(random.nextInt(6));
            return Given.shift("Shift", lastSync, first, start, end);
        }

        /** Fails where something is let go that isn't proven. Returns whether it was moved. */
        boolean isSafe() {
            Decision decision = new WatermarkRule(shift, SETTINGS, zone, now, Duration.ZERO).decide(devices, open);
            if (!(decision instanceof Decision.Move move)) {
                return false;
            }
            SiteTime time = new SiteTime(zone);
            ShiftType after = Given.moved(shift, move.to(), "later");
            assertThat(shift.lastSync() == null || move.to().isAfter(shift.lastSync()))
                    .as("forwards: %s", this)
                    .isTrue();
            assertThat(after.covers(move.day()) && !shift.covers(move.day()))
                    .as("a shift is let go: %s", this)
                    .isTrue();
            for (LocalDate day = move.day().minusDays(12);
                    !day.isAfter(move.day().plusDays(2));
                    day = day.plusDays(1)) {
                if (after.covers(day) && !shift.covers(day)) {
                    assertAllThere(day, time);
                }
            }
            return true;
        }

        /** By wall times, every five minutes of a generous range: what lies in the window is in every proof. */
        private void assertAllThere(LocalDate day, SiteTime time) {
            LocalDate first = Objects.requireNonNull(shift.processAfter());
            LocalDateTime opens = shift.actualStart(day);
            LocalDateTime closes = shift.actualEnd(day);
            Instant from = opens.minusHours(3).atZone(zone).toInstant();
            for (Instant at = from; time.of(at).isBefore(closes.plusHours(3)); at = at.plusSeconds(300)) {
                LocalDateTime wall = time.of(at);
                if (!wall.isBefore(opens) && !wall.isAfter(closes)) {
                    for (DeviceFact device : devices) {
                        assertThat(isProven(device, at))
                                .as("%s at %s: %s", device, at, this)
                                .isTrue();
                    }
                }
            }
            for (Open punch : open) {
                // Who has no punches at all on the day before is marked only with this one.
                Instant claimed = punch.at();
                boolean isReset = claimed == null || claimed.isBefore(Instant.parse("2001-01-01T00:00:00Z"));
                LocalDateTime wall = time.of(claimed == null || isReset ? punch.receivedAt() : claimed);
                boolean isIn = isIn(day, wall) || (!day.minusDays(1).isBefore(first) && isIn(day.minusDays(1), wall));
                boolean isPatient = punch.state() == PunchState.PENDING
                        || punch.state() == PunchState.REJECTED
                        || punch.receivedAt().isAfter(now.minus(SETTINGS.heldPatience()));
                assertThat(isIn && isPatient).as("%s: %s", punch, this).isFalse();
            }
        }

        private boolean isIn(LocalDate day, LocalDateTime wall) {
            return !wall.isBefore(shift.actualStart(day)) && !wall.isAfter(shift.actualEnd(day));
        }

        private static boolean isProven(DeviceFact device, Instant at) {
            Verified verified = device.verified();
            return verified != null
                    && !at.isBefore(verified.since())
                    && at.isBefore(verified.until().minus(SETTINGS.margin()));
        }
    }
}
