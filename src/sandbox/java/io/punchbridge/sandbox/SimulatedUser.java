package io.punchbridge.sandbox;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** An API user of the simulated site; rights may be given and withdrawn while it runs. */
public final class SimulatedUser {
    private final String email;
    private final String apiKey;
    private final String apiSecret;
    private volatile boolean create;
    private volatile boolean read;
    private volatile boolean write;
    private volatile boolean delete;
    private volatile boolean writeTime;
    private volatile boolean readEmployees;
    private volatile boolean readHrSettings;
    private volatile boolean systemManager;
    private volatile @Nullable ZoneId timeZone;

    private SimulatedUser(String email, String apiKey, String apiSecret) {
        this.email = email;
        this.apiKey = apiKey;
        this.apiSecret = apiSecret;
    }

    /** May do nothing at all. */
    public static SimulatedUser withoutRights(String email, String apiKey, String apiSecret) {
        return new SimulatedUser(email, apiKey, apiSecret);
    }

    /** As a user with HRMS' role HR User. */
    public static SimulatedUser hrUser(String email, String apiKey, String apiSecret) {
        return minimal(email, apiKey, apiSecret)
                .mayWrite(true)
                .mayDelete(true)
                .mayWriteTime(true)
                .mayReadHrSettings(true);
    }

    /** Reads and creates check-ins at permission level 0 only: Frappe silently drops the time such a user sends. */
    public static SimulatedUser minimal(String email, String apiKey, String apiSecret) {
        return withoutRights(email, apiKey, apiSecret)
                .mayCreate(true)
                .mayRead(true)
                .mayReadEmployees(true);
    }

    /** As a user with Frappe's role System Manager beside HR User. */
    public static SimulatedUser systemManager(String email, String apiKey, String apiSecret) {
        return hrUser(email, apiKey, apiSecret).isSystemManager(true);
    }

    public String email() {
        return email;
    }

    public String apiKey() {
        return apiKey;
    }

    public String apiSecret() {
        return apiSecret;
    }

    boolean mayCreate() {
        return create;
    }

    public SimulatedUser mayCreate(boolean may) {
        create = may;
        return this;
    }

    boolean mayRead() {
        return read;
    }

    public SimulatedUser mayRead(boolean may) {
        read = may;
        return this;
    }

    boolean mayWrite() {
        return write;
    }

    public SimulatedUser mayWrite(boolean may) {
        write = may;
        return this;
    }

    boolean mayDelete() {
        return delete;
    }

    public SimulatedUser mayDelete(boolean may) {
        delete = may;
        return this;
    }

    boolean mayWriteTime() {
        return writeTime;
    }

    /** Permission level 1 on Employee Checkin, where its field {@code time} lives. */
    public SimulatedUser mayWriteTime(boolean may) {
        writeTime = may;
        return this;
    }

    boolean mayReadEmployees() {
        return readEmployees;
    }

    public SimulatedUser mayReadEmployees(boolean may) {
        readEmployees = may;
        return this;
    }

    boolean mayReadHrSettings() {
        return readHrSettings;
    }

    public SimulatedUser mayReadHrSettings(boolean may) {
        readHrSettings = may;
        return this;
    }

    boolean isSystemManager() {
        return systemManager;
    }

    public SimulatedUser isSystemManager(boolean is) {
        systemManager = is;
        return this;
    }

    @Nullable ZoneId timeZone() {
        return timeZone;
    }

    /** The user's own zone, which {@code get_time_zone} answers in place of the site's; null for none. */
    public SimulatedUser timeZone(@Nullable ZoneId zone) {
        timeZone = zone;
        return this;
    }

    @Override
    public String toString() {
        return email;
    }
}
