package io.punchbridge.attendance;

import io.punchbridge.punch.SerialNumber;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * How auto attendance is led.
 *
 * @param watermark what is done with {@code Shift Type.last_sync_of_checkin}
 * @param every how often it is decided upon
 * @param margin how far the watermark stays behind the proof
 * @param deviceChoice whose devices count for a shift type that no device names
 * @param shiftTypesOf the shift types that a device counts for, where its configuration names them
 * @param heldPatience how long a punch that nobody can be found for, or that can't be read, holds the watermark back,
 *     counted from when it came
 * @param gatewayKnown whether any device can be asked for its log
 */
public record AttendanceSettings(
        Mode watermark,
        Duration every,
        Duration margin,
        DeviceChoice deviceChoice,
        Map<SerialNumber, Set<String>> shiftTypesOf,
        Duration heldPatience,
        boolean gatewayKnown,
        LatePunches latePunches) {

    public enum Mode {
        OFF,
        /** Says what it would write, and writes nothing. */
        REPORT,
        ADVANCE
    }

    public enum DeviceChoice {
        /** All devices count for every shift type. */
        ALL,
        /** Those count on which Frappe has check-ins of the shift type. */
        LEARNT
    }

    /**
     * @param after how long after its time a punch must have reached Frappe to be suspected of being late
     * @param repairWithin how old an attendance may be, by its date, to be repaired
     */
    public record LatePunches(LateMode mode, Duration after, Duration repairWithin) {}

    public enum LateMode {
        OFF,
        REPORT,
        /** Says of each step of a repair that it would be done. */
        DRY_RUN,
        REPAIR
    }
}
