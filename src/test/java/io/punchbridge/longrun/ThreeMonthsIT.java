package io.punchbridge.longrun;

import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.longrun.Store.Report;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fifty devices, three months: callbacks are lost at random, devices are away for days, the gateway repeats itself, answers
 * with errors or in halves, Frappe fails for an hour now and then, and the service is killed again and again.
 *
 * <p>{@code -Dsimulation.seed=…} repeats a world, and the moments of death to some milliseconds;
 * {@code -Dsimulation.days=…} makes it shorter.
 */
@Tag("simulation")
class ThreeMonthsIT {
    private static final int FEWEST_DEATHS = 8;

    /** A connection is reset at each death. Held here, as nobody else holds it. */
    private static final Logger CONNECTIONS = Logger.getLogger("io.vertx.core.net.impl.ConnectionBase");

    /** Stays where the test failed: store and output of each life tell why. */
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path directory;

    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void frappe_ends_up_with_what_the_devices_recorded_and_every_report_was_true() throws Exception {
        // Given
        long seed = Long.getLong("simulation.seed", System.nanoTime());
        System.out.println("The world comes from -Dsimulation.seed=" + seed);
        CONNECTIONS.setLevel(Level.OFF);
        long began = System.nanoTime();
        try (Simulation simulation = new Simulation(directory, seed)) {
            simulation.begin();
            Watch watch = new Watch(simulation);

            // When
            live(simulation, watch);

            // Then
            print(simulation, watch, Duration.ofNanos(System.nanoTime() - began));
            frappeHoldsWhatTheDevicesRecorded(simulation);
            theFiguresByDeviceAndDayAreWhatWasLost(simulation);
            eachReportWasTrue(simulation);
            everyPunchIsSettled(simulation);
            nothingCameAsASurprise(simulation);
        }
    }

    private static void live(Simulation simulation, Watch watch) throws Exception {
        Instant nextDay = simulation.now();
        boolean isResent = false;
        while (simulation.now().isBefore(Plan.END) || simulation.isInTheMiddleOfARun()) {
            simulation.step();
            watch.lookAtVerified();
            if (!simulation.now().isBefore(nextDay)) {
                watch.lookAtFigures();
                nextDay = simulation.now().plus(Duration.ofDays(1));
            }
            if (!isResent && !simulation.now().isBefore(Plan.LAST_PUNCH.plus(Duration.ofHours(6)))) {
                simulation.world().resendWhereNobodyCanAsk();
                isResent = true;
            }
        }
        watch.lookAtFigures();
    }

    private static void frappeHoldsWhatTheDevicesRecorded(Simulation simulation) {
        List<CheckedIn> held =
                simulation.frappe().checkins().stream().map(CheckedIn::of).toList();
        Map<CheckedIn, Long> times = held.stream().collect(Collectors.groupingBy(one -> one, Collectors.counting()));
        List<CheckedIn> expected = simulation.world().expectedCheckins();
        assertThat(expected.stream().filter(one -> !times.containsKey(one)))
                .as("check-ins that are missing in Frappe")
                .isEmpty();
        expected.forEach(times::remove);
        assertThat(times.keySet()).as("check-ins that nobody made").isEmpty();
        assertThat(held).as("check-ins, each once").hasSameSizeAs(expected);
    }

    private static void theFiguresByDeviceAndDayAreWhatWasLost(Simulation simulation) throws Exception {
        Map<String, Map<LocalDate, Long>> lost = new TreeMap<>();
        for (Machine machine : simulation.plan().machines()) {
            Map<LocalDate, Long> days = machine.lostByDay(Plan.BEGIN);
            if (!days.isEmpty()) {
                lost.put(machine.serialNumber(), days);
            }
        }
        assertThat(simulation.store().lostByDay())
                .as("lost punches by device and day")
                .isEqualTo(lost);
    }

    /**
     * A run that came through has found all that was lost up to its end, and nothing else: so the sum of its own figure
     * and those of the device's runs before it is what the world lost up to there.
     */
    private static void eachReportWasTrue(Simulation simulation) throws Exception {
        Map<String, List<Instant>> lost = new HashMap<>();
        for (Machine machine : simulation.plan().machines()) {
            lost.put(
                    machine.serialNumber(),
                    machine.lost(Plan.BEGIN).values().stream().sorted().toList());
        }
        Map<String, Long> sums = new HashMap<>();
        for (Report run : simulation.store().runs()) {
            long sum = sums.merge(run.device(), run.lost(), Long::sum);
            assertThat(run.state()).as("state of a run at the end").isNotEqualTo("RUNNING");
            if (run.state().equals("DONE")) {
                assertThat(sum)
                        .as("lost punches reported by the runs over %s up to %s", run.device(), run.until())
                        .isEqualTo(lost.getOrDefault(run.device(), List.of()).stream()
                                .filter(at -> at.isBefore(run.until()))
                                .count());
            }
        }
    }

    private static void everyPunchIsSettled(Simulation simulation) throws Exception {
        long ofStrangers = 0;
        long all = 0;
        for (Machine machine : simulation.plan().machines()) {
            all += machine.keys().size();
            ofStrangers += machine.log().stream()
                    .filter(punch -> Plan.isStranger(punch.user()))
                    .map(punch -> punch.key(machine.device()))
                    .distinct()
                    .count();
        }
        assertThat(simulation.store().states())
                .as("stored punches by their state")
                .isEqualTo(
                        ofStrangers == 0
                                ? Map.of("DELIVERED", all)
                                : Map.of("DELIVERED", all - ofStrangers, "HELD", ofStrangers));
    }

    private static void nothingCameAsASurprise(Simulation simulation) throws Exception {
        assertThat(simulation.life().output())
                .as("what the service said")
                .noneMatch(line -> line.contains("unexpectedly") || line.startsWith("\tat "));
        if (Plan.DAYS >= 90) {
            assertThat(simulation.life().count()).as("lives").isGreaterThan(FEWEST_DEATHS);
            assertThat(simulation.store().runs())
                    .as("runs that a death cut off")
                    .anyMatch(run -> run.state().equals("INTERRUPTED"));
        }
    }

    private static void print(Simulation simulation, Watch watch, Duration took) throws Exception {
        long punches = 0;
        long lost = 0;
        for (Machine machine : simulation.plan().machines()) {
            punches += machine.log().size();
            lost += machine.lost(Plan.BEGIN).size();
        }
        List<Report> runs = simulation.store().runs();
        Map<String, Long> states = runs.stream().collect(Collectors.groupingBy(Report::state, Collectors.counting()));
        var callbacks = simulation.gateway().statistics();
        System.out.printf(
                """
                What was simulated
                  days                            %d
                  devices                         %d
                  punches recorded                %d
                  callbacks queued                %d, sent %d times
                  callbacks lost                  %d
                  runs                            %s
                  requests to the gateway         %d, %d of them failed
                  times that Frappe failed        %d
                  logs sent once more             %d
                  lives of the service            %d
                  check-ins in Frappe             %d
                  looks at what is verified       %d
                  real time                       %d s%n""",
                Plan.DAYS,
                Plan.DEVICES,
                punches,
                callbacks.queued(),
                callbacks.attempts(),
                lost,
                new TreeMap<>(states),
                simulation.gatewayTroubles().requests(),
                simulation.gatewayTroubles().failed(),
                simulation.world().troubles(),
                simulation.world().resends(),
                simulation.life().count(),
                simulation.frappe().checkinCount(),
                watch.looks(),
                took.toSeconds());
    }
}
