package io.punchbridge.longrun;

import io.punchbridge.punch.LogType;
import io.punchbridge.sandbox.SimulatedCheckin;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;

/** A check-in as Frappe holds it. */
record CheckedIn(String employee, LocalDateTime time, String logType) {
    static CheckedIn of(Recorded punch) {
        return new CheckedIn(
                World.employee(punch.user()),
                LocalDateTime.ofInstant(punch.at(), World.SITE),
                punch.logType() == LogType.NONE ? "" : punch.logType().name());
    }

    /** As a program wrote it that keeps no seconds. */
    static CheckedIn toTheMinute(Recorded punch) {
        CheckedIn exact = of(punch);
        return new CheckedIn(exact.employee, exact.time.truncatedTo(ChronoUnit.MINUTES), exact.logType);
    }

    static CheckedIn of(SimulatedCheckin checkin) {
        return new CheckedIn(checkin.employee(), checkin.time(), checkin.logType());
    }
}
