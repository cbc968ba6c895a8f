package io.punchbridge.attendance;

import io.punchbridge.frappe.Attendance;
import io.punchbridge.frappe.AttendanceSite;
import io.punchbridge.frappe.FrappeAnswer;
import io.punchbridge.frappe.FrappeAnswer.Failure;
import io.punchbridge.frappe.FrappeAnswer.Success;
import io.punchbridge.frappe.FrappeFailure;
import io.punchbridge.frappe.FrappeSite;
import io.punchbridge.frappe.ShiftCheckin;
import io.punchbridge.inbox.LateEntry;
import io.punchbridge.inbox.LatePunch;
import io.punchbridge.inbox.LatePunches;
import io.punchbridge.inbox.LatePunches.Finding;
import io.punchbridge.punch.PunchKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Tells which of the candidates came after their attendance was made. */
class LateJudge {
    private static final Logger LOG = Logger.getLogger(LateJudge.class);

    /** A run of HRMS that was under way when the check-in came has ended by then. */
    static final Duration QUIET = Duration.ofMinutes(15);

    /** Ten thousand punches a round; the next is a minute away. */
    private static final int MOST_PAGES = 50;

    private final LatePunches store;
    private final AttendanceSite site;
    private final Clock clock;

    LateJudge(LatePunches store, AttendanceSite site, Clock clock) {
        this.store = store;
        this.site = site;
        this.clock = clock;
    }

    /** Two questions a page of candidates. Ends early if the site fails; what is judged until then is kept. */
    Optional<FrappeFailure> judgeDue() {
        for (int page = 0; page < MOST_PAGES; page++) {
            List<LatePunch> candidates = store.candidates(clock.instant().minus(QUIET), FrappeSite.MOST_IN_A_BATCH);
            if (candidates.isEmpty()) {
                return Optional.empty();
            }
            Optional<FrappeFailure> failure = judge(candidates);
            if (failure.isPresent()) {
                return failure;
            }
        }
        return Optional.empty();
    }

    private Optional<FrappeFailure> judge(List<LatePunch> candidates) {
        FrappeAnswer<List<ShiftCheckin>> checkins = site.checkins(
                candidates.stream().map(LatePunch::checkin).distinct().toList());
        if (checkins instanceof Failure<List<ShiftCheckin>> failed) {
            return Optional.of(failed.failure());
        }
        Map<String, ShiftCheckin> open = ((Success<List<ShiftCheckin>>) checkins)
                .value().stream()
                        .filter(LateJudge::isOpen)
                        .collect(Collectors.toMap(ShiftCheckin::name, Function.identity(), (one, same) -> one));
        FrappeAnswer<List<Attendance>> attendances = attendances(open.values());
        if (attendances instanceof Failure<List<Attendance>> failed) {
            return Optional.of(failed.failure());
        }
        record(candidates, open, ((Success<List<Attendance>>) attendances).value());
        return Optional.empty();
    }

    /** In a shift, and without an attendance of its own. */
    private static boolean isOpen(ShiftCheckin checkin) {
        return checkin.shift() != null && checkin.shiftStart() != null && checkin.attendance() == null;
    }

    private FrappeAnswer<List<Attendance>> attendances(Collection<ShiftCheckin> checkins) {
        List<LocalDate> days = checkins.stream()
                .map(LateJudge::day)
                .flatMap(Optional::stream)
                .sorted()
                .toList();
        return days.isEmpty()
                ? new Success<>(List.of())
                : site.attendances(
                        checkins.stream().map(ShiftCheckin::employee).distinct().toList(),
                        days.get(0),
                        days.get(days.size() - 1));
    }

    private static Optional<LocalDate> day(ShiftCheckin checkin) {
        return Optional.ofNullable(checkin.shiftStart()).map(start -> start.toLocalDate());
    }

    private void record(List<LatePunch> candidates, Map<String, ShiftCheckin> open, List<Attendance> attendances) {
        Instant now = clock.instant();
        List<PunchKey> inTime = new ArrayList<>();
        Map<String, Finding> late = new LinkedHashMap<>();
        for (LatePunch candidate : candidates) {
            LateEntry entry = entry(open.get(candidate.checkin()), attendances, now);
            if (entry == null) {
                inTime.add(candidate.key());
            } else {
                late.computeIfAbsent(entry.id(), id -> new Finding(entry, new ArrayList<>()))
                        .punches()
                        .add(candidate.key());
            }
        }
        store.judge(inTime, List.copyOf(late.values()));
        if (!late.isEmpty()) {
            LOG.infof(
                    "%d late punches came after the attendance of their day was made; %d entries in the report (GET /api/v1/late-punches)",
                    candidates.size() - inTime.size(), late.size());
        }
    }

    /** Null where a run of HRMS has the check-in, or will have it. */
    private static @Nullable LateEntry entry(
            @Nullable ShiftCheckin checkin, List<Attendance> attendances, Instant now) {
        if (checkin == null || checkin.shift() == null) {
            return null;
        }
        LocalDate day = day(checkin).orElseThrow();
        Attendance standing = SiteDay.standing(attendances, checkin.employee(), day, checkin.shift())
                .orElse(null);
        // Beside none, or one of another shift, HRMS makes an attendance of it; unless a run has passed it over.
        boolean open = standing == null || SiteDay.isOfOtherShift(standing, checkin.shift());
        if (open && !checkin.skipAutoAttendance()) {
            return null;
        }
        return LateEntry.found(
                checkin.employee(),
                day,
                checkin.shift(),
                standing == null ? null : standing.name(),
                standing == null ? null : SiteDay.said(standing),
                now);
    }
}
