package io.punchbridge.attendance;

import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.attendance.AttendanceWorld.Lie;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * With a proven watermark nobody who punched is ever marked Absent, whatever comes late, gets lost or dies; and nothing
 * waits that is proven. Each condition of the watermark is taken out once, and then somebody is.
 *
 * <p>{@code -Dattendance.seed=…} repeats a world.
 */
class NobodyIsAbsentTest {
    private static final Logger LOG = Logger.getLogger(NobodyIsAbsentTest.class);
    private static final int MOST_TRIES = 15;

    @TempDir
    Path directory;

    static LongStream seeds() {
        Long wanted = Long.getLong("attendance.seed");
        return wanted == null ? new Random().longs(1) : LongStream.of(wanted);
    }

    static LongStream moreSeeds() {
        return new Random().longs(2);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nobody_who_punched_is_absent_and_nothing_waits_that_is_proven(long seed) {
        // Given
        try (AttendanceWorld world = new AttendanceWorld(directory, seed, Lie.NONE)) {

            // When
            Set<String> wrongs = live(world);

            // Then
            LOG.infof(
                    "-Dattendance.seed=%d: %s, %d moves, %d deaths, %d absences",
                    seed, world.zone(), world.moves(), world.deaths(), world.absences());
            assertThat(wrongs).as("seed %d", seed).isEmpty();
            assertThat(world.undue()).as("seed %d", seed).isEmpty();
            assertThat(world.missing()).as("seed %d", seed).isEmpty();
        }
    }

    @Tag("simulation")
    @ParameterizedTest
    @MethodSource("moreSeeds")
    void nor_in_many_more_worlds(long seed) {
        nobody_who_punched_is_absent_and_nothing_waits_that_is_proven(seed);
    }

    @Tag("simulation")
    @ParameterizedTest
    @EnumSource(value = Lie.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void without_any_one_condition_somebody_is(Lie lie) throws Exception {
        // Given
        Random seeds = new Random();
        Set<String> wrongs = Set.of();

        // When
        for (int tries = 0; tries < MOST_TRIES && wrongs.isEmpty(); tries++) {
            Path place = Files.createDirectory(directory.resolve("world-" + tries));
            try (AttendanceWorld world = new AttendanceWorld(place, seeds.nextLong(), lie)) {
                wrongs = live(world);
            }
        }

        // Then
        assertThat(wrongs).as("if the watermark believes %s", lie).isNotEmpty();
    }

    /** Ends early where somebody was wronged. */
    private static Set<String> live(AttendanceWorld world) {
        Set<String> wrongs = world.wrongs();
        while (!world.isOver() && wrongs.isEmpty()) {
            world.step();
            wrongs = world.wrongs();
        }
        return wrongs;
    }
}
