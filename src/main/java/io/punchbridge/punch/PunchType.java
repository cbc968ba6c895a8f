package io.punchbridge.punch;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a device says a punch was. Words of CAMS API 3.0 ({@code CheckIn}) and 2.0 ({@code MealStart}, {@code None});
 * which of them count as IN and OUT is the vendor's and navari's published mapping.
 */
public enum PunchType {
    CHECK_IN("CheckIn", LogType.IN),
    CHECK_OUT("CheckOut", LogType.OUT),
    BREAK_IN("BreakIn", LogType.IN),
    BREAK_OUT("BreakOut", LogType.OUT),
    OVERTIME_IN("OverTimeIn", LogType.IN),
    OVERTIME_OUT("OverTimeOut", LogType.OUT),
    MEAL_IN("MealIn", LogType.IN),
    MEAL_OUT("MealOut", LogType.OUT),
    /** The device sent no direction. */
    NONE("None", LogType.NONE),
    /** A word we don't know; what was sent is kept beside it. */
    OTHER("Other", LogType.NONE);

    private static final Map<String, PunchType> BY_WORD = Stream.of(values())
            .filter(type -> type != OTHER)
            .collect(Collectors.toUnmodifiableMap(type -> canonical(type.word), type -> type));
    private static final Map<String, PunchType> API_2_WORDS = Map.of("mealstart", MEAL_IN, "mealend", MEAL_OUT);

    private final String word;
    private final LogType logType;

    PunchType(String word, LogType logType) {
        this.word = word;
        this.logType = logType;
    }

    /** Reads the gateway's word, in any case; null and blank are {@link #NONE}, an unknown word is {@link #OTHER}. */
    public static PunchType of(@Nullable String sent) {
        if (sent == null || sent.isBlank()) {
            return NONE;
        }
        String canonical = canonical(sent);
        PunchType known = BY_WORD.get(canonical);
        return known != null ? known : API_2_WORDS.getOrDefault(canonical, OTHER);
    }

    private static String canonical(String word) {
        return word.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    }

    /** The gateway's own word for it. */
    public String word() {
        return word;
    }

    /** The direction that the device claims. */
    public LogType logType() {
        return logType;
    }

    public boolean isMeal() {
        return this == MEAL_IN || this == MEAL_OUT;
    }
}
