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
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
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

    /** An answer holds so many days of at most a page's employees. */
    private static final int MOST_DAYS = 7;

    /** More in a round, and it isn't about single ones. */
    private static final int MOST_ASIDE = 10;

    private static final Duration ASIDE = Duration.ofMinutes(45);
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int SERVER_ERROR = 500;

    private final LatePunches store;
    private final AttendanceSite site;
    private final Clock clock;

    LateJudge(LatePunches store, AttendanceSite site, Clock clock) {
        this.store = store;
        this.site = site;
        this.clock = clock;
    }

    /** Two questions a page of candidates, more if their days lie apart. Ends early if the site fails; what is judged until then is kept. */
    Optional<FrappeFailure> judgeDue() {
        List<LatePunch> aside = new ArrayList<>();
        for (int page = 0; page < MOST_PAGES; page++) {
            List<LatePunch> candidates = store.candidates(clock.instant().minus(QUIET), FrappeSite.MOST_IN_A_BATCH);
            if (candidates.isEmpty()) {
                return Optional.empty();
            }
            Optional<FrappeFailure> failure = judgeInHalves(candidates, aside);
            if (failure.isPresent()) {
                return failure;
            }
        }
        return Optional.empty();
    }

    /** One that Frappe can't answer must not keep those behind it waiting, so a page that fails is halved down to it. */
    private Optional<FrappeFailure> judgeInHalves(List<LatePunch> candidates, List<LatePunch> aside) {
        Optional<FrappeFailure> failure = judge(candidates);
        if (failure.isEmpty() || isAway(failure.get()) || aside.size() >= MOST_ASIDE) {
            return failure;
        }
        if (candidates.size() == 1) {
            LatePunch only = candidates.get(0);
            store.putOff(only.key(), clock.instant().plus(ASIDE));
            aside.add(only);
            LOG.warnf(
                    "Whether the late punch %s came too late can't be judged, as Frappe doesn't answer for its check-in or"
                            + " attendance; it is tried again in an hour. %s",
                    only.key().value(), LateVerdicts.said(failure.get()));
            return Optional.empty();
        }
        int half = candidates.size() / 2;
        return judgeInHalves(candidates.subList(0, half), aside)
                .or(() -> judgeInHalves(candidates.subList(half, candidates.size()), aside));
    }

    /** Or lets us in nowhere: then no question fares better than another. */
    private static boolean isAway(FrappeFailure failure) {
        return switch (failure.kind()) {
            case RETRY_LATER, UNCERTAIN -> failure.status() != SERVER_ERROR;
            case SET_UP -> failure.status() == UNAUTHORIZED || failure.status() == FORBIDDEN;
            case REFUSED, ALREADY_THERE, CHANGED_MEANWHILE -> false;
        };
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

    /** Of old days and new ones apart: together they would ask for all that lies between. */
    private FrappeAnswer<List<Attendance>> attendances(Collection<ShiftCheckin> checkins) {
        TreeMap<LocalDate, List<ShiftCheckin>> byDay = checkins.stream()
                .collect(Collectors.groupingBy(
                        checkin -> day(checkin).orElseThrow(), TreeMap::new, Collectors.toList()));
        List<Attendance> all = new ArrayList<>();
        while (!byDay.isEmpty()) {
            LocalDate first = byDay.firstKey();
            NavigableMap<LocalDate, List<ShiftCheckin>> week = byDay.headMap(first.plusDays(MOST_DAYS), false);
            List<String> employees = week.values().stream()
                    .flatMap(List::stream)
                    .map(ShiftCheckin::employee)
                    .distinct()
                    .toList();
            FrappeAnswer<List<Attendance>> some = site.attendances(employees, first, week.lastKey());
            if (some instanceof Failure<List<Attendance>>) {
                return some;
            }
            all.addAll(((Success<List<Attendance>>) some).value());
            week.clear();
        }
        return new Success<>(all);
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
