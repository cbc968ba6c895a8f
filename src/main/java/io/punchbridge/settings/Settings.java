package io.punchbridge.settings;

import io.punchbridge.access.AccessSettings;
import io.punchbridge.access.LoginSettings;
import io.punchbridge.access.OpenIdSettings;
import io.punchbridge.alerts.AlertSettings;
import io.punchbridge.attendance.AttendanceSettings;
import io.punchbridge.delivery.CheckInPolicy;
import io.punchbridge.delivery.DeliverySettings;
import io.punchbridge.doctor.SetUpSettings;
import io.punchbridge.frappe.FrappeSettings;
import io.punchbridge.gateway.GatewaySettings;
import io.punchbridge.inbox.RetentionSettings;
import io.punchbridge.inbox.StorageSettings;
import io.punchbridge.punch.Devices;
import io.punchbridge.reconciliation.ReconciliationSettings;
import io.punchbridge.roster.RosterSettings;
import io.punchbridge.tracing.TraceSettings;
import io.punchbridge.watch.WatchSettings;

/** The whole configuration, read and checked. */
record Settings(
        FrappeSettings frappe,
        GatewaySettings gateway,
        Devices devices,
        CheckInPolicy checkIn,
        DeliverySettings delivery,
        StorageSettings storage,
        RetentionSettings retention,
        ReconciliationSettings reconciliation,
        WatchSettings watch,
        RosterSettings roster,
        AttendanceSettings attendance,
        AccessSettings console,
        LoginSettings logins,
        OpenIdSettings openId,
        AlertSettings alerts,
        TraceSettings traces) {

    SetUpSettings setUp() {
        return new SetUpSettings(
                frappe,
                devices,
                storage,
                attendance,
                gateway.keepHealthData(),
                reconciliation.assumeCompleteAfter().keySet(),
                checkIn.oldest());
    }
}
