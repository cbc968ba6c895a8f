package io.punchbridge.api;

import io.punchbridge.inbox.Actions.Action;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/**
 * What a person did.
 *
 * @param kind replay and dismiss, or what is meant for no punch: pause, resume, reconcile, cancel
 * @param at when it began, in UTC
 * @param authority what proved that the person may
 * @param who a user's name, or whom the command ran as, as it says itself
 * @param what which punches were meant; {@code delivery} of a pause and its end, which are meant for none; of a run what it was
 *     to load, or which one was to end, and what came of that
 * @param wanted how many it was meant for; changed and leftAlone together are fewer while it goes on, or if it was cut off
 */
@RegisterForReflection
public record ActionAnswer(
        String id,
        String kind,
        String at,
        String authority,
        @Nullable String who,
        String what,
        @Nullable String why,
        long wanted,
        long changed,
        long leftAlone) {

    static ActionAnswer of(Action action) {
        return new ActionAnswer(
                action.id(),
                action.kindWord().shown(),
                action.begunAt().toString(),
                action.request().authority(),
                action.request().who(),
                action.request().what(),
                action.request().why(),
                action.wanted(),
                action.changed(),
                action.leftAlone());
    }
}
