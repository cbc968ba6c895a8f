package io.punchbridge.doctor;

/** What a check came to. */
public enum Outcome {
    PASSED,
    /** It works, but not as well as it should, or not for ever. */
    WARNING,
    /** Something doesn't work, or will bring in what is wrong. */
    FAILED,
    /** Something else must be right first. */
    NOT_CHECKED
}
