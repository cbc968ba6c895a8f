package io.punchbridge.longrun;

import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.longrun.Store.Range;
import io.punchbridge.longrun.Store.Report;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks at the service's store again and again, and compares what it says with what happened in the world. */
final class Watch {
    /** Two rounds, the settling time, and what retries and an hour's rest after a garbled answer take. */
    private static final Duration LATEST = Duration.ofHours(2 * 12 + 4);

    private final Simulation simulation;
    private final Store store;
    private final Map<String, Range> before = new HashMap<>();
    /** By device: so many of its punches are known to be stored, in the order in which they were recorded. */
    private final Map<String, Integer> found = new HashMap<>();

    private long looks;

    Watch(Simulation simulation) {
        this.simulation = simulation;
        this.store = simulation.store();
    }

    long looks() {
        return looks;
    }

    /** What must be so at every moment: verified means that everything is here, and it never shrinks. */
    void lookAtVerified() throws SQLException {
        Instant now = simulation.now();
        Map<String, Range> verified = store.verified();
        for (Machine machine : simulation.plan().machines()) {
            Range range = verified.get(machine.serialNumber());
            if (!machine.kind().isAskable()) {
                assertThat(range)
                        .as("%s can't be asked, and nobody said that silence proves anything", machine)
                        .isNull();
                continue;
            }
            Range earlier = before.get(machine.serialNumber());
            if (range == null) {
                assertThat(earlier)
                        .as("what was verified of %s is forgotten at %s", machine, now)
                        .isNull();
            } else {
                lookAt(machine, range, earlier, now);
                before.put(machine.serialNumber(), range);
            }
            lookWhetherItMovesOn(machine, range, now);
        }
        looks++;
    }

    private void lookAt(Machine machine, Range range, @Nullable Range earlier, Instant now) throws SQLException {
        if (earlier != null) {
            assertThat(range.until()).as("%s is verified until", machine).isAfterOrEqualTo(earlier.until());
            assertThat(range.since()).as("%s is verified since", machine).isBeforeOrEqualTo(earlier.since());
        }
        assertThat(range.until())
                .as("%s is verified until, at %s", machine, now)
                .isBeforeOrEqualTo(now.minus(Simulation.SETTLING));
        List<Recorded> log = machine.log();
        int next = found.getOrDefault(machine.serialNumber(), 0);
        while (next < log.size() && log.get(next).at().isBefore(range.until())) {
            Recorded punch = log.get(next);
            if (!punch.at().isBefore(range.since())) {
                assertThat(store.holds(punch.key(machine.device())))
                        .as("%s is verified until %s, and a punch of %s is missing", machine, range.until(), punch.at())
                        .isTrue();
            }
            next++;
        }
        found.put(machine.serialNumber(), next);
    }

    private void lookWhetherItMovesOn(Machine machine, @Nullable Range range, Instant now) throws SQLException {
        boolean isServed = simulation.life().isUp()
                && !simulation.upSince().isAfter(now.minus(LATEST))
                && machine.isUpFor(LATEST, now);
        if (isServed) {
            assertThat(range).as("%s is never verified", machine).isNotNull();
            Instant until = range == null ? Instant.MIN : range.until();
            assertThat(until.isBefore(now.minus(LATEST)))
                    .as(
                            "%s could be asked all the time up to %s, and is verified until %s only. Its runs: %s",
                            machine, now, until, until.isBefore(now.minus(LATEST)) ? runsOf(machine) : "")
                    .isFalse();
        }
    }

    private String runsOf(Machine machine) throws SQLException {
        return store.runs().stream()
                .filter(run -> run.device().equals(machine.serialNumber()))
                .map(run -> "\n  " + run)
                .collect(Collectors.joining());
    }

    /** What must be so whenever nobody is in the middle of something: the figures say what was lost so far. */
    void lookAtFigures() throws SQLException {
        Instant now = simulation.now();
        List<Report> runs = store.runs();
        Map<String, Long> counted = new HashMap<>();
        store.lostByDay()
                .forEach((device, days) -> counted.put(
                        device,
                        days.values().stream().mapToLong(Long::longValue).sum()));
        Map<String, Long> reported = new HashMap<>();
        Map<String, Instant> proven = new HashMap<>();
        runs.forEach(run -> {
            reported.merge(run.device(), run.lost(), Long::sum);
            if (run.provenUntil().isAfter(run.from())) {
                proven.merge(run.device(), run.provenUntil(), (one, other) -> one.isAfter(other) ? one : other);
            }
        });
        Map<String, Range> verified = store.verified();
        for (Machine machine : simulation.plan().machines()) {
            String device = machine.serialNumber();
            long lost = counted.getOrDefault(device, 0L);
            assertThat(reported.getOrDefault(device, 0L))
                    .as("lost punches of %s in the reports of its runs, at %s", machine, now)
                    .isEqualTo(lost);
            Range range = verified.get(device);
            assertThat(range == null ? null : range.until())
                    .as("%s is verified until where its runs came, at %s", machine, now)
                    .isEqualTo(proven.get(device));
            if (range != null) {
                Map<?, Instant> all = machine.lost(Plan.BEGIN);
                assertThat(lost)
                        .as("punches of %s that are said to be lost, at %s", machine, now)
                        .isBetween(
                                all.values().stream()
                                        .filter(at -> at.isBefore(range.until()))
                                        .count(),
                                all.values().stream()
                                        .filter(at -> at.isBefore(now.minus(Simulation.SETTLING)))
                                        .count());
            }
        }
        assertThat(runs.stream().mapToLong(Report::newPunches).sum())
                .as("punches that came by the load log, at %s", now)
                .isEqualTo(store.fromLog());
    }
}
