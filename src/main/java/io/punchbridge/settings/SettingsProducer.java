package io.punchbridge.settings;

import io.punchbridge.access.AccessSettings;
import io.punchbridge.access.LoginSettings;
import io.punchbridge.access.OpenIdSettings;
import io.punchbridge.alerts.AlertSettings;
import io.punchbridge.attendance.AttendanceSettings;
import io.punchbridge.delivery.CheckInPolicy;
import io.punchbridge.delivery.DeliverySettings;
import io.punchbridge.doctor.SetUpSettings;
import io.punchbridge.frappe.FrappeSettings;
import io.punchbridge.gateway.GatewaySettings;
import io.punchbridge.inbox.LateAfter;
import io.punchbridge.inbox.RetentionSettings;
import io.punchbridge.inbox.StorageSettings;
import io.punchbridge.punch.Devices;
import io.punchbridge.reconciliation.ReconciliationSettings;
import io.punchbridge.roster.RosterSettings;
import io.punchbridge.tracing.TraceSettings;
import io.punchbridge.watch.WatchSettings;
import io.quarkus.arc.DefaultBean;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jboss.logging.Logger;

/** Hands out the settings. Whoever asks first has them read and checked; if anything is wrong, the start fails. */
@Singleton
class SettingsProducer {
    private static final Logger LOG = Logger.getLogger(SettingsProducer.class);

    /** Earlier than the scheduler, which starts at 0. */
    private static final int FIRST = -1000;

    private final Settings settings;

    SettingsProducer(SmallRyeConfig config) {
        SettingsReader.Result result = read(config, System.getenv().keySet());
        settings = result.settings().orElseThrow(() -> new ConfigurationException(report(result.problems())));
    }

    /** @param environment names of the environment variables that count */
    static SettingsReader.Result read(SmallRyeConfig config, Set<String> environment) {
        return new SettingsReader(
                        key -> config.getOptionalValue(key, String.class).orElse(null),
                        namesOutsideTheEnvironment(config),
                        environment)
                .read();
    }

    /** Before anything is opened, connected to or served. */
    void check(@Observes @Priority(FIRST) StartupEvent event) {
        LOG.debugf(
                "The configuration declares %d devices.",
                settings.devices().all().size());
    }

    private static Set<String> namesOutsideTheEnvironment(SmallRyeConfig config) {
        Set<String> names = new TreeSet<>();
        for (ConfigSource source : config.getConfigSources()) {
            if (!(source instanceof EnvConfigSource)) {
                source.getPropertyNames().stream()
                        .filter(name -> name.startsWith(Keys.PREFIX))
                        .forEach(names::add);
            }
        }
        return names;
    }

    static String report(List<Problem> problems) {
        return report("Punchbridge can't start", problems);
    }

    static String report(String consequence, List<Problem> problems) {
        return problems.stream()
                .map(problem -> "  " + problem)
                .collect(Collectors.joining(
                        "\n",
                        "%s: %s in its configuration %s missing or wrong.%n"
                                .formatted(
                                        consequence,
                                        problems.size() == 1 ? "one thing" : problems.size() + " things",
                                        problems.size() == 1 ? "is" : "are"),
                        "\nSet them in config/application.yaml or in the environment; the README has the whole list."));
    }

    @Produces
    @Singleton
    FrappeSettings frappe() {
        return settings.frappe();
    }

    @Produces
    @Singleton
    GatewaySettings gateway() {
        return settings.gateway();
    }

    @Produces
    @Singleton
    Devices devices() {
        return settings.devices();
    }

    @Produces
    @Singleton
    CheckInPolicy checkIn() {
        return settings.checkIn();
    }

    @Produces
    @Singleton
    DeliverySettings delivery() {
        return settings.delivery();
    }

    @Produces
    @Singleton
    StorageSettings storage() {
        return settings.storage();
    }

    @Produces
    @Singleton
    RetentionSettings retention() {
        return settings.retention();
    }

    @Produces
    @Singleton
    ReconciliationSettings reconciliation() {
        return settings.reconciliation();
    }

    @Produces
    @Singleton
    WatchSettings watch() {
        return settings.watch();
    }

    @Produces
    @Singleton
    RosterSettings roster() {
        return settings.roster();
    }

    @Produces
    @Singleton
    AttendanceSettings attendance() {
        return settings.attendance();
    }

    @Produces
    @Singleton
    LateAfter lateAfter() {
        AttendanceSettings.LatePunches late = settings.attendance().latePunches();
        return late.mode() == AttendanceSettings.LateMode.OFF ? LateAfter.NEVER : new LateAfter(late.after());
    }

    @Produces
    @Singleton
    SetUpSettings setUp() {
        return settings.setUp();
    }

    @Produces
    @Singleton
    AccessSettings console() {
        return settings.console();
    }

    @Produces
    @Singleton
    LoginSettings logins() {
        return settings.logins();
    }

    @Produces
    @Singleton
    OpenIdSettings openId() {
        return settings.openId();
    }

    @Produces
    @Singleton
    AlertSettings alerts() {
        return settings.alerts();
    }

    @Produces
    @Singleton
    TraceSettings traces() {
        return settings.traces();
    }

    /** Tests put their own in its place. */
    @Produces
    @Singleton
    @DefaultBean
    Clock clock() {
        return Clock.systemUTC();
    }
}
