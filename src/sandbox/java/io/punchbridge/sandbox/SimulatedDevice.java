package io.punchbridge.sandbox;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A machine on the simulated gateway, with its own log of all that it ever recorded. */
public final class SimulatedDevice {
    private final String label;
    private final String serialNumber;
    private final String authToken;
    private final ZoneId zone;
    private final @Nullable String serviceTagId;
    private final List<LoggedPunch> log = new ArrayList<>();

    /**
     * A punch as the device keeps it.
     *
     * @param type the gateway's word, as {@code CheckIn}
     * @param time by the device's clock
     */
    public record LoggedPunch(String userId, String type, Instant time, String inputType) {}

    /**
     * @param zone the zone of its wall clock
     * @param serviceTagId sent as {@code stgid} in the query, or null as newer set-ups have it
     */
    public SimulatedDevice(
            String label, String serialNumber, String authToken, ZoneId zone, @Nullable String serviceTagId) {
        this.label = label;
        this.serialNumber = serialNumber;
        this.authToken = authToken;
        this.zone = zone;
        this.serviceTagId = serviceTagId;
    }

    public SimulatedDevice(String label, String serialNumber, String authToken, ZoneId zone) {
        this(label, serialNumber, authToken, zone, null);
    }

    public String label() {
        return label;
    }

    public String serialNumber() {
        return serialNumber;
    }

    public String authToken() {
        return authToken;
    }

    public ZoneId zone() {
        return zone;
    }

    @Nullable String serviceTagId() {
        return serviceTagId;
    }

    synchronized void remember(LoggedPunch punch) {
        log.add(punch);
    }

    /** All punches since the device was new, in the order in which they were recorded. */
    public synchronized List<LoggedPunch> log() {
        return List.copyOf(log);
    }

    @Override
    public String toString() {
        return label + " (" + serialNumber + ")";
    }
}
