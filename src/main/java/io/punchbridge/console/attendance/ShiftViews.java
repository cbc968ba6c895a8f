package io.punchbridge.console.attendance;

import io.punchbridge.attendance.AttendanceSettings;
import io.punchbridge.attendance.AttendanceSettings.Mode;
import io.punchbridge.console.Moment;
import io.punchbridge.console.Times;
import io.punchbridge.inbox.Watermarks;
import io.punchbridge.inbox.Watermarks.Decided;
import io.punchbridge.inbox.Watermarks.Standing;
import io.punchbridge.inbox.Watermarks.StandingHolder;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.UriBuilder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells what was last decided about each Shift Type. */
@Singleton
class ShiftViews {
    /** A round may take its time, or be another replica's turn. */
    private static final int ROUNDS_MISSED = 3;

    private static final String DEVICE = "device ";
    private static final String PUNCH = "punch ";
    private static final String SETTING = "setting ";

    private final Watermarks watermarks;
    private final AttendanceSettings settings;
    private final SiteLinks site;
    private final Times times;
    private final Clock clock;

    ShiftViews(Watermarks watermarks, AttendanceSettings settings, SiteLinks site, Times times, Clock clock) {
        this.watermarks = watermarks;
        this.settings = settings;
        this.site = site;
        this.times = times;
        this.clock = clock;
    }

    /** Those that something holds back come first. */
    List<ShiftView> all() {
        List<Standing> standing = new ArrayList<>(watermarks.standing());
        standing.sort(Comparator.comparing(one -> one.holders().isEmpty()));
        List<ShiftView> views = new ArrayList<>();
        for (Standing one : standing) {
            views.add(view("shift-" + (views.size() + 1), one));
        }
        return views;
    }

    private ShiftView view(String anchor, Standing standing) {
        Decided decided = standing.decided();
        Instant now = clock.instant();
        Instant lastSync = decided.lastSyncAt();
        LagBar bar = LagBar.of(lastSync, decided.provenUntil(), now);
        return new ShiftView(
                anchor,
                site.shiftType(decided.shiftType()),
                decided.outcomeWord().shown(),
                decided.words(),
                times.moment(standing.since()),
                times.moment(decided.checkedAt()),
                stale(decided.checkedAt(), now),
                lastSync(decided.lastSync(), lastSync),
                lag(lastSync, now),
                times.momentOrNull(decided.provenUntil()),
                bar,
                times.moment(bar.from()),
                alternative(lastSync, decided.provenUntil(), now),
                standing.holders().stream()
                        .map(holder -> holder(holder, decided.shiftType()))
                        .toList(),
                decided.passedOver().stream()
                        .map(key -> Link.punch(key.value()))
                        .toList(),
                movesOf(decided.shiftType()));
    }

    static String movesOf(String shiftType) {
        return UriBuilder.fromPath("/attendance/moves")
                .queryParam("shift-type", "{name}")
                .build(shiftType)
                .toString();
    }

    private @Nullable String stale(Instant checkedAt, Instant now) {
        if (settings.watermark() == Mode.OFF) {
            return "This is how it stood when it was checked last; nobody looks any more.";
        }
        Duration since = Duration.between(checkedAt, now);
        return since.compareTo(settings.every().multipliedBy(ROUNDS_MISSED)) <= 0
                ? null
                : "It should be checked every %s, and wasn't for %s: Frappe doesn't answer, or no replica is at work. The set-up check tells more."
                        .formatted(Times.inWords(settings.every()), Times.inWords(since));
    }

    /** The wall time is Frappe's own, which an instant can't give back where a clock change repeats an hour. */
    private @Nullable Moment lastSync(@Nullable LocalDateTime wallTime, @Nullable Instant at) {
        return wallTime == null || at == null
                ? null
                : new Moment(at.toString(), Words.told(wallTime), times.ago(at), null);
    }

    private static @Nullable String lag(@Nullable Instant lastSync, Instant now) {
        if (lastSync == null) {
            return null;
        }
        Duration behind = Duration.between(lastSync, now);
        return behind.isNegative()
                ? Times.inWords(behind.negated()) + " ahead of now"
                : Times.inWords(behind) + " behind now";
    }

    private static String alternative(@Nullable Instant lastSync, @Nullable Instant provenUntil, Instant now) {
        String lag = lag(lastSync, now);
        String proven = lag(provenUntil, now);
        return (lag == null ? "Nothing was given to auto attendance yet" : "Given to auto attendance until " + lag)
                + (proven == null ? "; nothing is proven." : "; proven until " + proven + ".");
    }

    private ShiftView.Holder holder(StandingHolder standing, String shiftType) {
        String holder = standing.holding().holder();
        String kind = holder;
        Link link = Link.none("");
        if (holder.startsWith(DEVICE)) {
            kind = "device";
            link = Link.device(holder.substring(DEVICE.length()));
        } else if (holder.startsWith(PUNCH)) {
            kind = "punch";
            link = Link.punch(holder.substring(PUNCH.length()));
        } else if (holder.startsWith(SETTING)) {
            kind = "setting";
            link = new Link(
                    holder.substring(SETTING.length()),
                    site.shiftType(shiftType).href());
        }
        return new ShiftView.Holder(
                kind, link, standing.holding().words(), standing.holding().toDo(), times.moment(standing.since()));
    }
}
