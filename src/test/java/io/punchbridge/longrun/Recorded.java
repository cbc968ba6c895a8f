package io.punchbridge.longrun;

import io.punchbridge.punch.LogType;
import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.PunchType;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.UserId;
import io.punchbridge.sandbox.SimulatedDevice;
import io.punchbridge.sandbox.SimulatedDevice.LoggedPunch;
import java.time.Instant;

/** What a device recorded. */
record Recorded(int user, PunchType type, Instant at) {
    LoggedPunch logged() {
        return new LoggedPunch(String.valueOf(user), type.word(), at, "Fingerprint");
    }

    PunchKey key(SimulatedDevice device) {
        return PunchKey.of(new SerialNumber(device.serialNumber()), new UserId(String.valueOf(user)), at, type.word());
    }

    LogType logType() {
        return type.logType();
    }
}
