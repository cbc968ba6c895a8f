package io.punchbridge.attendance;

import io.punchbridge.attendance.AttendanceSettings.DeviceChoice;
import io.punchbridge.attendance.AttendanceSettings.LateMode;
import io.punchbridge.attendance.AttendanceSettings.LatePunches;
import io.punchbridge.attendance.AttendanceSettings.Mode;
import io.punchbridge.frappe.ShiftType;
import io.punchbridge.inbox.OpenPunches.Open;
import io.punchbridge.inbox.Verified;
import io.punchbridge.punch.Connection;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.Direction;
import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.PunchState;
import io.punchbridge.punch.SerialNumber;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The recorded site's Day Shift, 09–18 with an hour before and after, and devices that its employees punch on. */
final class Given {
    static final LocalDate FIRST_DAY = LocalDate.of(2026, 2, 2);
    static final Device OFFICE = device("head-office", "SN-OFFICE", Connection.NATIVE_PUSH);
    static final Device GATE = device("gate", "SN-GATE", Connection.NATIVE_PUSH);

    private Given() {}

    static Device device(String name, String serialNumber, Connection connection) {
        return new Device(name, new SerialNumber(serialNumber), connection, Direction.AS_SENT, null);
    }

    static ShiftType dayShift(@Nullable LocalDateTime lastSync) {
        return shift("Day Shift", lastSync, FIRST_DAY, LocalTime.of(9, 0), LocalTime.of(18, 0));
    }

    static ShiftType shift(
            String name,
            @Nullable LocalDateTime lastSync,
            @Nullable LocalDate processAfter,
            LocalTime start,
            LocalTime end) {
        return new ShiftType(
                name,
                true,
                lastSync,
                processAfter,
                start,
                end,
                Duration.ofHours(1),
                Duration.ofHours(1),
                false,
                false,
                false,
                4,
                2,
                null,
                null,
                "2026-02-01 10:00:00.000000");
    }

    static ShiftType with(ShiftType shift, boolean autoAttendance, boolean autoUpdate, @Nullable LocalDate first) {
        return new ShiftType(
                shift.name(),
                autoAttendance,
                shift.lastSync(),
                first,
                shift.start(),
                shift.end(),
                shift.beforeStart(),
                shift.afterEnd(),
                autoUpdate,
                shift.byLogType(),
                shift.everyPair(),
                shift.halfDayBelow(),
                shift.absentBelow(),
                shift.lateGrace(),
                shift.earlyGrace(),
                shift.modified());
    }

    static ShiftType moved(ShiftType shift, LocalDateTime lastSync, String modified) {
        return new ShiftType(
                shift.name(),
                shift.autoAttendance(),
                lastSync,
                shift.processAfter(),
                shift.start(),
                shift.end(),
                shift.beforeStart(),
                shift.afterEnd(),
                shift.autoUpdateLastSync(),
                shift.byLogType(),
                shift.everyPair(),
                shift.halfDayBelow(),
                shift.absentBelow(),
                shift.lateGrace(),
                shift.earlyGrace(),
                modified);
    }

    static AttendanceSettings settings(Mode mode) {
        return settings(mode, DeviceChoice.ALL, Map.of());
    }

    static AttendanceSettings settings(Mode mode, DeviceChoice choice, Map<SerialNumber, Set<String>> shiftTypesOf) {
        return new AttendanceSettings(
                mode,
                Duration.ofMinutes(5),
                Duration.ofMinutes(1),
                choice,
                shiftTypesOf,
                Duration.ofDays(3),
                true,
                new LatePunches(LateMode.OFF, Duration.ofMinutes(10), Duration.ofDays(31)));
    }

    static AttendanceSettings withoutGateway() {
        AttendanceSettings all = settings(Mode.ADVANCE);
        return new AttendanceSettings(
                all.watermark(),
                all.every(),
                all.margin(),
                all.deviceChoice(),
                all.shiftTypesOf(),
                all.heldPatience(),
                false,
                all.latePunches());
    }

    static DeviceFact proven(Device device, String since, String until) {
        Instant end = Instant.parse(until);
        return new DeviceFact(device, new Verified(Instant.parse(since), end, "run-1", end));
    }

    static Open open(PunchState state, String at, String receivedAt) {
        Instant made = Instant.parse(at);
        return new Open(
                new PunchKey(PunchKey.before(made).value() + "-a"),
                OFFICE.serialNumber(),
                state,
                made,
                Instant.parse(receivedAt),
                null);
    }
}
