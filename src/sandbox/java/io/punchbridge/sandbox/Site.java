package io.punchbridge.sandbox;

import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** All that the simulated site knows: its tables, its users and its settings. */
final class Site {
    static final String HOST = "hr.localhost";

    private final Clock clock;
    private final EmployeeTable employees = new EmployeeTable();
    private final CheckinTable checkins = new CheckinTable();
    private final Map<String, SimulatedUser> users = new ConcurrentHashMap<>();

    volatile ZoneId timeZone = ZoneId.of("Africa/Nairobi");
    volatile String language = "en";
    volatile boolean tracebacks = true;
    volatile boolean geolocationRequired;
    volatile boolean uniqueKey;
    volatile boolean checkHosts;

    Site(Clock clock) {
        this.clock = clock;
    }

    EmployeeTable employees() {
        return employees;
    }

    CheckinTable checkins() {
        return checkins;
    }

    void addUser(SimulatedUser user) {
        users.put(user.apiKey(), user);
    }

    Optional<SimulatedUser> user(String apiKey, String apiSecret) {
        return Optional.ofNullable(users.get(apiKey))
                .filter(user -> user.apiSecret().equals(apiSecret));
    }

    /** The site's wall clock, to the microsecond. */
    LocalDateTime now() {
        return LocalDateTime.ofInstant(clock.instant(), timeZone).truncatedTo(ChronoUnit.MICROS);
    }

    List<String> checkinColumns() {
        return uniqueKey
                ? SimulatedCheckin.COLUMNS
                : SimulatedCheckin.COLUMNS.stream()
                        .filter(column -> !column.equals(SimulatedCheckin.KEY_COLUMN))
                        .toList();
    }
}
