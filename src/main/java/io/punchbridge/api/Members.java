package io.punchbridge.api;

import io.punchbridge.access.Problem;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The members of a JSON body. A member that nobody knows is refused, not passed over: a filter with a name misspelt would
 * mean more punches than the person does.
 */
public final class Members {
    /** Longer than any id, word or key; reasons of persons may be longer. */
    private static final int LONGEST = 140;

    private final Map<String, Object> members;

    public Members(@Nullable Map<String, Object> members, Set<String> known) {
        if (members == null) {
            throw bad("A JSON object is wanted. Known members are: " + String.join(", ", new TreeSet<>(known)) + ".");
        }
        if (!known.containsAll(members.keySet())) {
            throw bad("The body has a member that is not known here. Known are: "
                    + String.join(", ", new TreeSet<>(known)) + ".");
        }
        this.members = members;
    }

    /** Answers the request so, from wherever it was found out. */
    public static WebApplicationException bad(String detail) {
        return new WebApplicationException(Problem.answer(Status.BAD_REQUEST, detail));
    }

    /** The request was understood, and still can't be done. */
    public static WebApplicationException unprocessable(String detail) {
        return new WebApplicationException(Problem.answer(RunsResource.UNPROCESSABLE, detail));
    }

    public boolean has(String name) {
        return members.get(name) != null;
    }

    /** Trimmed; null where it is left out. An empty one is refused, since nobody means to filter by nothing. */
    public @Nullable String text(String name) {
        Object value = members.get(name);
        return value == null ? null : plainText(name, value);
    }

    /** A text that may have several lines, as a person wrote it; trimmed, null where it is left out. */
    @Nullable String prose(String name, int longest) {
        Object value = members.get(name);
        return value == null ? null : text(name, value, longest);
    }

    /** What is looked for or named, in which PostgreSQL takes no NUL, and no id or word has any other. */
    private static String plainText(String name, Object value) {
        String text = text(name, value, LONGEST);
        if (Parameters.isUnprintable(text)) {
            throw bad(name + " must not have control characters.");
        }
        return text;
    }

    private static String text(String name, Object value, int longest) {
        if (!(value instanceof String text) || text.isBlank() || text.length() > longest) {
            throw bad(name + " must be a text of 1 to " + longest + " characters.");
        }
        return text.strip();
    }

    /** One text or several; empty where it is left out. */
    List<String> texts(String name, int most) {
        Object value = members.get(name);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> several)) {
            return List.of(plainText(name, value));
        }
        if (several.isEmpty() || several.size() > most) {
            throw bad(name + " must be 1 to " + most + " texts.");
        }
        List<String> texts = new ArrayList<>();
        for (Object one : several) {
            texts.add(plainText(name, one == null ? "" : one));
        }
        return texts;
    }

    /** @param usual where it is left out; -1 for none */
    int number(String name, int usual, int from, int to) {
        Object value = members.get(name);
        if (value == null) {
            return usual;
        }
        if (!(value instanceof Integer number) || number < from || number > to) {
            throw bad(name + " must be a whole number from " + from + " to " + to + ".");
        }
        return number;
    }
}
