package io.punchbridge.watch;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.punchbridge.inbox.DeviceStates.Counted;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.Devices;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** Metrics of each declared device; of nobody else, so that their number is the configuration's. */
@ApplicationScoped
class DeviceGauges {
    private final Devices devices;
    private final DeviceWatch watch;
    private final MeterRegistry metrics;
    private final Clock clock;

    DeviceGauges(Devices devices, DeviceWatch watch, MeterRegistry metrics, Clock clock) {
        this.devices = devices;
        this.watch = watch;
        this.metrics = metrics;
        this.clock = clock;
    }

    void register(@Observes StartupEvent event) {
        devices.all().forEach(this::register);
    }

    private void register(Device device) {
        TimeGauge.builder("punchbridge.device.last.seen", () -> of(device, this::sinceLastSeen), TimeUnit.SECONDS)
                .description("Time since the device's last callback; NaN until its first")
                .tag("device", device.name())
                .register(metrics);
        TimeGauge.builder("punchbridge.device.clock.drift", () -> of(device, DeviceGauges::drift), TimeUnit.SECONDS)
                .description("How far the device's clock is behind the gateway's; negative if ahead, NaN if not known")
                .tag("device", device.name())
                .register(metrics);
        Gauge.builder("punchbridge.device.licence.days", () -> of(device, this::licenceDays))
                .description("Days to the last day of the device's licence; negative after it, NaN if not known")
                .tag("device", device.name())
                .register(metrics);
        for (Warning warning : Warning.values()) {
            Gauge.builder(
                            "punchbridge.device.warnings",
                            () -> of(device, state -> state.warnings().contains(warning) ? 1 : 0))
                    .description("1 for a warning that stands, else 0")
                    .tag("device", device.name())
                    .tag("warning", warning.label())
                    .register(metrics);
        }
        today(device, "stored", Counted::stored);
        today(device, "delivered", Counted::delivered);
    }

    private void today(Device device, String state, ToLongFunction<Counted> which) {
        Gauge.builder(
                        "punchbridge.device.punches.today",
                        () -> of(device, known -> {
                            DeviceState.Today today = known.today();
                            return today == null ? Double.NaN : which.applyAsLong(today.punches());
                        }))
                .description("Punches that the device made today, by its own zone: stored, and of them delivered")
                .tag("device", device.name())
                .tag("state", state)
                .register(metrics);
    }

    private double of(Device device, ToDoubleFunction<DeviceState> value) {
        return watch.state(device.serialNumber()).map(value::applyAsDouble).orElse(Double.NaN);
    }

    private double sinceLastSeen(DeviceState state) {
        Instant heard = state.lastCallback();
        return heard == null ? Double.NaN : Math.max(0, seconds(Duration.between(heard, clock.instant())));
    }

    private static double drift(DeviceState state) {
        Duration behind = state.clockDrift();
        return behind == null ? Double.NaN : seconds(behind);
    }

    private double licenceDays(DeviceState state) {
        LocalDate last = state.licensedUntil();
        return last == null
                ? Double.NaN
                : ChronoUnit.DAYS.between(clock.instant().atZone(state.zone()).toLocalDate(), last);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
