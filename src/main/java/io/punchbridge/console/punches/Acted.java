package io.punchbridge.console.punches;

import io.punchbridge.api.ActedAnswer;

/** What came of an action, in words. */
public final class Acted {
    private Acted() {}

    /** @param done participle of what was wanted, e.g. {@code dismissed} */
    public static String words(ActedAnswer answer, String done) {
        String left = answer.left().isEmpty()
                ? ""
                : " " + answer.leftAlone() + " left as they are: "
                        + answer.left().get(0).why();
        if (answer.changed() == 0) {
            return "Nothing was " + done + "." + left;
        }
        return (answer.changed() == 1 ? "1 punch is" : answer.changed() + " punches are") + " " + done + "." + left
                + " " + answer.words();
    }
}
