package io.punchbridge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A wall time as Frappe reads it, through dateutil: whole seconds are kept, day and month are taken American, an offset
 * is kept beside the wall time and trips over it later.
 */
record FrappeTime(LocalDateTime wall, @Nullable String offset) {
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS");
    private static final String CLOCK = "(?:[T ](\\d{1,2}):(\\d{2})(?::(\\d{2})(?:\\.(\\d{1,9}))?)?)?";
    private static final Pattern YEAR_FIRST =
            Pattern.compile("(\\d{4})[-/.](\\d{1,2})[-/.](\\d{1,2})" + CLOCK + "\\s*(Z|[+-]\\d{2}:?\\d{2})?");
    private static final Pattern YEAR_LAST =
            Pattern.compile("(\\d{1,2})[-/.](\\d{1,2})[-/.](\\d{4})" + CLOCK + "\\s*(Z|[+-]\\d{2}:?\\d{2})?");

    static FrappeTime of(JsonNode sent) {
        if (!sent.isTextual() || sent.textValue().isEmpty()) {
            throw FrappeError.crash("AttributeError", "'NoneType' object has no attribute 'replace'");
        }
        return of(sent.textValue());
    }

    private static FrappeTime of(String text) {
        Matcher yearFirst = YEAR_FIRST.matcher(text.strip());
        if (yearFirst.matches()) {
            return of(text, yearFirst, number(yearFirst, 1), number(yearFirst, 2), number(yearFirst, 3));
        }
        Matcher yearLast = YEAR_LAST.matcher(text.strip());
        if (yearLast.matches()) {
            int first = number(yearLast, 1);
            int second = number(yearLast, 2);
            boolean dayFirst = first > 12;
            return of(text, yearLast, number(yearLast, 3), dayFirst ? second : first, dayFirst ? first : second);
        }
        throw parserError("Unknown string format: " + text);
    }

    private static FrappeTime of(String text, Matcher matcher, int year, int month, int day) {
        int hour = number(matcher, 4);
        int minute = number(matcher, 5);
        int second = number(matcher, 6);
        require(month >= 1 && month <= 12, "month must be in 1..12", text);
        require(hour <= 23, "hour must be in 0..23", text);
        require(minute <= 59, "minute must be in 0..59", text);
        require(second <= 59, "second must be in 0..59", text);
        try {
            return new FrappeTime(LocalDateTime.of(year, month, day, hour, minute, second), offset(matcher.group(8)));
        } catch (DateTimeException noSuchDay) {
            throw parserError("day is out of range for month: " + text);
        }
    }

    private static @Nullable String offset(@Nullable String sent) {
        if (sent == null) {
            return null;
        }
        if (sent.equals("Z")) {
            return "+00:00";
        }
        return sent.length() == 5 ? sent.substring(0, 3) + ":" + sent.substring(3) : sent;
    }

    private static int number(Matcher matcher, int group) {
        String digits = matcher.group(group);
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    private static void require(boolean condition, String complaint, String text) {
        if (!condition) {
            throw parserError(complaint + ": " + text);
        }
    }

    private static FrappeError parserError(String words) {
        return FrappeError.crash("dateutil.parser._parser.ParserError", words);
    }

    /** The value of a filter, fraction included; null if it is no time. */
    static @Nullable LocalDateTime lenient(String text) {
        Matcher matcher = YEAR_FIRST.matcher(text.strip());
        if (!matcher.matches()) {
            return null;
        }
        LocalDateTime wall = of(text).wall();
        String fraction = matcher.group(7);
        return fraction == null ? wall : wall.plusNanos(Long.parseLong((fraction + "00000000").substring(0, 9)));
    }

    /** The same, but null also for a time with an offset, which MariaDB refuses to store. */
    static @Nullable LocalDateTime withoutOffset(String text) {
        Matcher matcher = YEAR_FIRST.matcher(text.strip());
        return matcher.matches() && matcher.group(8) == null ? lenient(text) : null;
    }

    static String seconds(LocalDateTime wall) {
        return SECONDS.format(wall);
    }

    static String micros(LocalDateTime wall) {
        return MICROS.format(wall.truncatedTo(ChronoUnit.MICROS));
    }
}
