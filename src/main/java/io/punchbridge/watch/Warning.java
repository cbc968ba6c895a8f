package io.punchbridge.watch;

import java.util.Locale;

/** What can be wrong with a device. Stored by name. */
public enum Warning {
    /** Its clock is further off than {@code watch.clock-drift}. */
    CLOCK_DRIFT("Its clock is near enough again, or how it goes isn't known any more."),
    /** Its licence has ended, or does so within {@code watch.licence-ends-within}. */
    LICENCE_ENDS("Its licence goes on for long enough again, or it names none any more."),
    /** It called back for the last time longer than {@code watch.silent-for} ago. */
    SILENT("It is heard again, or may be silent for longer now.");

    private final String overWords;

    Warning(String overWords) {
        this.overWords = overWords;
    }

    /** What it means that the warning stands no more; for a person. */
    String overWords() {
        return overWords;
    }

    /** As the label of a metric. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
