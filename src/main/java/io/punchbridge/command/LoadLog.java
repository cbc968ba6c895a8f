package io.punchbridge.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Has history loaded and waits for it: starts a run a device, watches them to their ends, and tells what came of each. The
 * runs are the service's; they go on when this ends early.
 */
final class LoadLog {
    private static final String ALL = "all";
    /** How many seconds a service that is restarted is waited for. */
    private static final int PATIENCE = 30;

    private final RunningService service;
    private final Display display;
    private final PrintWriter complaints;
    private final Waiting waiting;
    private final List<RunView> ended = new ArrayList<>();
    private boolean complete = true;

    LoadLog(RunningService service, Display display, PrintWriter complaints, Waiting waiting) {
        this.service = service;
        this.display = display;
        this.complaints = complaints;
        this.waiting = waiting;
    }

    private record Started(String device, String run) {}

    int run(List<String> devices, LocalDate from, @Nullable LocalDate to, @Nullable String why) {
        try {
            List<Started> started = start(devices.contains(ALL) ? allDevices() : devices, from, to, why);
            Runnable nothingMore = waiting.onInterrupt(() -> display.say(
                    "Not waiting any longer. The service goes on" + " loading; its log tells how it ends."));
            try {
                for (Started one : started) {
                    tell(watch(one));
                }
            } finally {
                nothingMore.run();
            }
            summary();
            return complete ? ExitCode.DONE : ExitCode.NOT_DONE;
        } catch (NotAsked reason) {
            complain(Objects.requireNonNull(reason.getMessage()));
            return ExitCode.NOT_ASKED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.NOT_ASKED;
        }
    }

    private List<String> allDevices() throws NotAsked, InterruptedException {
        Answer answer = service.devices();
        if (!answer.isGood()) {
            throw new NotAsked("The devices can't be listed: " + answer.reason());
        }
        List<String> names = new ArrayList<>();
        for (JsonNode device : answer.body().path("devices")) {
            String name = device.path("name").asText();
            if (device.hasNonNull("unaskable")) {
                display.say(name + ": left out, " + device.path("unaskable").asText() + ".");
            } else {
                names.add(name);
            }
        }
        if (names.isEmpty()) {
            complain("No device can be asked for its history, so nothing is loaded.");
            complete = false;
        }
        return names;
    }

    private List<Started> start(List<String> devices, LocalDate from, @Nullable LocalDate to, @Nullable String why)
            throws NotAsked, InterruptedException {
        List<Started> started = new ArrayList<>();
        for (String device : devices) {
            Answer answer = service.startRun(device, from, to, why);
            if (answer.isGood()) {
                String run = answer.body().path("id").asText();
                display.say(device + ": loading the log " + Display.range(from, to) + ", run " + run + ".");
                started.add(new Started(device, run));
            } else {
                complete = false;
                String other = answer.body().path("run").asText();
                complain(device + ": not loaded. " + answer.reason()
                        + (other.isEmpty() ? "" : " Its run is " + other + "."));
            }
        }
        return started;
    }

    private RunView watch(Started started) throws NotAsked, InterruptedException {
        String told = null;
        for (int away = 0; ; ) {
            try {
                RunView run = look(started);
                away = 0;
                if (run.hasEnded()) {
                    return run;
                }
                if (run.reason() != null && !run.reason().equals(told)) {
                    told = run.reason();
                    display.say(started.device() + ": " + told);
                }
                display.progress(run);
            } catch (NotAsked gone) {
                if (++away > PATIENCE) {
                    throw new NotAsked("The service has gone away while it loaded the log of " + started.device()
                            + ", so nobody knows how far it came. " + gone.getMessage()
                            + " What it has stored stays; load the range again to be sure.");
                }
            }
            waiting.second();
        }
    }

    private RunView look(Started started) throws NotAsked, InterruptedException {
        Answer answer = service.run(started.run());
        if (!answer.isGood()) {
            throw new NotAsked("The service can't tell of run " + started.run() + ": " + answer.reason());
        }
        return RunView.of(answer.body());
    }

    private void tell(RunView run) {
        ended.add(run);
        if (run.isDone()) {
            display.say(run.device() + ": stored. " + run.figures() + ".");
            return;
        }
        complete = false;
        complain("%s: %s; the range is not stored whole. %s Complete until %s; %s."
                .formatted(
                        run.device(),
                        run.state(),
                        run.reason() == null ? nextStep(run) : run.reason(),
                        run.provenUntil(),
                        run.figures()));
    }

    private static String nextStep(RunView run) {
        return switch (run.state()) {
            case "cancelled" -> "Somebody cancelled it.";
            case "interrupted" -> "The service ended meanwhile; load the range again.";
            default -> "The service's log tells why; load the range again.";
        };
    }

    private void summary() {
        if (ended.size() > 1) {
            display.say("In all: %d of %d devices stored; %d rows, %d new, %d of them lost by callbacks."
                    .formatted(
                            ended.stream().filter(RunView::isDone).count(),
                            ended.size(),
                            ended.stream().mapToLong(RunView::rows).sum(),
                            ended.stream().mapToLong(RunView::newPunches).sum(),
                            ended.stream().mapToLong(RunView::lostPunches).sum()));
        }
    }

    private void complain(String line) {
        display.stepAside();
        complaints.println(line);
        complaints.flush();
    }
}
