package io.punchbridge.attendance;

import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.attendance.AttendanceWorld.Lie;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * With a proven watermark nobody who punched is ever marked Absent, whatever comes late, gets lost or dies; and nothing
 * waits that is proven. That each condition is needed for it, {@link SomebodyIsAbsentIT} shows.
 *
 * <p>{@code -Dattendance.seed=…} repeats a world.
 */
class NobodyIsAbsentTest {
    private static final Logger LOG = Logger.getLogger(NobodyIsAbsentTest.class);

    @TempDir
    Path directory;

    static LongStream seeds() {
        Long wanted = Long.getLong("attendance.seed");
        return wanted == null ? new Random().longs(1) : LongStream.of(wanted);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nobody_who_punched_is_absent_and_nothing_waits_that_is_proven(long seed) {
        // Given
        try (AttendanceWorld world = new AttendanceWorld(directory, seed, Lie.NONE)) {

            // When
            Set<String> wrongs = world.live();

            // Then
            LOG.infof(
                    "-Dattendance.seed=%d: %s, %d moves, %d deaths, %d absences",
                    seed, world.zone(), world.moves(), world.deaths(), world.absences());
            assertThat(wrongs).as("seed %d", seed).isEmpty();
            assertThat(world.undue()).as("seed %d", seed).isEmpty();
            assertThat(world.missing()).as("seed %d", seed).isEmpty();
        }
    }
}
