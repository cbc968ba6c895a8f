package io.punchbridge.sandbox;

import io.punchbridge.punch.Connection;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A machine on the simulated gateway, with its own log of all that it ever recorded, and its users. */
public final class SimulatedDevice {
    private final String label;
    private final String serialNumber;
    private final ZoneId zone;
    private final @Nullable String serviceTagId;
    private final List<LoggedPunch> log = new ArrayList<>();
    private final Map<String, User> users = new TreeMap<>();
    private final List<Offline> offline = new ArrayList<>();
    private volatile String authToken;
    private volatile Connection connection = Connection.NATIVE_PUSH;
    private volatile boolean userInfoEnabled = true;
    private volatile LocalDate licensedUntil = LocalDate.of(2099, 12, 31);

    /**
     * A punch as the device keeps it.
     *
     * @param type the gateway's word, as {@code CheckIn}
     * @param time by the device's clock
     */
    public record LoggedPunch(String userId, String type, Instant time, String inputType) {}

    /** A user as the device keeps it, without credentials. */
    public record User(String id, String firstName, String lastName, boolean admin) {}

    private record Offline(Instant from, Instant to, int statusCode) {}

    /**
     * @param zone the zone of its wall clock
     * @param serviceTagId sent as {@code stgid} in the query of callbacks, and named by requests; or null as newer
     *     set-ups have it, then no request reaches the device
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

    /** From now on callbacks and requests have this one. */
    public SimulatedDevice authToken(String token) {
        authToken = token;
        return this;
    }

    public ZoneId zone() {
        return zone;
    }

    public @Nullable String serviceTagId() {
        return serviceTagId;
    }

    public Connection connection() {
        return connection;
    }

    /** Native push unless set; others than the SDK's answer no request. */
    public SimulatedDevice connection(Connection way) {
        connection = way;
        return this;
    }

    /** Whether its users may be read; they may unless set. Of many real ones they may not. */
    public SimulatedDevice userInfoEnabled(boolean enabled) {
        userInfoEnabled = enabled;
        return this;
    }

    boolean userInfoEnabled() {
        return userInfoEnabled;
    }

    public SimulatedDevice licensedUntil(LocalDate day) {
        licensedUntil = day;
        return this;
    }

    LocalDate licensedUntil() {
        return licensedUntil;
    }

    /** It answers no request from now on, with 5 or 999 as the gateway's word for it. */
    public SimulatedDevice offline(int statusCode) {
        return offline(Instant.MIN, Instant.MAX, statusCode);
    }

    /**
     * It answers no request for a while.
     *
     * @param to exclusive
     */
    public synchronized SimulatedDevice offline(Instant from, Instant to, int statusCode) {
        offline.add(new Offline(from, to, statusCode));
        return this;
    }

    /** All times of being offline are over, and none comes. */
    public synchronized SimulatedDevice online() {
        offline.clear();
        return this;
    }

    /** The gateway's word for a device that is offline; empty if it is online. */
    synchronized OptionalInt offlineAt(Instant now) {
        return offline.stream()
                .filter(time -> !now.isBefore(time.from()) && now.isBefore(time.to()))
                .mapToInt(Offline::statusCode)
                .findFirst();
    }

    synchronized void remember(LoggedPunch punch) {
        log.add(punch);
    }

    /** All punches since the device was new, in the order in which they were recorded. */
    public synchronized List<LoggedPunch> log() {
        return List.copyOf(log);
    }

    /** Adds a user, or replaces the one of this id as an {@code Add.User} does, privilege included. */
    public synchronized SimulatedDevice putUser(User user) {
        users.put(user.id(), user);
        return this;
    }

    synchronized boolean removeUser(String id) {
        return users.remove(id) != null;
    }

    synchronized void removeAllUsers() {
        users.clear();
    }

    /** In the order of their ids. */
    public synchronized List<User> users() {
        return List.copyOf(users.values());
    }

    @Override
    public String toString() {
        return label + " (" + serialNumber + ")";
    }
}
