package io.punchbridge.api;

import io.punchbridge.inbox.Actions.Left;
import io.punchbridge.inbox.Actions.Outcome;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of an action.
 *
 * @param action its record; null where nothing was done
 * @param matching how many punches were meant
 * @param left some of those that were left alone, {@value #SHOWN} at most
 * @param words what it means, for a person
 */
@RegisterForReflection
public record ActedAnswer(
        @Nullable String action, int matching, int changed, int leftAlone, List<LeftAnswer> left, String words) {
    private static final int SHOWN = 50;

    @RegisterForReflection
    public record LeftAnswer(String key, @Nullable String state, String why) {}

    static ActedAnswer counted(int matching, String words) {
        return new ActedAnswer(null, matching, 0, 0, List.of(), words);
    }

    static ActedAnswer of(Outcome outcome, int matching, String words) {
        return new ActedAnswer(
                outcome.action(),
                matching,
                outcome.changed(),
                outcome.left().size(),
                outcome.left().stream().limit(SHOWN).map(ActedAnswer::left).toList(),
                words);
    }

    private static LeftAnswer left(Left left) {
        String state = left.state() == null ? null : FilterReader.word(left.state());
        String why = switch (left.why()) {
            case UNKNOWN -> "No punch has this key.";
            case UNREADABLE ->
                "What came can't be read as a punch, so nobody can send it. Enter the check-in in ERPNext by hand, and"
                        + " dismiss this.";
            case OTHER_STATE -> "It is " + state + ", of which this can't be done, or was changed meanwhile.";
        };
        return new LeftAnswer(left.key().value(), state, why);
    }
}
