package io.punchbridge.console;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * That a person was not shown, or given, what was asked for.
 *
 * @param status of HTTP
 * @param title a few words
 * @param what what happened, and what it means
 * @param toDo one thing a line
 */
record Failure(int status, String title, String what, List<String> toDo) {

    /** @param what null where nobody has said more than the status does */
    static Failure of(int status, @Nullable String what) {
        return switch (status) {
            case 401 ->
                failure(
                        status,
                        "Not logged in",
                        what,
                        "Who you are isn't proved, so nothing is shown.",
                        "Load this page again, and log in.");
            case 403 ->
                failure(
                        status,
                        "Not allowed",
                        what,
                        "You may not do this, and nothing was changed.",
                        "If you pressed what a page here offers you, go back, load that page again, and press it once more"
                                + " when all of it is there.",
                        "Whoever runs Punchbridge says who may look and who may act; its README tells how.");
            case 404, 410 ->
                failure(
                        status,
                        "Nothing is here",
                        what,
                        "There is no page at this address.",
                        "See that the address is whole, as it was given to you.",
                        "Or go on by the pages above, or from Today.");
            case 405 ->
                failure(
                        status,
                        "Not done",
                        what,
                        "This address doesn't take what was sent to it, and nothing was changed.",
                        "Go back to the page that you came from, and load it again.");
            case 409 ->
                failure(
                        status,
                        "Something else came first",
                        what,
                        "What you saw has changed meanwhile, and nothing was done.",
                        "Load the page again, and look at how it stands now.");
            case 429, 503 ->
                failure(
                        status,
                        "Not at the moment",
                        what,
                        "Punchbridge can't answer at the moment.",
                        "Load this page again in a minute.",
                        "If it stays so, tell whoever runs Punchbridge; the service's log has the cause.");
            default ->
                status < 500
                        ? failure(
                                status,
                                "Not understood",
                                what,
                                "What was asked for can't be read, and nothing was changed.",
                                "Go back, correct it, and try again.")
                        : failure(
                                status,
                                "This page failed",
                                what,
                                "Punchbridge failed on this page.",
                                "Load this page again, and see whether what you wanted is done.",
                                "If it fails again, tell whoever runs Punchbridge; the service's log has the cause.");
        };
    }

    private static Failure failure(int status, String title, @Nullable String what, String usually, String... toDo) {
        return new Failure(status, title, what == null ? usually : what, List.of(toDo));
    }
}
