package io.punchbridge.watch;

import io.punchbridge.inbox.DeviceStates;
import io.punchbridge.inbox.DeviceStates.Warned;
import io.punchbridge.punch.SerialNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Tells a person of each warning once, once a day as long as it stands, and once when it is over, however many replicas
 * and restarts there are: what was told is stored, and before it is said.
 */
final class WarningDesk {
    private static final Logger LOG = Logger.getLogger(WarningDesk.class);
    private static final Duration TOLD_AGAIN_AFTER = Duration.ofDays(1);

    private record Id(SerialNumber device, Warning warning) {}

    private final DeviceStates store;
    private final WarningRules rules;

    WarningDesk(DeviceStates store, WarningRules rules) {
        this.store = store;
        this.rules = rules;
    }

    /** The warning of that name, unless another version made it up. */
    static Optional<Warning> named(String name) {
        return Arrays.stream(Warning.values())
                .filter(warning -> warning.name().equals(name))
                .findFirst();
    }

    /** Judges all declared devices. Runs at one replica at a time. */
    void judge(List<DeviceState> devices, Instant upSince, Instant now) {
        Map<Id, Warned> standing = new HashMap<>();
        for (Warned warned : store.warnings()) {
            named(warned.warning())
                    .ifPresentOrElse(
                            warning -> standing.put(new Id(warned.device(), warning), warned),
                            () -> store.clear(warned.device(), warned.warning()));
        }
        for (DeviceState device : devices) {
            for (Warning warning : Warning.values()) {
                Warned before = standing.remove(new Id(device.device().serialNumber(), warning));
                Optional<String> words = rules.judge(warning, device, before != null, upSince, now);
                if (words.isPresent()) {
                    stands(device, warning, Optional.ofNullable(before), words.get(), now);
                } else if (before != null) {
                    isOver(device, warning, before, now);
                }
            }
        }
        // What is left is of devices that the configuration doesn't declare any more.
        standing.values().forEach(left -> store.clear(left.device(), left.warning()));
    }

    private void stands(DeviceState device, Warning warning, Optional<Warned> before, String words, Instant now) {
        Duration sinceTold =
                before.map(known -> Duration.between(known.toldAt(), now).abs()).orElse(TOLD_AGAIN_AFTER);
        if (sinceTold.compareTo(TOLD_AGAIN_AFTER) < 0) {
            return;
        }
        Instant since = before.map(Warned::since).orElse(now);
        store.warn(new Warned(device.device().serialNumber(), warning.name(), since, now));
        if (before.isPresent()) {
            LOG.warnf("%s (So since %s.)", words, since);
        } else {
            LOG.warn(words);
        }
    }

    private void isOver(DeviceState device, Warning warning, Warned before, Instant now) {
        store.clear(before.device(), before.warning());
        LOG.infof(
                "A warning of the device %s is over after %s. %s",
                device.device().name(),
                WarningRules.inWords(Duration.between(before.since(), now).abs()),
                warning.overWords());
    }
}
