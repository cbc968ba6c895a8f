package io.punchbridge.sandbox;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What HRMS makes of one employee's check-ins in one shift; hours are rounded to two decimals, pair by pair. */
record WorkingHours(
        double hours, @Nullable LocalDateTime in, @Nullable LocalDateTime out) {

    /** Check-ins in the order of their times, at least one. */
    static WorkingHours of(List<SimulatedCheckin> checkins, boolean byLogType, boolean everyPair) {
        if (byLogType) {
            return everyPair ? pairsByLogType(checkins) : spanByLogType(checkins);
        }
        LocalDateTime first = checkins.get(0).time();
        LocalDateTime last = checkins.get(checkins.size() - 1).time();
        return new WorkingHours(
                everyPair ? alternatingPairs(checkins) : between(first, last),
                first,
                checkins.size() > 1 ? last : null);
    }

    private static double alternatingPairs(List<SimulatedCheckin> checkins) {
        double hours = 0;
        for (int i = 0; i + 1 < checkins.size(); i += 2) {
            hours += between(checkins.get(i).time(), checkins.get(i + 1).time());
        }
        return hours;
    }

    private static WorkingHours spanByLogType(List<SimulatedCheckin> checkins) {
        LocalDateTime in = null;
        LocalDateTime out = null;
        for (SimulatedCheckin checkin : checkins) {
            if (in == null && checkin.logType().equals("IN")) {
                in = checkin.time();
            }
            if (checkin.logType().equals("OUT")) {
                out = checkin.time();
            }
        }
        return new WorkingHours(in == null || out == null ? 0 : between(in, out), in, out);
    }

    private static WorkingHours pairsByLogType(List<SimulatedCheckin> checkins) {
        double hours = 0;
        LocalDateTime firstIn = null;
        LocalDateTime lastOut = null;
        LocalDateTime open = null;
        for (SimulatedCheckin checkin : checkins) {
            if (open == null && checkin.logType().equals("IN")) {
                open = checkin.time();
                firstIn = firstIn == null ? open : firstIn;
            } else if (open != null && checkin.logType().equals("OUT")) {
                lastOut = checkin.time();
                hours += between(open, lastOut);
                open = null;
            }
        }
        return new WorkingHours(hours, firstIn, lastOut);
    }

    private static double between(LocalDateTime from, LocalDateTime until) {
        double hours = Duration.between(from, until).toSeconds() / 3600.0;
        return new BigDecimal(hours).setScale(2, RoundingMode.HALF_EVEN).doubleValue();
    }
}
