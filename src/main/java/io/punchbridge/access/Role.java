package io.punchbridge.access;

/** What somebody may do, each with all that stands before it. */
public enum Role {
    /** Look. */
    VIEWER,
    /** Act: start, cancel, replay, dismiss, pause. */
    OPERATOR;

    /** Whether this role includes the other. */
    public boolean includes(Role other) {
        return compareTo(other) >= 0;
    }
}
