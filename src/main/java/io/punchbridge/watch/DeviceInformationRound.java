package io.punchbridge.watch;

import io.punchbridge.gateway.DeviceInformation;
import io.punchbridge.gateway.Gateway;
import io.punchbridge.gateway.GatewayAnswer;
import io.punchbridge.gateway.GatewayAnswer.Failure;
import io.punchbridge.gateway.GatewayAnswer.GatewayFailure;
import io.punchbridge.gateway.GatewayAnswer.Success;
import io.punchbridge.gateway.StatusCode.WhoActs;
import io.punchbridge.inbox.ClusterLock;
import io.punchbridge.inbox.DeviceStates.Information;
import io.punchbridge.inbox.StorageException;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.Devices;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Asks each device once a day what it says of itself. One call a minute at most, so that load logs, which wait for the
 * same account, never wait for more than one of them.
 */
@ApplicationScoped
class DeviceInformationRound {
    private static final Logger LOG = Logger.getLogger(DeviceInformationRound.class);
    private static final String JOB = "device-information";
    /** A call waits for its turn behind others of the account. */
    private static final Duration AT_MOST = Duration.ofMinutes(30);
    /** A device that is switched off at night would never be met by one that asks at the same time each day. */
    private static final Duration RETRY_AFTER = Duration.ofHours(1);

    private final Gateway gateway;
    private final Devices devices;
    private final DeviceWatch watch;
    private final WatchSettings settings;
    private final ClusterLock clusterLock;
    private final Clock clock;
    /** Failures that were told; a device that was asked with success has none. */
    private final Map<Device, GatewayFailure> told = new ConcurrentHashMap<>();

    DeviceInformationRound(
            Gateway gateway,
            Devices devices,
            DeviceWatch watch,
            WatchSettings settings,
            ClusterLock clusterLock,
            Clock clock) {
        this.gateway = gateway;
        this.devices = devices;
        this.watch = watch;
        this.settings = settings;
        this.clusterLock = clusterLock;
        this.clock = clock;
    }

    @Scheduled(every = "1m", delayed = "90s", concurrentExecution = ConcurrentExecution.SKIP)
    void run() {
        if (!settings.canAsk()) {
            return;
        }
        try {
            clusterLock.runExclusively(JOB, AT_MOST, this::askOne);
        } catch (StorageException failed) {
            LOG.warnf("No device is asked for its information for now: %s", failed.getMessage());
        }
    }

    private void askOne() {
        watch.learn();
        next().ifPresent(this::ask);
    }

    /** Of the devices that are due the one that was asked longest ago. */
    private Optional<Device> next() {
        Instant now = clock.instant();
        return devices.all().stream()
                .filter(device -> device.connection().answersRequests())
                .filter(device -> isDue(device, now))
                .min(Comparator.comparing(
                        (Device device) -> Objects.requireNonNullElse(watch.askedAt(device), Instant.MIN)));
    }

    private boolean isDue(Device device, Instant now) {
        Instant askedAt = watch.askedAt(device);
        return askedAt == null || !now.isBefore(askedAt.plus(pause(device, askedAt)));
    }

    private Duration pause(Device device, Instant askedAt) {
        GatewayFailure failure = told.get(device);
        boolean mayPass = failure == null || failure.whoActs() == WhoActs.NOBODY;
        boolean retry = mayPass && !answeredSince(device, askedAt);
        return retry && RETRY_AFTER.compareTo(settings.informationEvery()) < 0
                ? RETRY_AFTER
                : settings.informationEvery();
    }

    private boolean answeredSince(Device device, Instant askedAt) {
        Information information =
                watch.state(device.serialNumber()).map(DeviceState::information).orElse(null);
        return information != null && !information.readAt().isBefore(askedAt);
    }

    private void ask(Device device) {
        watch.asks(device);
        GatewayAnswer<DeviceInformation> answer = gateway.deviceInformation(device);
        if (answer instanceof Success<DeviceInformation> success) {
            DeviceInformation read = success.value();
            watch.informed(device, new Information(read.readAt(), read.model(), read.licensedUntil(), read.users()));
            if (told.remove(device) != null) {
                LOG.infof("The device %s tells its information again.", device.name());
            }
        } else if (answer instanceof Failure<DeviceInformation> failure) {
            tell(device, failure.failure(), told.put(device, failure.failure()));
        }
    }

    private static void tell(Device device, GatewayFailure failure, @Nullable GatewayFailure before) {
        if (before == null || before.kind() != failure.kind() || before.code() != failure.code()) {
            LOG.warnf(
                    "The device %s did not tell its information, so its licence is not watched for now. It is asked again"
                            + " by itself. %s",
                    device.name(), failure.words());
        }
    }
}
