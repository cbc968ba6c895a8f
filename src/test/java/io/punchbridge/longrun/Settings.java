package io.punchbridge.longrun;

import io.punchbridge.packaged.ServiceProcess;
import io.punchbridge.sandbox.SimulatedFrappe;
import io.punchbridge.sandbox.SimulatedGateway;
import io.punchbridge.simulation.TimeFile;
import java.nio.file.Path;
import java.util.Locale;

/** The service's configuration: the defaults, but for what a world of fifty devices at this speed needs. */
final class Settings {
    private Settings() {}

    static ServiceProcess.Setup service(
            Path directory, int port, SimulatedFrappe frappe, SimulatedGateway gateway, Plan plan, Path store) {
        ServiceProcess.Setup setup = new ServiceProcess.Setup(directory)
                // Many short lives: a compiler that thinks long would take most of them.
                .environment("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
                .environment(TimeFile.VARIABLE, directory.resolve("time").toString())
                .environment("QUARKUS_HTTP_PORT", String.valueOf(port))
                .environment("PUNCHBRIDGE_FRAPPE_URL", frappe.url().toString())
                .environment("PUNCHBRIDGE_FRAPPE_API_KEY", SimulatedFrappe.API_KEY)
                .environment("PUNCHBRIDGE_FRAPPE_API_SECRET", SimulatedFrappe.API_SECRET)
                .environment("PUNCHBRIDGE_FRAPPE_REQUEST_TIMEOUT", "10s")
                .environment("PUNCHBRIDGE_FRAPPE_DIRECTORY_REFRESH", "1h")
                .environment("PUNCHBRIDGE_STORAGE_SQLITE_FILE", store.toString())
                .environment("PUNCHBRIDGE_CHECK_IN_OLDEST", "120d")
                // Reports of all runs are read at the end.
                .environment("PUNCHBRIDGE_RETENTION_EVENTS", "400d")
                .environment(
                        "PUNCHBRIDGE_GATEWAY_ENDPOINT", gateway.api().endpoint().toString())
                .environment("PUNCHBRIDGE_GATEWAY_REQUEST_TIMEOUT", "10s")
                // The schedule runs by simulated time instead.
                .environment("PUNCHBRIDGE_RECONCILIATION_EVERY", "24h")
                .environment("PUNCHBRIDGE_RECONCILIATION_SETTLING_TIME", Simulation.SETTLING.toMinutes() + "m")
                // It is counted from the first run that comes through.
                .environment(
                        "PUNCHBRIDGE_RECONCILIATION_LOOK_BACK",
                        Plan.BEFORE_THAT.multipliedBy(2).toHours() + "h");
        plan.machines().forEach(machine -> device(setup, machine));
        return setup;
    }

    private static void device(ServiceProcess.Setup setup, Machine machine) {
        String prefix = "PUNCHBRIDGE_DEVICES_"
                + machine.kind().name().toUpperCase(Locale.ROOT).replace('-', '_') + "_";
        setup.environment(prefix + "SERIAL_NUMBER", machine.serialNumber())
                .environment(prefix + "AUTH_TOKEN", machine.device().authToken())
                .environment(
                        prefix + "SERVICE_TAG_ID",
                        String.valueOf(machine.device().serviceTagId()))
                .environment(prefix + "TIME_ZONE", machine.kind().zone().getId())
                .environment(
                        prefix + "CONNECTION",
                        machine.kind()
                                .connection()
                                .name()
                                .toLowerCase(Locale.ROOT)
                                .replace('_', '-'));
    }
}
