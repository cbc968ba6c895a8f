package io.punchbridge.punch;

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

    @Override
    public String toString() {
        return value;
    }
}
