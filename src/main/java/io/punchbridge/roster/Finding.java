package io.punchbridge.roster;

import io.punchbridge.punch.UserId;
import org.jspecify.annotations.Nullable;

/**
 * One difference between a device and the employees.
 *
 * @param user as the device has it, or shall have it
 * @param employee Frappe's id of the employee that it is about; null if there is none
 * @param wantedName what the device should show; null where nothing is wanted
 * @param nameOnDevice what it shows, as far as known
 */
public record Finding(
        Kind kind,
        UserId user,
        @Nullable String employee,
        @Nullable String wantedName,
        @Nullable String nameOnDevice) {

    public enum Kind {
        /** An active employee of the device's scope isn't on it. Added. */
        MISSING("not on the device"),
        /** The device shows another name. Changed. */
        NAME_DIFFERS("other name on the device"),
        /** The employee has left long enough ago. Deleted. */
        LEAVING("has left"),
        /** The employee has left, and may stay for some days. */
        LEAVING_LATER("has left a short while ago"),
        /** Has left, and administers the device: a device without any administrator lets everybody into its menu. */
        ADMINISTRATOR_LEFT("has left, and administers the device; name another one there, then delete this one"),
        /**
         * Has left, but the device shows another name under this id, or told of a change to this user after the last day: it may have
         * been given to somebody whom Frappe doesn't know by it yet.
         */
        ID_PASSED_ON("has left, and the id may be somebody else's by now"),
        /** An active employee outside of the device's scope. */
        OUT_OF_SCOPE("works elsewhere"),
        /** No employee has this id: a visitor, a technician, or an id that was never entered. */
        SURPLUS("no employee has this id"),
        /** An id that differs only by leading zeros or by case from another; which of them is meant, a person must say. */
        ID_DIFFERS("id differs only by zeros or case"),
        /** Frappe doesn't say clearly whether the employee should be there. */
        UNCLEAR("Frappe doesn't say clearly");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** A few words for a person. */
        public String words() {
            return words;
        }
    }
}
