package io.punchbridge.inbox;

/**
 * How far a check-in that stands in Frappe differs from what a punch would have become.
 *
 * @param logType what the punch would have had: {@code IN}, {@code OUT} or empty
 * @param foundLogType what the check-in has, in the site's own words; empty if none
 * @param secondsLater by how many whole seconds the check-in lies after the punch; negative if before
 */
public record NearCheckin(String logType, String foundLogType, long secondsLater) {

    public boolean hasOtherLogType() {
        return !logType.equals(foundLogType);
    }
}
