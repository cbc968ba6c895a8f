package io.punchbridge.punch;

import java.util.Locale;

/**
 * User id on a device, and the {@code attendance_device_id} of an Employee. Compared exactly after trimming: leading
 * zeros matter.
 */
public record UserId(String value) {
    public UserId {
        value = value.strip();
        if (value.isEmpty()) {
            throw new IllegalArgumentException("a user id can't be blank");
        }
    }

    /**
     * What is left of an id without blanks, leading zeros and case: two ids that agree in it are different, and easily
     * taken for each other.
     */
    public static String core(String id) {
        String bare = id.replaceAll("\\s+", "").toLowerCase(Locale.ROOT).replaceFirst("^0+", "");
        return bare.isEmpty() ? "0" : bare;
    }

    @Override
    public String toString() {
        return value;
    }
}
