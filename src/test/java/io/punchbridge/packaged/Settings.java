package io.punchbridge.packaged;

import io.punchbridge.sandbox.SimulatedFrappe;
import java.util.Map;
import java.util.TreeMap;

/** A working configuration, as environment variables: one device, a simulated Frappe, short waits. */
final class Settings {
    static final String SERIAL_NUMBER = "ZHM11xxxxxxxx";
    static final String TOKEN = "COJJ7eiiPBGUfmIQPvh2PJWWDLX7OuKs";

    private Settings() {}

    static Map<String, String> forFrappe(SimulatedFrappe frappe) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("PUNCHBRIDGE_FRAPPE_URL", frappe.url().toString());
        settings.put("PUNCHBRIDGE_FRAPPE_API_KEY", SimulatedFrappe.API_KEY);
        settings.put("PUNCHBRIDGE_FRAPPE_API_SECRET", SimulatedFrappe.API_SECRET);
        settings.put("PUNCHBRIDGE_DEVICES_HEAD_OFFICE_SERIAL_NUMBER", SERIAL_NUMBER);
        settings.put("PUNCHBRIDGE_DEVICES_HEAD_OFFICE_AUTH_TOKEN", TOKEN);
        settings.put("PUNCHBRIDGE_CHECK_IN_OLDEST", "3650d");
        settings.put("PUNCHBRIDGE_DELIVERY_FIRST_BACK_OFF", "50ms");
        settings.put("PUNCHBRIDGE_DELIVERY_LONGEST_BACK_OFF", "500ms");
        settings.put("PUNCHBRIDGE_DELIVERY_SET_UP_RECHECK", "200ms");
        settings.put("PUNCHBRIDGE_DELIVERY_DOUBT_QUIET", "3s");
        return settings;
    }
}
