package io.punchbridge.console.attendance;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How this page writes what has a name in the code. */
final class Words {
    private static final DateTimeFormatter WALL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    private Words() {}

    /** As settings and the API write it. */
    static String of(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The site's wall time, as Frappe writes it. */
    static String told(@Nullable LocalDateTime wallTime) {
        return wallTime == null ? "no value" : WALL.format(wallTime);
    }
}
