package io.punchbridge.settings;

import io.punchbridge.console.ConsoleSettings;
import io.punchbridge.delivery.CheckInPolicy;
import io.punchbridge.delivery.DeliverySettings;
import io.punchbridge.frappe.FrappeSettings;
import io.punchbridge.gateway.GatewaySettings;
import io.punchbridge.inbox.RetentionSettings;
import io.punchbridge.inbox.StorageSettings;
import io.punchbridge.punch.Devices;

/** The whole configuration, read and checked. */
record Settings(
        FrappeSettings frappe,
        GatewaySettings gateway,
        Devices devices,
        CheckInPolicy checkIn,
        DeliverySettings delivery,
        StorageSettings storage,
        RetentionSettings retention,
        ConsoleSettings console) {}
