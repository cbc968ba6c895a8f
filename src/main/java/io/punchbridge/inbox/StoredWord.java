package io.punchbridge.inbox;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A word of an enumeration as a row has it. A row may have the word of a later version, after a roll-back or while replicas of
 * two versions run: it is shown as it stands, and keeps no list from being read.
 *
 * @param stored as the row has it
 * @param known null where this version doesn't know the word
 */
public record StoredWord<E extends Enum<E>>(
        String stored, @Nullable E known) {

    static <E extends Enum<E>> StoredWord<E> of(E known) {
        return new StoredWord<>(known.name(), known);
    }

    static <E extends Enum<E>> StoredWord<E> read(Class<E> words, String stored) {
        for (E known : words.getEnumConstants()) {
            if (known.name().equals(stored)) {
                return of(known);
            }
        }
        return new StoredWord<>(stored, null);
    }

    /** For persons and programs: in small letters, with hyphens. */
    public String shown() {
        return stored.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
