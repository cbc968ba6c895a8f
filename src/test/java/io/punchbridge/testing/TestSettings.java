package io.punchbridge.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/** The configuration of the whole application in tests: a simulated Frappe on a free port, a new store, short waits. */
public final class TestSettings implements ConfigSource {
    public static final String TOKEN = "head-office-token";
    public static final String SERIAL_NUMBER = "ZHM11xxxxxxxx";
    public static final String SECURITY_KEY = "0123456789abcdef0123456789ABCDEF";
    public static final String PREVIOUS_SECURITY_KEY = "fedcba9876543210FEDCBA9876543210";

    private static final Map<String, String> VALUES = values();

    private static Map<String, String> values() {
        Map<String, String> values = new TreeMap<>();
        values.put("punchbridge.frappe.url", "http://127.0.0.1:" + freePort());
        values.put("punchbridge.frappe.api-key", "simulated-key");
        values.put("punchbridge.frappe.api-secret", "simulated-secret");
        values.put("punchbridge.frappe.connect-timeout", "1s");
        values.put("punchbridge.frappe.request-timeout", "1s");
        values.put("punchbridge.frappe.directory-refresh", "200ms");
        values.put("punchbridge.gateway.security-key", SECURITY_KEY);
        values.put("punchbridge.gateway.previous-security-key", PREVIOUS_SECURITY_KEY);
        values.put("punchbridge.devices.head-office.serial-number", SERIAL_NUMBER);
        values.put("punchbridge.devices.head-office.auth-token", TOKEN);
        values.put("punchbridge.devices.gate.serial-number", "SN-GATE");
        values.put("punchbridge.devices.gate.auth-token", "gate-token");
        values.put("punchbridge.devices.gate.direction", "none");
        values.put("punchbridge.devices.entrance.serial-number", "SN-ENTRANCE");
        values.put("punchbridge.devices.entrance.auth-token", "entrance-token");
        values.put("punchbridge.devices.entrance.direction", "in");
        // The recordings are of January 2026, the published payload of 2024.
        values.put("punchbridge.check-in.oldest", "3650d");
        values.put("punchbridge.delivery.first-back-off", "20ms");
        values.put("punchbridge.delivery.longest-back-off", "200ms");
        values.put("punchbridge.delivery.set-up-recheck", "50ms");
        values.put("punchbridge.delivery.doubt-quiet", "700ms");
        values.put(
                "punchbridge.storage.sqlite.file",
                Path.of("target", "test-data", UUID.randomUUID().toString(), "punchbridge.db")
                        .toString());
        values.put("punchbridge.attendance.watermark", "off");
        values.put("punchbridge.attendance.late-punches", "off");
        values.put("quarkus.http.test-port", "0");
        values.put("quarkus.management.test-port", "0");
        return values;
    }

    /** A port that nothing listens on, below those that the system hands out to whoever connects somewhere. */
    public static int freePort() {
        for (int tries = 0; tries < 100; tries++) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                // the next one, then
            }
        }
        throw new IllegalStateException("no free port found between 20000 and 30000");
    }

    @Override
    public Set<String> getPropertyNames() {
        return VALUES.keySet();
    }

    @Override
    public @Nullable String getValue(String name) {
        return VALUES.get(name);
    }

    @Override
    public String getName() {
        return "Punchbridge's tests";
    }

    @Override
    public int getOrdinal() {
        return 275;
    }
}
