package io.punchbridge.console.punches;

import io.punchbridge.console.Moment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One punch from device to check-in, as a person reads it.
 *
 * @param heading when, who and where
 * @param state as badges show it
 * @param steps oldest first; the last says how it stands, and what to do
 * @param content what could not be read, as redacted JSON; null for a readable punch
 * @param replayable whether it can be sent again
 * @param replayWords what that does to it, as it stands
 * @param dismissable whether it can be dismissed
 */
public record PunchStory(
        String key,
        String heading,
        String state,
        List<Step> steps,
        List<Fact> facts,
        @Nullable String content,
        boolean replayable,
        String replayWords,
        boolean dismissable) {

    /**
     * @param tone {@code ok}, {@code warn}, {@code bad} or empty
     * @param words sentences
     */
    public record Step(String tone, String what, @Nullable Moment at, List<String> words, List<Link> links) {}

    public record Link(String href, String text) {}

    /** @param value as it came */
    public record Fact(String name, String value) {}
}
