package io.punchbridge.console.today;

import io.punchbridge.alerts.AlertBook;
import io.punchbridge.attendance.AttendanceSettings;
import io.punchbridge.attendance.AttendanceSettings.Mode;
import io.punchbridge.console.today.Needs.Facts;
import io.punchbridge.console.today.TodayView.Need;
import io.punchbridge.delivery.Delivery;
import io.punchbridge.delivery.DeliveryStatus;
import io.punchbridge.inbox.LateEntry;
import io.punchbridge.inbox.LatePunches;
import io.punchbridge.inbox.PunchSearch;
import io.punchbridge.inbox.Watermarks;
import io.punchbridge.punch.PunchState;
import io.punchbridge.reconciliation.ReconciliationWatch;
import io.punchbridge.watch.DeviceWatch;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks for what doesn't mend itself. */
@Singleton
class NeedsLook {
    private final PunchSearch search;
    private final Delivery delivery;
    private final DeviceWatch devices;
    private final ReconciliationWatch reconciliation;
    private final Watermarks watermarks;
    private final LatePunches latePunches;
    private final AttendanceSettings attendance;
    private final Clock clock;

    NeedsLook(
            PunchSearch search,
            Delivery delivery,
            DeviceWatch devices,
            ReconciliationWatch reconciliation,
            Watermarks watermarks,
            LatePunches latePunches,
            AttendanceSettings attendance,
            Clock clock) {
        this.search = search;
        this.delivery = delivery;
        this.devices = devices;
        this.reconciliation = reconciliation;
        this.watermarks = watermarks;
        this.latePunches = latePunches;
        this.attendance = attendance;
        this.clock = clock;
    }

    /**
     * @param counts of all stored punches
     * @param alerts empty where nobody is told by webhook
     */
    List<Need> take(DeliveryStatus status, Map<PunchState, Long> counts, Optional<AlertBook.Page> alerts) {
        List<Need> needs = new ArrayList<>();
        AlertsLook.need(alerts).ifPresent(needs::add);
        if (status.paused() != null) {
            needs.add(new Need(
                    "need-paused",
                    "warn",
                    "Delivery is paused, so punches wait here.",
                    "Resume it once the reason for it is over.",
                    "#frappe-title",
                    "Who paused it, and why"));
        }
        needs.addAll(Needs.of(new Facts(
                delivery.isAlive(),
                status.frappe(),
                status.reason(),
                counts,
                counts.getOrDefault(PunchState.HELD, 0L) > 0 ? search.heldUsers(Needs.MOST_IDS) : 0,
                devices.states(),
                reconciliation.unverifiedFor(Needs.UNVERIFIED),
                attendance.watermark() == Mode.OFF ? List.of() : watermarks.standing(),
                latePunches.counts().getOrDefault(LateEntry.State.REPAIRING, 0L),
                clock.instant())));
        return List.copyOf(needs);
    }
}
