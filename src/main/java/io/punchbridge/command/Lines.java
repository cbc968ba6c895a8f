package io.punchbridge.command;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Plain lines, for a file or a log: one when something has changed, and not too many of them. */
final class Lines implements Display {
    private static final Duration BETWEEN = Duration.ofSeconds(5);

    private final PrintWriter out;
    private final Clock clock;
    private @Nullable Instant last;
    private String said = "";

    Lines(PrintWriter out, Clock clock) {
        this.out = out;
        this.clock = clock;
    }

    @Override
    public void say(String line) {
        out.println(line);
        out.flush();
    }

    @Override
    public void stepAside() {
        // A line that has been said is in nobody's way.
    }

    @Override
    public void progress(RunView run) {
        String line = "%s: %d of %d windows, %d pages, %d rows, %d new"
                .formatted(run.device(), run.windowsDone(), run.windows(), run.pages(), run.rows(), run.newPunches());
        Instant now = clock.instant();
        if (!line.equals(said) && (last == null || !now.isBefore(last.plus(BETWEEN)))) {
            said = line;
            last = now;
            say(line);
        }
    }
}
