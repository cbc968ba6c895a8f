package io.punchbridge.punch;

/** What a device's punches are taken for; many sites' devices send an unreliable direction. */
public enum Direction {
    /** The direction that came with each punch. */
    AS_SENT,
    IN,
    OUT,
    /** Leave Frappe's log type empty. */
    NONE;

    /** Log type of a punch on a device with this setting. */
    public LogType logTypeOf(PunchType type) {
        return this == AS_SENT ? type.logType() : LogType.valueOf(name());
    }
}
