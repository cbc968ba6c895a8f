package io.punchbridge.console.today;

import io.punchbridge.console.Moment;
import io.punchbridge.console.Times;
import io.punchbridge.console.people.WhoIs;
import io.punchbridge.console.today.TodayView.NewPunch;
import io.punchbridge.inbox.PunchFilter;
import io.punchbridge.inbox.PunchSearch;
import io.punchbridge.inbox.StoredPunch;
import io.punchbridge.punch.Devices;
import io.punchbridge.punch.UserId;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the newest punches, and whose they are. */
@Singleton
class NewestLook {
    private static final int SHOWN = 12;
    /** What a device dates further ahead would stand on top for as long. */
    private static final Duration AHEAD = Duration.ofHours(1);

    private static final Duration JUST_NOW = Duration.ofSeconds(6);

    private final PunchSearch search;
    private final WhoIs whoIs;
    private final Devices devices;
    private final Times times;
    private final Clock clock;

    NewestLook(PunchSearch search, WhoIs whoIs, Devices devices, Times times, Clock clock) {
        this.search = search;
        this.whoIs = whoIs;
        this.devices = devices;
        this.times = times;
        this.clock = clock;
    }

    List<NewPunch> take() {
        Instant now = clock.instant();
        PunchFilter filter = new PunchFilter(Set.of(), null, null, null, null, now.plus(AHEAD), null, null);
        return search.page(filter, null, SHOWN).punches().stream()
                .map(punch -> row(punch, now))
                .toList();
    }

    private NewPunch row(StoredPunch punch, Instant now) {
        Instant at = punch.at();
        Moment moment = times.moment(at == null ? punch.receivedAt() : at, punch.device());
        return new NewPunch(
                moment,
                devices.nameOf(punch.device()),
                who(punch.user(), punch.employee()),
                punch.state().name().toLowerCase(Locale.ROOT),
                punch.key().value(),
                Duration.between(punch.receivedAt(), now).compareTo(JUST_NOW) < 0);
    }

    private String who(@Nullable UserId user, @Nullable String employee) {
        if (user == null) {
            return "unreadable";
        }
        String name = whoIs.whose(user, employee);
        return name == null ? "user " + user.value() : name;
    }
}
