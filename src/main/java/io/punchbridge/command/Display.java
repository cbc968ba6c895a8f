package io.punchbridge.command;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Where a person, or a log, sees how far it is. */
interface Display {
    /** A line that stays. */
    void say(String line);

    /** How far a run is; may be left out where it would be too much. */
    void progress(RunView run);

    /** Makes room for a line that somebody else writes. */
    void stepAside();

    static String range(LocalDate from, @Nullable LocalDate to) {
        return to == null
                ? "from " + from + " to today"
                : from.equals(to) ? "of " + from : "from " + from + " to " + to;
    }
}
