package io.punchbridge.attendance;

import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.attendance.AttendanceWorld.Lie;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each condition of the watermark is taken out once, and then somebody who worked is marked absent. */
@Tag("simulation")
class SomebodyIsAbsentIT {
    private static final Logger LOG = Logger.getLogger(SomebodyIsAbsentIT.class);

    /** A condition matters only where chance asks for it: in nearly every world, or in one of a few. */
    private static final int MOST_TRIES = 25;

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(value = Lie.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void without_any_one_condition_somebody_is_absent(Lie lie) throws Exception {
        // Given
        Random seeds = new Random();
        Set<String> wrongs = Set.of();

        // When
        for (int tries = 1; tries <= MOST_TRIES && wrongs.isEmpty(); tries++) {
            long seed = seeds.nextLong();
            Path place = Files.createDirectory(directory.resolve("world-" + tries));
            try (AttendanceWorld world = new AttendanceWorld(place, seed, lie)) {
                wrongs = world.live();
            }
            LOG.infof("%s, try %d, seed %d: %s", lie, tries, seed, wrongs);
        }

        // Then
        assertThat(wrongs).as("if the watermark believes %s", lie).isNotEmpty();
    }
}
