package io.punchbridge.console.punches;

import io.punchbridge.api.FilterReader;
import io.punchbridge.console.Times;
import io.punchbridge.console.people.WhoIs;
import io.punchbridge.inbox.StoredPunch;
import io.punchbridge.punch.Devices;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells stored punches as lists show them. */
@Singleton
public class PunchRows {
    private final Times times;
    private final WhoIs whoIs;
    private final Devices devices;

    PunchRows(Times times, WhoIs whoIs, Devices devices) {
        this.times = times;
        this.whoIs = whoIs;
        this.devices = devices;
    }

    public List<Row> of(List<StoredPunch> punches) {
        return punches.stream().map(this::row).toList();
    }

    private Row row(StoredPunch punch) {
        return new Row(
                punch.key().value(),
                punch.at() == null ? null : times.moment(punch.at(), punch.device()),
                times.moment(punch.receivedAt()),
                punch.user() == null ? null : punch.user().value(),
                whoIs.whose(punch.user(), punch.employee()),
                whoIs.isFormerHolder(punch.user(), punch.employee()),
                devices.nameOf(punch.device()),
                type(punch),
                FilterReader.word(punch.state()),
                punch.reason());
    }

    /** The gateway's word, as it came where it is none that we know. */
    static @Nullable String type(StoredPunch punch) {
        if (punch.type() == null) {
            return null;
        }
        return punch.sentType() == null ? punch.type().word() : punch.sentType();
    }
}
