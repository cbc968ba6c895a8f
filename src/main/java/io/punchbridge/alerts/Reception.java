package io.punchbridge.alerts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the receiver of alerts took what it was last sent, as far as this process has seen: others on the same storage send by
 * turns, and a restart forgets it.
 *
 * @param words what happened and what to do; without the receiver's address, which may be a secret
 * @param at when it was last tried; null if it wasn't
 * @param lastTaken when it last took a message; null if it hasn't
 */
public record Reception(
        State state,
        String words,
        @Nullable Instant at,
        @Nullable Instant lastTaken) {

    /** What it was at the last try. */
    public enum State {
        /** Nothing was sent yet. */
        UNTRIED,
        /** It took it. */
        TAKES,
        /** It couldn't, or didn't answer; it is tried again by itself. */
        AWAY,
        /** It won't take it so; a person must act. */
        REFUSES,
        /** It wants none any more, so none is sent; a person must act. */
        GONE
    }

    static final Reception UNTRIED = new Reception(
            State.UNTRIED, "Nothing was sent since this process started, so nobody knows yet.", null, null);

    static final String GONE_FOR_GOOD = "Set punchbridge.alerts.url to one that takes them, or remove it, and restart;"
            + " until then messages wait, for a day at most.";

    private static final String WAITS = " Messages wait, for a day at most, and are tried again by themselves.";

    Reception after(Receiver.Answer answer, Instant now) {
        String words = answer.words();
        return switch (answer.outcome()) {
            case TAKEN -> new Reception(State.TAKES, "It takes them.", now, now);
            case LATER -> new Reception(State.AWAY, words + WAITS, now, lastTaken);
            case REFUSED -> new Reception(State.REFUSES, words + WAITS, now, lastTaken);
            case GONE -> new Reception(State.GONE, words + " " + GONE_FOR_GOOD, now, lastTaken);
        };
    }

    /** Whether nobody hears of anything before somebody acts. */
    public boolean needsSomebody() {
        return state == State.REFUSES || state == State.GONE;
    }
}
