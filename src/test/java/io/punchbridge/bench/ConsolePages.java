package io.punchbridge.bench;

import io.punchbridge.sandbox.SimulatedFrappe;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.springframework.security.crypto.bcrypt.BCrypt;

/**
 * How long the server takes for the console's pages that read punches, with ten million stored, and on this one day more
 * than the busiest site has: 100,000, and 20,000 held.
 */
final class ConsolePages implements Measurement {
    private static final int STARTS = 3;
    private static final int ROUNDS = 20;
    private static final int NEWCOMERS = 5;
    private static final double REACH = 100;
    /** As hash-password makes them. */
    private static final int COST = 12;

    /** Longer than what one viewer is shown may be shown to another. */
    private static final Duration BETWEEN = Duration.ofMillis(1500);

    private static final String PASSWORD = "looks at pages, again and again";
    private static final String FIRST_VIEWER = "viewer-0";

    private final Map<String, List<Double>> firsts = new LinkedHashMap<>();
    private final Map<String, List<Double>> laters = new LinkedHashMap<>();
    private final List<Double> logins = new ArrayList<>();
    private final List<Double> newcomers = new ArrayList<>();

    @Override
    public String name() {
        return "console";
    }

    @Override
    public List<Row> measure() throws Exception {
        int stored = Settings.scaled(10_000_000);
        int ofToday = Settings.scaled(100_000);
        int held = Settings.scaled(20_000);
        Path directory = ManyStored.filled(stored);
        Instant midnight = LocalDate.now(Clock.system(Frappe.ZONE))
                .atStartOfDay(Frappe.ZONE)
                .toInstant();
        Store store = Store.in(directory);
        store.addDelivered(Punches.spread(midnight, ofToday - held, Punches.FIRST_USER), ofToday - held);
        store.addHeld(Punches.spread(midnight, held, Punches.FIRST_STRANGER), held);
        Map<String, String> viewers = viewers();
        try (SimulatedFrappe frappe = Frappe.measured()) {
            for (int i = 0; i < STARTS; i++) {
                try (Service service = Service.launch(directory, frappe, viewers)) {
                    service.awaitReady(Duration.ofMillis(20));
                    // Nobody is quicker at the page, and by then the employees have been read.
                    TimeUnit.SECONDS.sleep(3);
                    look(service, i == STARTS - 1);
                }
            }
        }
        return rows("%,d punches stored, %,d of today, %,d held".formatted(stored, ofToday, held));
    }

    private static Map<String, String> viewers() {
        Map<String, String> environment = new LinkedHashMap<>();
        for (int i = 0; i <= NEWCOMERS; i++) {
            String user = "PUNCHBRIDGE_CONSOLE_USERS_VIEWER_" + i;
            environment.put(user + "_PASSWORD_HASH", BCrypt.hashpw(PASSWORD, BCrypt.gensalt("$2b", COST)));
            environment.put(user + "_ROLE", "viewer");
        }
        return environment;
    }

    private void look(Service service, boolean last) throws Exception {
        Viewer viewer = new Viewer(service.port(), FIRST_VIEWER, PASSWORD);
        logins.add(viewer.logIn());
        String today = LocalDate.now(Clock.system(Frappe.ZONE)).toString();
        Map<String, Viewer.Page> pages = pages(viewer, today);
        for (Map.Entry<String, Viewer.Page> page : pages.entrySet()) {
            note(firsts, page.getKey(), page.getValue().millis());
        }
        for (int round = 0; round < ROUNDS; round++) {
            TimeUnit.MILLISECONDS.sleep(BETWEEN.toMillis());
            for (Map.Entry<String, Viewer.Page> page : pages.entrySet()) {
                note(laters, page.getKey(), page.getValue().millis());
            }
        }
        for (int i = 1; last && i <= NEWCOMERS; i++) {
            TimeUnit.MILLISECONDS.sleep(BETWEEN.toMillis());
            newcomers.add(new Viewer(service.port(), "viewer-" + i, PASSWORD).get("/", "Of today, delivered"));
        }
    }

    private static Map<String, Viewer.Page> pages(Viewer viewer, String today) {
        Map<String, Viewer.Page> pages = new LinkedHashMap<>();
        pages.put("Today", () -> viewer.get("/", "Of today, delivered"));
        pages.put("Punches of today", () -> viewer.get("/punches", "The newest 25 punches"));
        pages.put(
                "Punches by name",
                () -> viewer.post("/punches/search", Map.of("name", "emp500", "day", today), "Emp500 Test (user 500)"));
        pages.put(
                "Punches by device and day",
                () -> viewer.post("/punches/search", Map.of("device", "gate", "day", today), "The newest 25 punches"));
        pages.put(
                "Punches of an id of which there are none",
                () -> viewer.post("/punches/search", Map.of("user", "99999", "day", today), "user 99999"));
        pages.put("Held", () -> viewer.get("/held", "User id 10"));
        pages.put("Devices", () -> viewer.get("/devices", "gate"));
        pages.put("one device", () -> viewer.get("/devices/gate", Punches.SERIAL_NUMBER));
        return pages;
    }

    private static void note(Map<String, List<Double>> samples, String page, double millis) {
        samples.computeIfAbsent(page, first -> new ArrayList<>()).add(millis);
    }

    private List<Row> rows(String setting) {
        List<Row> rows = new ArrayList<>();
        laters.forEach((page, millis) -> {
            Samples later = Samples.of(millis);
            Samples first = Samples.of(firsts.getOrDefault(page, List.of()));
            rows.add(Row.of(
                            "console, " + page + ", " + setting,
                            "%.0f ms".formatted(later.median()),
                            "≤ %.0f ms".formatted(REACH),
                            later.median() <= REACH,
                            later.spread("%.0f") + " ms; first after a start " + first.spread("%.0f") + " ms")
                    .with("millis", later.values())
                    .with("firstMillis", first.values()));
        });
        Samples login = Samples.of(logins);
        Samples newcomer = Samples.of(newcomers);
        rows.add(new Row(
                        "console, Today for somebody who wasn't there for ten minutes, with the check of the password",
                        "%.0f ms".formatted(newcomer.median()),
                        "",
                        null,
                        newcomer.spread("%.0f") + " ms; the check alone, first after a start " + login.spread("%.0f")
                                + " ms",
                        new LinkedHashMap<>())
                .with("millis", newcomer.values())
                .with("loginMillis", login.values()));
        return rows;
    }
}
