package io.punchbridge.doctor;

import io.punchbridge.attendance.AttendanceSettings;
import io.punchbridge.frappe.FrappeSettings;
import io.punchbridge.inbox.StorageSettings;
import io.punchbridge.punch.Devices;
import java.time.Duration;
import java.util.Set;

/**
 * What of the configuration the set-up check looks at.
 *
 * @param keepHealthData whether temperature and face mask are kept
 * @param assumedComplete names of the devices that count as complete after a silence
 * @param oldestCheckIn how old a punch may be that becomes a check-in
 */
public record SetUpSettings(
        FrappeSettings frappe,
        Devices devices,
        StorageSettings storage,
        AttendanceSettings attendance,
        boolean keepHealthData,
        Set<String> assumedComplete,
        Duration oldestCheckIn) {}
