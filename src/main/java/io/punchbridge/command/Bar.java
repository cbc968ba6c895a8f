package io.punchbridge.command;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A progress bar on a terminal: one line, written over again and again. */
final class Bar implements Display {
    private static final int LENGTH = 20;
    /** A line that fills the terminal would wrap, and couldn't be written over. */
    private static final int WIDTH = 79;

    private final PrintWriter out;
    private final Clock clock;
    private @Nullable Instant since;
    private int shown;

    Bar(PrintWriter out, Clock clock) {
        this.out = out;
        this.clock = clock;
    }

    @Override
    public void say(String line) {
        stepAside();
        out.println(line);
        out.flush();
    }

    @Override
    public void stepAside() {
        overwrite("");
        out.print('\r');
        out.flush();
    }

    @Override
    public void progress(RunView run) {
        Instant now = clock.instant();
        if (since == null) {
            since = now;
        }
        Duration lasted = Duration.between(since, now);
        int full = (int) (run.share() * LENGTH);
        String line = "[%s%s] %3d %%  %d:%02d  %s: %d/%d windows, %d rows, %d new"
                .formatted(
                        "#".repeat(full),
                        ".".repeat(LENGTH - full),
                        (int) (run.share() * 100),
                        lasted.toMinutes(),
                        lasted.toSecondsPart(),
                        run.device(),
                        run.windowsDone(),
                        run.windows(),
                        run.rows(),
                        run.newPunches());
        overwrite(line.length() > WIDTH ? line.substring(0, WIDTH) : line);
    }

    private void overwrite(String line) {
        out.print('\r');
        out.print(line);
        out.print(" ".repeat(Math.max(0, shown - line.length())));
        out.flush();
        shown = line.length();
    }
}
