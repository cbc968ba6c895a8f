package io.punchbridge.watch;

import io.punchbridge.inbox.DeviceStates;
import io.punchbridge.inbox.DeviceStates.Answer;
import io.punchbridge.inbox.DeviceStates.Drift;
import io.punchbridge.inbox.DeviceStates.Information;
import io.punchbridge.inbox.DeviceStates.Kept;
import io.punchbridge.inbox.GatewayCalls;
import io.punchbridge.inbox.GatewayCalls.GatewayCall;
import io.punchbridge.inbox.History;
import io.punchbridge.inbox.Run;
import io.punchbridge.punch.Arrival;
import io.punchbridge.punch.Punch;
import io.punchbridge.punch.PunchDetails;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.Source;
import io.punchbridge.punch.UserId;
import io.punchbridge.testing.SteppableClock;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Devices that something happened to, for whoever looks at them. */
@Singleton
public class DeviceScenes {
    public static final String HOSTILE = "<img src=x onerror=alert(1)>";
    private static final SerialNumber GATE = new SerialNumber("SN-GATE");
    private static final SerialNumber WRONG_CLOCK = new SerialNumber("SN-BRANCH-7");
    private static final ZoneId NAIROBI = ZoneId.of("Africa/Nairobi");
    private static final Duration LATER = Duration.ofDays(10);

    private final DeviceWatch watch;
    private final DeviceStates states;
    private final GatewayCalls calls;
    private final History history;
    private final SteppableClock clock;
    private boolean played;

    public DeviceScenes(
            DeviceWatch watch, DeviceStates states, GatewayCalls calls, History history, SteppableClock clock) {
        this.watch = watch;
        this.states = states;
        this.calls = calls;
        this.history = history;
        this.clock = clock;
    }

    /**
     * Ten days pass, in which the gate is silent and its callbacks lose seven punches, which its log gives back but for
     * the last two hours; and branch-07 has a clock that is seven minutes behind, and a licence for twelve more days.
     */
    public synchronized void play() {
        if (!played) {
            played = true;
            Instant begin = clock.instant();
            history.watch(List.of(GATE));
            clock.step(LATER);
            losePunches(begin);
            beWrong();
            watch.run();
        }
    }

    private void losePunches(Instant begin) {
        Instant until = clock.instant().minus(Duration.ofHours(2));
        Run run = ((History.Begun.Began) history.begin(new History.Plan(GATE, Run.Trigger.SCHEDULE, begin, until, 1)))
                .run();
        List<Punch> punches = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            Instant at = begin.plus(Duration.ofHours(20L + (i % 3) * 48L))
                    .plusSeconds(60L * i)
                    .truncatedTo(ChronoUnit.SECONDS);
            punches.add(Punch.of(GATE, new UserId("nobody-" + i), at, "CheckIn", PunchDetails.NONE));
        }
        Arrival arrival = new Arrival(Source.LOAD_LOG, clock.instant(), punches, List.of(), List.of());
        history.keep(run.id(), new History.Page(arrival, 7, until, until, NAIROBI));
        history.whole(run.id(), new History.WholeWindow(until, until, 1));
        history.end(run.id(), Run.State.DONE, null);
    }

    private void beWrong() {
        Instant now = clock.instant();
        LocalDate licence = LocalDate.ofInstant(now, ZoneOffset.UTC).plusDays(12);
        states.merge(List.of(new Kept(
                WRONG_CLOCK,
                now.minus(LATER),
                now.minus(Duration.ofMinutes(3)),
                null,
                new Drift(now, Duration.ofMinutes(7)),
                new Answer(now, 0, "Done."),
                new Information(now, "F500 " + HOSTILE, licence, 143),
                now)));
        calls.keep(new GatewayCall(
                "op-of-a-scene",
                WRONG_CLOCK,
                "Load.DeviceInfo",
                now,
                Duration.ofSeconds(15),
                5,
                "The device is offline " + HOSTILE));
    }
}
