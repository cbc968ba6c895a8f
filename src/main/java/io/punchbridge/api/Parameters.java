package io.punchbridge.api;

import org.jspecify.annotations.Nullable;

/** What stands in an address: as written in a form or a document, where {@code ?from=&to=} means neither. */
final class Parameters {
    /** Of any list. */
    static final int MOST = 200;

    private static final int LONGEST = 140;

    private Parameters() {}

    /** Trimmed; null where it is left out or blank. What no database takes is refused. */
    static @Nullable String text(String name, @Nullable String value) {
        if (value == null || value.isBlank()) {
            return null;
        }
        if (value.length() > LONGEST || isUnprintable(value)) {
            throw Members.bad(
                    name + " must be a text of at most " + LONGEST + " characters, without control characters.");
        }
        return value.strip();
    }

    /** {@code usual} where it is left out or blank; 0 for what is no number from 1 to {@code most}. */
    static int limit(@Nullable String value, int usual, int most) {
        String text = text("limit", value);
        if (text == null) {
            return usual;
        }
        int number = text.matches("\\d{1,4}") ? Integer.parseInt(text) : 0;
        return number > most ? 0 : number;
    }

    /** Whether a text has control characters, of which PostgreSQL takes no NUL, or halves of characters. */
    static boolean isUnprintable(String text) {
        return text.codePoints().anyMatch(character -> {
            int type = Character.getType(character);
            return type == Character.CONTROL || type == Character.SURROGATE;
        });
    }
}
