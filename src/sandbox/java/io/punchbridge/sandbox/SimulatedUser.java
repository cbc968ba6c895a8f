package io.punchbridge.sandbox;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** An API user of the simulated site; rights may be given and withdrawn while it runs. */
public final class SimulatedUser implements Columns {
    static final List<String> COLUMNS = List.of("name", "email", "full_name", "enabled", "user_type", "time_zone");

    private static final String CHECKIN = CheckinWriter.DOC_TYPE;
    private static final String HR_SETTINGS = "HR Settings";

    private final String email;
    private final String apiKey;
    private final String apiSecret;
    private final Set<Right> rights = ConcurrentHashMap.newKeySet();
    private final Set<Hidden> hidden = ConcurrentHashMap.newKeySet();
    private volatile boolean writeTime;
    private volatile boolean hrUser;
    private volatile boolean systemManager;
    private volatile @Nullable ZoneId timeZone;

    private record Right(String permission, String docType) {}

    private record Hidden(String docType, String field) {}

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
        SimulatedUser user = minimal(email, apiKey, apiSecret)
                .mayWrite(true)
                .mayDelete(true)
                .mayWriteTime(true)
                .mayReadHrSettings(true)
                .may("read", FrappeTables.SHIFT_ASSIGNMENT, true);
        for (String permission : List.of("read", "write", "create", "submit", "cancel")) {
            user.may(permission, FrappeTables.ATTENDANCE, true);
        }
        for (String docType : DocumentTables.COLUMNS.keySet()) {
            user.may("read", docType, true);
        }
        user.hrUser = true;
        return user;
    }

    /** Reads and creates check-ins at permission level 0 only: Frappe silently drops the time such a user sends. */
    public static SimulatedUser minimal(String email, String apiKey, String apiSecret) {
        return withoutRights(email, apiKey, apiSecret)
                .mayCreate(true)
                .mayRead(true)
                .mayReadEmployees(true)
                .may("read", FrappeTables.SHIFT_TYPE, true)
                .may("write", FrappeTables.SHIFT_TYPE, true);
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

    /**
     * Gives or withdraws a right, as a role would: {@code read}, {@code write}, {@code create}, {@code delete}, {@code submit}
     * or {@code cancel} on a doctype.
     */
    public SimulatedUser may(String permission, String docType, boolean granted) {
        Right right = new Right(permission, docType);
        if (granted) {
            rights.add(right);
        } else {
            rights.remove(right);
        }
        return this;
    }

    boolean may(String permission, String docType) {
        return rights.contains(new Right(permission, docType))
                || (systemManager && FrappeTables.OF_SYSTEM_MANAGERS.contains(docType));
    }

    /** Whether lists show the user a field; Frappe leaves out one at a permission level that isn't granted. */
    public SimulatedUser maySee(String docType, String field, boolean granted) {
        if (granted) {
            hidden.remove(new Hidden(docType, field));
        } else {
            hidden.add(new Hidden(docType, field));
        }
        return this;
    }

    boolean maySee(String docType, String field) {
        return !hidden.contains(new Hidden(docType, field));
    }

    boolean mayCreate() {
        return may("create", CHECKIN);
    }

    public SimulatedUser mayCreate(boolean may) {
        return may("create", CHECKIN, may);
    }

    boolean mayRead() {
        return may("read", CHECKIN);
    }

    public SimulatedUser mayRead(boolean may) {
        return may("read", CHECKIN, may);
    }

    boolean mayWrite() {
        return may("write", CHECKIN);
    }

    public SimulatedUser mayWrite(boolean may) {
        return may("write", CHECKIN, may);
    }

    boolean mayDelete() {
        return may("delete", CHECKIN);
    }

    public SimulatedUser mayDelete(boolean may) {
        return may("delete", CHECKIN, may);
    }

    boolean mayWriteTime() {
        return writeTime;
    }

    /** Permission level 1 on Employee Checkin, where its field {@code time} lives. */
    public SimulatedUser mayWriteTime(boolean may) {
        writeTime = may;
        return this;
    }

    public SimulatedUser mayReadEmployees(boolean may) {
        return may("read", FrappeTables.EMPLOYEE, may);
    }

    boolean mayReadHrSettings() {
        return may("read", HR_SETTINGS);
    }

    public SimulatedUser mayReadHrSettings(boolean may) {
        return may("read", HR_SETTINGS, may);
    }

    boolean isSystemManager() {
        return systemManager;
    }

    public SimulatedUser isSystemManager(boolean is) {
        systemManager = is;
        return this;
    }

    List<String> roles() {
        List<String> roles = new ArrayList<>();
        if (hrUser) {
            roles.add("HR User");
        }
        if (systemManager) {
            roles.add("System Manager");
        }
        return roles;
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
    public @Nullable Object value(String column) {
        ZoneId zone = timeZone;
        return switch (column) {
            case "name", "email", "full_name" -> email;
            case "enabled" -> 1;
            case "user_type" -> "System User";
            case "time_zone" -> zone == null ? null : zone.getId();
            default -> null;
        };
    }

    @Override
    public String toString() {
        return email;
    }
}
