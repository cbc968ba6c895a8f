package io.punchbridge.sandbox;

import io.quarkus.arc.properties.IfBuildProperty;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.HttpServerStart;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/**
 * Plays both outer worlds around the running service. Only the profile {@code sandbox} has the build property, so this
 * is no bean anywhere else, in tests neither.
 */
@ApplicationScoped
@IfBuildProperty(name = "punchbridge-sandbox.enabled", stringValue = "true")
class Sandbox {
    private static final Logger LOG = Logger.getLogger(Sandbox.class);
    private static final int EMPLOYEES = 20;
    private static final Duration BETWEEN_PUNCHES = Duration.ofSeconds(2);
    /** A real device takes about 15 s; here nobody should have to wait so long. */
    private static final Duration GATEWAY_LATENCY = Duration.ofSeconds(2);

    private static final List<String> DEVICES = List.of("head-office", "factory-gate", "warehouse");

    private final Config config;
    private final Clock clock = Clock.systemUTC();
    private final SimulatedFrappe frappe;
    private final ScheduledExecutorService people = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "simulated-people");
        thread.setDaemon(true);
        return thread;
    });
    private final SimulatedGateway gateway;
    private final URI callback;
    private final List<SimulatedDevice> devices;

    Sandbox(Config config) {
        this.config = config;
        this.frappe = new SimulatedFrappe(
                        clock,
                        config.getValue("punchbridge.frappe.api-key", String.class),
                        config.getValue("punchbridge.frappe.api-secret", String.class))
                .addEmployees(EMPLOYEES)
                .speed(Speed.MEASURED);
        this.callback = URI.create("http://127.0.0.1:" + port("quarkus.http.port", 8080) + "/cams/callback");
        this.gateway = new SimulatedGateway(clock, callback)
                .securityKey(config.getOptionalValue("punchbridge.gateway.security-key", String.class)
                        .orElse(null));
        gateway.api().latency(GATEWAY_LATENCY);
        this.devices =
                DEVICES.stream().map(this::device).map(gateway::addDevice).toList();
    }

    /** Before anything of the service looks for its site. */
    void open(@Observes @Priority(1) StartupEvent event) {
        open("Frappe HR", "punchbridge.frappe.url", frappe::start);
        open("gateway", "punchbridge.gateway.endpoint", gateway::start);
    }

    private void open(String what, String addressKey, IntConsumer start) {
        int port = config.getValue(addressKey, URI.class).getPort();
        try {
            start.accept(port);
        } catch (CompletionException cause) {
            throw new IllegalStateException(
                    "The sandbox can't open its simulated " + what + " on port " + port
                            + ". Is another sandbox running? Stop it and start again.",
                    cause);
        }
    }

    /** After the service can take callbacks. */
    void letPeopleIn(@ObservesAsync HttpServerStart event) {
        SimulatedStaff staff = new SimulatedStaff(gateway, devices, frappe.employees(), clock, new Random());
        ScheduledFuture<?> unused = people.scheduleAtFixedRate(
                () -> somebodyActs(staff),
                BETWEEN_PUNCHES.toMillis(),
                BETWEEN_PUNCHES.toMillis(),
                TimeUnit.MILLISECONDS);
        welcome();
    }

    private static void somebodyActs(SimulatedStaff staff) {
        try {
            staff.act().ifPresent(LOG::info);
        } catch (RuntimeException e) {
            LOG.error("A simulated employee stumbled; the next one goes on.", e);
        }
    }

    private SimulatedDevice device(String name) {
        String prefix = "punchbridge.devices." + name + ".";
        return new SimulatedDevice(
                name,
                config.getValue(prefix + "serial-number", String.class),
                config.getValue(prefix + "auth-token", String.class),
                ZoneId.of(config.getValue(prefix + "time-zone", String.class)),
                config.getValue(prefix + "service-tag-id", String.class));
    }

    private void welcome() {
        String management = "http://127.0.0.1:" + port("quarkus.management.port", 9000);
        LOG.infof(
                """
                This is the sandbox: %d simulated employees punch at %d simulated devices, one every %d s.
                  Console (name and password: sandbox)                  %s/
                  Check-ins as they arrive in the simulated Frappe HR   %s/
                  Callback URL, where the simulated gateway posts       %s
                  RESTful API of the simulated gateway, %d s a call       %s
                  Health                                                %s/q/health
                  Metrics                                               %s/q/metrics
                Nothing of it is real, and nothing leaves this machine. Stop it with Ctrl-C.\
                """,
                EMPLOYEES,
                DEVICES.size(),
                BETWEEN_PUNCHES.toSeconds(),
                callback.resolve("/").toString().replaceFirst("/$", ""),
                frappe.url(),
                callback,
                GATEWAY_LATENCY.toSeconds(),
                gateway.api().endpoint(),
                management,
                management);
    }

    private int port(String key, int otherwise) {
        return config.getOptionalValue(key, Integer.class).orElse(otherwise);
    }

    /** First the gateway, so that the service can bring what it has to a site that is still there. */
    void closeGateway(@Observes @Priority(1) ShutdownEvent event) {
        people.shutdownNow();
        gateway.close();
    }

    @PreDestroy
    void closeSite() {
        frappe.close();
    }
}
