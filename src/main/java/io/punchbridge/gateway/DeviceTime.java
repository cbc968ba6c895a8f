package io.punchbridge.gateway;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the times of the gateway: {@code 2024-09-17 07:48:22 GMT +0300}, its variants, and ISO-8601. Never guesses: what
 * fits no form, or has no offset where no zone is configured, is no time.
 */
final class DeviceTime {
    private static final Pattern FORM = Pattern.compile(
            "(\\d{4})-(\\d{1,2})-(\\d{1,2})" // date
                    + "(?:[Tt]|\\s+)"
                    + "(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,]\\d{1,9})?)?" // wall time, a fraction is cut
                    + "\\s*(?<zone>[Zz]|(?:GMT|UTC)?\\s*(?:(?<sign>[+-])\\s*(?<hours>\\d{1,2})(?::?(?<minutes>\\d{2}))?)?)",
            Pattern.CASE_INSENSITIVE);

    /** Longer than any time; a pattern with two blanks side by side takes the square of the length to refuse one. */
    private static final int LONGEST = 64;

    private static final DateTimeFormatter WRITTEN =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'GMT' xx", Locale.ROOT);

    private DeviceTime() {}

    /**
     * The instant, in whole seconds.
     *
     * @param fallback zone of a time that comes without an offset; a wall time that its zone has twice is taken for the
     *     first, one that it skips is moved on by the gap
     */
    static Optional<Instant> parse(String text, @Nullable ZoneId fallback) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            return Optional.empty();
        }
        try {
            LocalDateTime wall = wallTime(form);
            String zone = form.group("zone").strip();
            if (form.group("sign") != null) {
                return Optional.of(wall.toInstant(offset(form)));
            }
            if (!zone.isEmpty()) {
                return Optional.of(wall.toInstant(ZoneOffset.UTC));
            }
            return Optional.ofNullable(fallback).map(known -> wall.atZone(known).toInstant());
        } catch (DateTimeException noSuchTime) {
            return Optional.empty();
        }
    }

    /** As the gateway writes it, e.g. {@code 2024-09-17 07:48:22 GMT +0300}; what is finer than a second is cut. */
    static String format(Instant instant, ZoneId zone) {
        return WRITTEN.format(instant.atZone(zone));
    }

    /** Whether this is a time that only lacks its offset. */
    static boolean lacksOffset(String text) {
        return parse(text, null).isEmpty() && parse(text, ZoneOffset.UTC).isPresent();
    }

    private static LocalDateTime wallTime(Matcher form) {
        LocalDate date = LocalDate.of(number(form, 1), number(form, 2), number(form, 3));
        int second = form.group(6) == null ? 0 : number(form, 6);
        // A leap second shares its name with the second before: no clock of ours can hold it.
        return LocalDateTime.of(date, LocalTime.of(number(form, 4), number(form, 5), second == 60 ? 59 : second));
    }

    private static ZoneOffset offset(Matcher form) {
        int sign = form.group("sign").equals("-") ? -1 : 1;
        String minutes = form.group("minutes");
        return ZoneOffset.ofHoursMinutes(
                sign * Integer.parseInt(form.group("hours")), minutes == null ? 0 : sign * Integer.parseInt(minutes));
    }

    private static int number(Matcher form, int group) {
        return Integer.parseInt(form.group(group));
    }
}
