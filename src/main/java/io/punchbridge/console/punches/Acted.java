package io.punchbridge.console.punches;

import io.punchbridge.api.ActedAnswer;
import io.punchbridge.console.Said;
import io.punchbridge.console.Said.Tone;

/** What came of an action, in words. */
public final class Acted {
    private Acted() {}

    /** @param done participle of what was wanted, e.g. {@code dismissed} */
    public static Said said(ActedAnswer answer, String done) {
        String left = answer.left().isEmpty()
                ? ""
                : " " + answer.leftAlone() + " left as they are: "
                        + answer.left().get(0).why();
        if (answer.changed() == 0) {
            return Said.nothingChanged("Nothing was " + done + "." + left);
        }
        return new Said(
                answer.leftAlone() == 0 ? Tone.DONE : Tone.DONE_IN_PART,
                (answer.changed() == 1 ? "1 punch is" : answer.changed() + " punches are") + " " + done + "." + left
                        + " " + answer.words());
    }
}
