package io.punchbridge.doctor;

import org.jspecify.annotations.Nullable;

/**
 * What one check came to. Holds no secrets.
 *
 * @param seen what was found, for a person
 * @param whatToDo null where nothing is to be done
 * @param fix what {@code doctor --fix} would do; null if it is for a person alone
 */
public record CheckResult(
        String name,
        Outcome outcome,
        String seen,
        @Nullable String whatToDo,
        @Nullable Fix fix) {

    static CheckResult passed(String name, String seen) {
        return new CheckResult(name, Outcome.PASSED, seen, null, null);
    }

    static CheckResult warning(String name, String seen, String whatToDo) {
        return new CheckResult(name, Outcome.WARNING, seen, whatToDo, null);
    }

    static CheckResult failed(String name, String seen, String whatToDo) {
        return new CheckResult(name, Outcome.FAILED, seen, whatToDo, null);
    }

    static CheckResult notChecked(String name, String reason) {
        return new CheckResult(name, Outcome.NOT_CHECKED, reason, null, null);
    }

    static CheckResult notChecked(String name, String reason, String whatToDo) {
        return new CheckResult(name, Outcome.NOT_CHECKED, reason, whatToDo, null);
    }

    CheckResult with(Fix fixed) {
        return new CheckResult(name, outcome, seen, whatToDo, fixed);
    }
}
