package io.punchbridge.delivery;

import io.punchbridge.frappe.Checkin;
import io.punchbridge.frappe.CheckinField;
import io.punchbridge.frappe.Employee;
import io.punchbridge.inbox.WaitingPunch;
import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.Source;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * A check-in on its way, with the punches that it stands for: usually one, several where Frappe's duplicate rule holds
 * them for the same (two devices in one second, or the hour that a clock change repeats).
 */
record Parcel(Checkin checkin, Employee employee, List<WaitingPunch> punches) {

    List<PunchKey> keys() {
        return punches.stream().map(waiting -> waiting.punch().key()).toList();
    }

    /**
     * With the smallest key of its punches, so that the same punches always make the same check-in, and without what the
     * site has no field for. Device and details are those of the first punch.
     */
    Parcel labelled(Set<CheckinField> fields) {
        PunchKey smallest =
                keys().stream().min(Comparator.comparing(PunchKey::value)).orElseThrow();
        return new Parcel(checkin.with(checkin.extras().withKey(smallest).on(fields)), employee, List.copyOf(punches));
    }

    boolean isInDoubt() {
        return punches.stream().anyMatch(waiting -> waiting.inDoubtSince() != null);
    }

    /** Whether none of its punches came live: what waited for so long may wait for a look-up. */
    boolean isHistory() {
        return punches.stream().allMatch(waiting -> waiting.source() == Source.LOAD_LOG);
    }

    static List<Checkin> checkins(List<Parcel> parcels) {
        return parcels.stream().map(Parcel::checkin).toList();
    }
}
