package io.punchbridge.attendance;

import io.punchbridge.frappe.ShiftCheckin;
import io.punchbridge.frappe.ShiftType;
import io.punchbridge.punch.LogType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Working hours by HRMS' own rules. Each span is rounded by itself to two decimals, as HRMS does it, half to even.
 *
 * @param inTime wall time of the site; null where the rules find none
 */
record LateHours(
        double hours,
        @Nullable LocalDateTime inTime,
        @Nullable LocalDateTime outTime) {

    /** @param checkins of one employee in one shift, in the order of their times, at least one */
    static LateHours of(List<ShiftCheckin> checkins, ShiftType shiftType) {
        if (shiftType.byLogType()) {
            return shiftType.everyPair() ? everyPairByLogType(checkins) : firstInLastOut(checkins);
        }
        LocalDateTime first = checkins.get(0).time();
        LocalDateTime last = checkins.get(checkins.size() - 1).time();
        double hours = shiftType.everyPair() ? pairsInTurn(checkins) : between(first, last);
        return new LateHours(hours, first, checkins.size() > 1 ? last : null);
    }

    /** One that is left over counts nothing. */
    private static double pairsInTurn(List<ShiftCheckin> checkins) {
        double hours = 0;
        for (int i = 1; i < checkins.size(); i += 2) {
            hours += between(checkins.get(i - 1).time(), checkins.get(i).time());
        }
        return hours;
    }

    private static LateHours firstInLastOut(List<ShiftCheckin> checkins) {
        LocalDateTime firstIn = null;
        LocalDateTime lastOut = null;
        for (ShiftCheckin checkin : checkins) {
            if (checkin.logType() == LogType.IN && firstIn == null) {
                firstIn = checkin.time();
            } else if (checkin.logType() == LogType.OUT) {
                lastOut = checkin.time();
            }
        }
        return new LateHours(firstIn == null || lastOut == null ? 0 : between(firstIn, lastOut), firstIn, lastOut);
    }

    /** The first IN after an OUT opens a pair, the next OUT closes it; what comes twice is passed over. */
    private static LateHours everyPairByLogType(List<ShiftCheckin> checkins) {
        double hours = 0;
        LocalDateTime inTime = null;
        LocalDateTime outTime = null;
        LocalDateTime open = null;
        for (ShiftCheckin checkin : checkins) {
            if (checkin.logType() == LogType.IN && open == null) {
                open = checkin.time();
                inTime = inTime == null ? open : inTime;
            } else if (checkin.logType() == LogType.OUT && open != null) {
                outTime = checkin.time();
                hours += between(open, outTime);
                open = null;
            }
        }
        return new LateHours(hours, inTime, outTime);
    }

    /** Negative if the first IN lies after the last OUT, as it is at HRMS. */
    private static double between(LocalDateTime from, LocalDateTime to) {
        double hours = Duration.between(from, to).toSeconds() / 3600.0;
        return new BigDecimal(hours).setScale(2, RoundingMode.HALF_EVEN).doubleValue();
    }
}
