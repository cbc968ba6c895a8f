package io.punchbridge.console.today;

import java.util.Locale;

/** Numbers as people read them. */
final class Numbers {
    private Numbers() {}

    /** E.g. {@code 12,345}. */
    static String of(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** E.g. {@code 1 punch} or {@code 12,345 punches}. */
    static String of(long number, String one, String many) {
        return of(number) + " " + (number == 1 ? one : many);
    }
}
