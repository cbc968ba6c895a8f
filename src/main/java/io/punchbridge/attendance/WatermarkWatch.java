package io.punchbridge.attendance;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.punchbridge.frappe.FrappeFailure;
import io.punchbridge.inbox.Watermarks;
import io.punchbridge.inbox.Watermarks.Decided;
import io.punchbridge.inbox.Watermarks.Outcome;
import io.punchbridge.inbox.Watermarks.Standing;
import io.punchbridge.punch.Device;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What people see of watermarks beside the API: a line where something changed, and metrics. */
@Singleton
public class WatermarkWatch {
    private static final Logger LOG = Logger.getLogger(WatermarkWatch.class);
    private static final Set<Outcome> HELD = EnumSet.of(Outcome.REFUSED, Outcome.HELD_BACK, Outcome.NOT_WRITTEN);

    private final Clock clock;
    private final MultiGauge lag;
    private final MultiGauge held;
    private final Map<Device, List<String>> strange = new ConcurrentHashMap<>();
    private final Set<String> notLearnt = ConcurrentHashMap.newKeySet();
    private final Map<String, List<String>> undeclared = new ConcurrentHashMap<>();
    private final Map<String, String> surprises = new ConcurrentHashMap<>();
    private volatile @Nullable String siteTrouble;

    public WatermarkWatch(MeterRegistry metrics, Clock clock) {
        this.clock = clock;
        this.lag = MultiGauge.builder("punchbridge.watermark.lag")
                .description("How far last_sync_of_checkin of a shift type is behind now; NaN where it has no value")
                .baseUnit("seconds")
                .register(metrics);
        this.held = MultiGauge.builder("punchbridge.watermark.held")
                .description("1 for a shift type of which a shift that has ended waits for a proof or a person, else 0")
                .register(metrics);
    }

    /** What metrics show from now on; each replica reads it, whichever of them decided. */
    void show(List<Standing> standing) {
        lag.register(
                standing.stream()
                        .map(one -> Row.of(tags(one), one.decided(), this::lag))
                        .toList(),
                true);
        held.register(
                standing.stream()
                        .map(one ->
                                Row.of(tags(one), HELD.contains(one.decided().outcome()) ? 1 : 0))
                        .toList(),
                true);
    }

    private static Tags tags(Standing standing) {
        return Tags.of("shift", standing.decided().shiftType());
    }

    private double lag(Decided decided) {
        Instant lastSync = decided.lastSyncAt();
        return lastSync == null
                ? Double.NaN
                : Duration.between(lastSync, clock.instant()).toMillis() / 1000.0;
    }

    /** Keeps a decision, and says it if it is another one than before. */
    void decided(Watermarks watermarks, Decided decided) {
        if (!watermarks.keep(decided)) {
            return;
        }
        String toDo = decided.holders().isEmpty()
                ? ""
                : " " + decided.holders().get(0).toDo();
        String others = decided.holders().size() > 1
                ? " %d more hold it back: GET /api/v1/watermarks tells."
                        .formatted(decided.holders().size() - 1)
                : "";
        String passedOver = decided.passedOver().isEmpty()
                ? ""
                : " %d punches that have waited longer than punchbridge.attendance.held-patience are passed over: %s."
                        .formatted(
                                decided.passedOver().size(),
                                decided.passedOver().get(0));
        String line = decided.words() + toDo + others + passedOver;
        switch (Objects.requireNonNull(decided.outcome(), "what is decided here has an outcome of this version")) {
            case REFUSED, UNREAD, NOT_WRITTEN -> LOG.warn(line);
            case HELD_BACK, WOULD_MOVE, MOVED -> LOG.info(line);
            case NOTHING_DUE -> LOG.debug(line);
        }
    }

    /** @param exists whether the site still has it */
    void notLedAnyMore(String shiftType, boolean exists) {
        LOG.infof(
                "Punchbridge looks no further after Shift Type %s: %s",
                shiftType, exists ? "its auto attendance is off." : "the site has none of that name any more.");
    }

    void siteAnswers() {
        if (siteTrouble != null) {
            siteTrouble = null;
            LOG.info("Frappe's Shift Types can be read again.");
        }
    }

    void siteDoesNotAnswer(FrappeFailure failure) {
        String trouble = failure.kind() + " " + failure.excType();
        if (!trouble.equals(siteTrouble)) {
            siteTrouble = trouble;
            LOG.warnf(
                    "Frappe's Shift Types can't be read, so auto attendance goes no further for now: %s%s",
                    failure.words(),
                    failure.kind() == FrappeFailure.Kind.SET_UP
                            ? " Let the API user read and write Shift Type, or set punchbridge.attendance.watermark to off."
                            : "");
        }
    }

    void strangeShiftTypes(Device device, List<String> names) {
        List<String> before = names.isEmpty() ? strange.remove(device) : strange.put(device, names);
        if (!names.isEmpty() && !names.equals(before)) {
            LOG.warnf(
                    "punchbridge.devices.%s.shift-types names %s, and the site has no Shift Type of that name. Until that is"
                            + " corrected, every Shift Type waits for this device.",
                    device.name(), String.join(", ", names));
        }
    }

    void learnt(String shiftType) {
        notLearnt.remove(shiftType);
    }

    void notLearnt(String shiftType, FrappeFailure failure) {
        if (notLearnt.add(shiftType)) {
            LOG.warnf(
                    "Which devices the employees of Shift Type %s punch on can't be learnt now, so it waits for all: %s",
                    shiftType, failure.words());
        }
    }

    /** Device ids that Frappe has check-ins of this shift type with, and that no declared device has. */
    void undeclared(String shiftType, List<String> deviceIds) {
        List<String> before = deviceIds.isEmpty() ? undeclared.remove(shiftType) : undeclared.put(shiftType, deviceIds);
        if (!deviceIds.isEmpty() && !deviceIds.equals(before)) {
            LOG.warnf(
                    "Check-ins of Shift Type %s are of devices that aren't declared, or were under another name (%s), so it"
                            + " waits for all. Declare them, or say in each device's shift-types which ones it is for.",
                    shiftType, String.join(", ", deviceIds));
        }
    }

    void asExpected(String shiftType) {
        surprises.remove(shiftType);
    }

    /** Said once until another one comes, or none: its words may tell a time or an id, so that its place counts. */
    void surprised(String shiftType, RuntimeException surprise) {
        StackTraceElement[] stack = surprise.getStackTrace();
        String kind = surprise.getClass().getName() + (stack.length == 0 ? "" : " " + stack[0]);
        if (kind.equals(surprises.put(shiftType, kind))) {
            return;
        }
        LOG.errorf(
                surprise,
                "The watermark of Shift Type %s could not be decided; the next round tries again.",
                shiftType);
    }

    void storageFails(RuntimeException failure) {
        LOG.warnf("How far auto attendance may go is decided later: %s", failure.getMessage());
    }
}
