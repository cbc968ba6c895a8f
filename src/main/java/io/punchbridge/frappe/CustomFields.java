package io.punchbridge.frappe;

import io.punchbridge.punch.PunchKey;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** What a site has added to Employee Checkin. Each call blocks until its answer, at most for the configured time-out. */
public interface CustomFields {

    /**
     * Which of the fields exist and may be read by the API user. Whether the key is unique, as it should be, can't be told
     * by what an HR User may see.
     */
    FrappeAnswer<Set<CheckinField>> present();

    /**
     * The check-ins that bear one of these keys, whatever else they say; a key that none bears is missing. At most
     * {@link FrappeSite#MOST_IN_A_BATCH}. {@code SET_UP} if the site has no such field.
     */
    FrappeAnswer<Map<PunchKey, CheckinRow>> checkinsWith(Collection<PunchKey> keys);
}
