package io.punchbridge.frappe;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a site is set up, as the API user sees it. Each call blocks until its answer, at most for the configured time-out.
 * Nothing but {@link #create} changes anything on the site.
 */
public interface SetUpSite {

    /**
     * How far a first request came.
     *
     * @param pong whether the site knows itself and the token is taken
     * @param aheadOfUs how far the site's clock is ahead of ours, to about a second; null where it told no time
     * @param certificateEnds until when the site's certificate is valid; null without TLS
     */
    record Reach(
            FrappeAnswer<Boolean> pong,
            @Nullable Duration aheadOfUs,
            @Nullable Instant certificateEnds) {}

    /** What the API user sees of a field. */
    enum Sight {
        SHOWN,
        /** Left out of the rows: its permission level isn't granted. */
        HIDDEN,
        /** There is no row that could show it. */
        NO_ROW,
        NO_SUCH_FIELD
    }

    /**
     * An employee with an eye to the device id.
     *
     * @param deviceId as it stands there, blanks included; null if there is none
     */
    record IdHolder(String name, boolean active, @Nullable String deviceId) {}

    /** What became of a field that was to be made. */
    enum Created {
        MADE,
        THERE_ALREADY,
        /** It is there, but two rows may have the same value, and that is not for us to change. */
        THERE_NOT_UNIQUE
    }

    Reach reach();

    /** The user whom the token stands for. */
    FrappeAnswer<String> user();

    FrappeAnswer<List<String>> roles(String user);

    /** The time zone set on the user; empty where none is. */
    FrappeAnswer<Optional<String>> zoneOf(String user);

    /** @param action Frappe's word: read, write, create, delete, submit, cancel */
    FrappeAnswer<Boolean> may(String doctype, String action);

    /** What is shown of fields of the newest Employee Checkin. */
    FrappeAnswer<Sight> sightOfCheckin(String field);

    /** Version by application, e.g. {@code hrms} to {@code 15.47.0}. */
    FrappeAnswer<Map<String, String>> versions();

    /** The zone in System Settings; empty where the API user may not read it. */
    FrappeAnswer<Optional<String>> settledZone();

    /** The zone that Frappe names to the API user; a zone set on that user shows here. */
    FrappeAnswer<String> zoneForUser();

    /** Whether check-ins need a place; empty where the API user may not read HR Settings. */
    FrappeAnswer<Optional<Boolean>> geolocationTracking();

    /** Employees of any status. */
    FrappeAnswer<List<IdHolder>> idHolders();

    FrappeAnswer<ShiftTypes> shiftTypes();

    /** Whether a field of ours is marked as unique; empty where the API user may not read that. */
    FrappeAnswer<Optional<Boolean>> isUnique(CheckinField field);

    /** Makes a field; needs a System Manager's token. May be repeated. */
    FrappeAnswer<Created> create(CheckinField field);
}
