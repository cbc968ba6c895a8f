package io.punchbridge.access;

/** What comes of a name and a password. */
sealed interface Verdict {
    record Accepted(LoginSettings.User user) implements Verdict {}

    /** Unknown, wrong or locked out: nobody is told which. */
    record Refused() implements Verdict {}

    /** Too many are being checked; says nothing about these. */
    record Busy() implements Verdict {}
}
