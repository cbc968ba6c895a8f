package io.punchbridge.doctor;

import java.util.List;

/**
 * One thing to look at.
 *
 * @param name stands for its results where it can't be made
 */
record Check(String name, Look look) {
    @FunctionalInterface
    interface Look {
        List<CheckResult> results();
    }

    /** A surprise of one check is a result of its own, and keeps no other from being made. */
    List<CheckResult> run() {
        try {
            return look.results();
        } catch (RuntimeException surprise) {
            StackTraceElement[] places = surprise.getStackTrace();
            // Without its message, which may hold anything.
            return List.of(CheckResult.failed(
                    name,
                    "This check failed in a way that nobody planned: "
                            + surprise.getClass().getName() + (places.length == 0 ? "" : " at " + places[0]),
                    "Please report it. The other checks hold all the same."));
        }
    }
}
