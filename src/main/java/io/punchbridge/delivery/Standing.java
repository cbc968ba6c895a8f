package io.punchbridge.delivery;

import io.punchbridge.delivery.Timed.Exchange;
import io.punchbridge.frappe.Checkin;
import io.punchbridge.frappe.CheckinFields;
import io.punchbridge.frappe.CheckinRow;
import io.punchbridge.frappe.FrappeAnswer;
import io.punchbridge.frappe.FrappeSite;
import io.punchbridge.inbox.DeliveryAttempt.Outcome;
import io.punchbridge.punch.PunchKey;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out which parcels stand in Frappe: by employee, time and log type, and those that don't by their key, where they
 * bear one. A row that is found by its key alone says something else than the punch: somebody has changed it, which
 * is his right, our own insert came out wrong, or the device id has become another employee's meanwhile.
 */
final class Standing {
    private static final String ANOTHERS =
            "Its check-in %s stands at another employee in Frappe than the one who has the"
                    + " device id now: nothing was sent. Delete or correct it in Frappe, then replay the punch.";

    private final FrappeSite site;
    private final CheckinFields fields;
    private final EchoCheck echoCheck;
    private final Settlements settlements;
    private final Clock clock;

    /** Rows of parcels that stand in Frappe, by the parcels' identity, and the asking for them. */
    record Found(Map<Checkin.Identity, CheckinRow> rows, Exchange lookUp) {}

    Standing(FrappeSite site, CheckinFields fields, EchoCheck echoCheck, Settlements settlements, Clock clock) {
        this.site = site;
        this.fields = fields;
        this.echoCheck = echoCheck;
        this.settlements = settlements;
        this.clock = clock;
    }

    FrappeAnswer<Found> lookUp(List<Parcel> parcels) {
        Timed<FrappeAnswer<Map<Checkin.Identity, CheckinRow>>> asked = Timed.call(clock, () -> rows(parcels));
        return asked.answer().map(rows -> new Found(rows, asked.about(parcels)));
    }

    private FrappeAnswer<Map<Checkin.Identity, CheckinRow>> rows(List<Parcel> parcels) {
        FrappeAnswer<List<CheckinRow>> answer = site.lookUp(Parcel.checkins(parcels));
        if (answer instanceof FrappeAnswer.Failure<List<CheckinRow>> failed) {
            return new FrappeAnswer.Failure<>(failed.failure());
        }
        Map<Checkin.Identity, CheckinRow> found = byIdentity(((FrappeAnswer.Success<List<CheckinRow>>) answer).value());
        List<Parcel> missing = parcels.stream()
                .filter(parcel -> !found.containsKey(parcel.checkin().identity()))
                .toList();
        return byKey(missing).map(rows -> {
            found.putAll(rows);
            return found;
        });
    }

    private static Map<Checkin.Identity, CheckinRow> byIdentity(List<CheckinRow> rows) {
        Map<Checkin.Identity, CheckinRow> found = new HashMap<>();
        for (CheckinRow row : rows) {
            String employee = row.employee();
            if (employee != null && row.time() != null) {
                found.put(new Checkin.Identity(employee, row.time(), row.logType()), row);
            }
        }
        return found;
    }

    private FrappeAnswer<Map<Checkin.Identity, CheckinRow>> byKey(List<Parcel> parcels) {
        List<PunchKey> keys = parcels.stream()
                .filter(Standing::bearsKey)
                .flatMap(parcel -> parcel.keys().stream())
                .toList();
        if (keys.isEmpty()) {
            return new FrappeAnswer.Success<>(Map.of());
        }
        return fields.checkinsWith(keys).map(rows -> {
            Map<Checkin.Identity, CheckinRow> found = new HashMap<>();
            for (Parcel parcel : parcels) {
                // The row may bear the key of any: who was sent alone before bears its own.
                parcel.keys().stream()
                        .filter(rows::containsKey)
                        .findFirst()
                        .ifPresent(key -> found.put(parcel.checkin().identity(), rows.get(key)));
            }
            return found;
        });
    }

    /** To count it as delivered would leave one person with a check-in that isn't his, and the other without. */
    private static boolean isAnothers(Parcel parcel, CheckinRow row) {
        String employee = row.employee();
        return employee != null && !employee.equals(parcel.checkin().employee());
    }

    private static boolean bearsKey(Parcel parcel) {
        return parcel.checkin().extras().key() != null;
    }

    /**
     * Settles the parcels that were found.
     *
     * @param missing receives those that were not
     * @return an obstacle where a row is one that our own insert got wrong; that row is taken back, as far as we may
     */
    Optional<Obstacle> settle(List<Parcel> parcels, Found found, List<Parcel> missing) {
        List<EchoCheck.WrongRow> wrong = new ArrayList<>();
        for (Parcel parcel : parcels) {
            CheckinRow row = found.rows().get(parcel.checkin().identity());
            if (row == null) {
                missing.add(parcel);
                continue;
            }
            // One that holds all that was sent may still be nobody's: kept for an employee that had gone.
            Optional<EchoCheck.Fault> fault = echoCheck.judgeRow(parcel, row);
            if (fault.isPresent()) {
                settlements.attempted(
                        parcel,
                        found.lookUp(),
                        Outcome.CAME_OUT_WRONG,
                        fault.get().meaning(),
                        row.name());
                wrong.add(new EchoCheck.WrongRow(parcel, row, fault.get()));
            } else if (isAnothers(parcel, row)) {
                settlements.attempted(parcel, found.lookUp(), Outcome.KEPT, ANOTHERS.formatted(row.name()), row.name());
                settlements.rejected(parcel, ANOTHERS.formatted(row.name()));
            } else {
                settlements.attempted(parcel, found.lookUp(), Outcome.FOUND, null, row.name());
                settlements.delivered(parcel, row.name());
            }
        }
        return wrong.isEmpty() ? Optional.empty() : Optional.of(echoCheck.cleanUp(wrong, settlements));
    }
}
