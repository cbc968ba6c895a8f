package io.punchbridge.doctor;

import static io.punchbridge.doctor.ScriptedSite.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.attendance.AttendanceSettings.LateMode;
import io.punchbridge.attendance.AttendanceSettings.Mode;
import io.punchbridge.frappe.CheckinField;
import io.punchbridge.frappe.FrappeAnswer;
import io.punchbridge.frappe.FrappeAnswer.Failure;
import io.punchbridge.frappe.FrappeAnswer.Success;
import io.punchbridge.frappe.FrappeFailure;
import io.punchbridge.frappe.FrappeFailure.Kind;
import io.punchbridge.frappe.FrappeSettings;
import io.punchbridge.frappe.SetUpSite.Created;
import io.punchbridge.frappe.SetUpSite.IdHolder;
import io.punchbridge.frappe.SetUpSite.Sight;
import io.punchbridge.frappe.ShiftType;
import io.punchbridge.frappe.ShiftTypes;
import io.punchbridge.inbox.StorageLook;
import io.punchbridge.inbox.StorageLook.Health;
import io.punchbridge.punch.Connection;
import io.punchbridge.punch.Coordinates;
import io.punchbridge.punch.Device;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SetUpCheckTest {
    private static final Set<String> OF_THE_SITE = Set.of(
            "API user",
            "Rights",
            "Permission level 1",
            "Versions",
            "Time zone",
            "Geolocation",
            "Employees",
            "Punch key",
            "Check-in fields",
            "Shift Types");

    private final DoctorBench bench = new DoctorBench();

    @Test
    void nothing_is_to_be_done_where_all_is_as_it_should_be() {
        // When
        List<CheckResult> results = bench.results();

        // Then
        assertThat(results).allSatisfy(result -> {
            assertThat(result.outcome()).as(result.toString()).isEqualTo(Outcome.PASSED);
            assertThat(result.whatToDo()).isNull();
            assertThat(result.fix()).isNull();
        });
        assertThat(results).extracting(CheckResult::name).doesNotHaveDuplicates();
    }

    record Case(String what, Consumer<DoctorBench> change, String check, Outcome outcome, String told) {
        @Override
        public String toString() {
            return what;
        }
    }

    private static Arguments of(String what, Consumer<DoctorBench> change, String check, Outcome outcome, String told) {
        return Arguments.of(new Case(what, change, check, outcome, told));
    }

    static List<Arguments> connection() {
        return List.of(
                of(
                        "no answer",
                        b -> b.site.pong = failure(0, "No address found"),
                        "Address",
                        Outcome.FAILED,
                        "No address"),
                of("untrusted issuer", b -> b.site.pong = untrusted(), "TLS", Outcome.FAILED, "isn't trusted"),
                of(
                        "certificate ends soon",
                        b -> b.site.certificateEnds = DoctorBench.NOW.plus(Duration.ofDays(5)),
                        "TLS",
                        Outcome.WARNING,
                        "in 5 days"),
                of("plain", b -> b.url = URI.create("http://hr.example"), "TLS", Outcome.WARNING, "None"),
                of(
                        "plain, and a name like home's",
                        b -> b.url = URI.create("http://127.example.com"),
                        "TLS",
                        Outcome.WARNING,
                        "None"),
                of("plain at home", b -> b.url = URI.create("http://127.0.0.1:8000"), "TLS", Outcome.PASSED, "None"),
                of(
                        "wrong host",
                        b -> b.site.pong = failure(404, "wrong.localhost does not exist"),
                        "Site name",
                        Outcome.FAILED,
                        "no Frappe site of this name"),
                of(
                        "maintenance",
                        b -> b.site.pong = failure(503, "SessionStopped"),
                        "Site name",
                        Outcome.FAILED,
                        "doesn't answer now"),
                of("a page", b -> b.site.pong = failure(200, "A web page"), "Site name", Outcome.FAILED, "A web page"),
                of("no date", b -> b.site.aheadOfUs = null, "Clock", Outcome.NOT_CHECKED, "no Date"),
                of("30 s", b -> b.site.aheadOfUs = Duration.ofSeconds(30), "Clock", Outcome.PASSED, "30 s ahead"),
                of("31 s", b -> b.site.aheadOfUs = Duration.ofSeconds(-31), "Clock", Outcome.WARNING, "31 s behind"),
                of("5 min", b -> b.site.aheadOfUs = Duration.ofSeconds(301), "Clock", Outcome.FAILED, "301 s ahead"),
                of("bad token", b -> b.site.user = failure(401, "no"), "Token", Outcome.FAILED, "doesn't take it"),
                of("guest", b -> b.site.user = new Success<>("Guest"), "Token", Outcome.FAILED, "guest"));
    }

    static List<Arguments> user() {
        return List.of(
                of("who", b -> {}, "API user", Outcome.PASSED, "cams@hr.localhost"),
                of(
                        "own zone",
                        b -> b.site.zoneOfUser = new Success<>(Optional.of("Europe/Berlin")),
                        "API user's time zone",
                        Outcome.WARNING,
                        "Europe/Berlin"),
                of(
                        "own zone, ours configured",
                        b -> {
                            b.zone = ZoneId.of("Africa/Nairobi");
                            b.site.zoneOfUser = new Success<>(Optional.of("Europe/Berlin"));
                        },
                        "API user's time zone",
                        Outcome.PASSED,
                        "goes first"),
                of(
                        "own zone unknown",
                        b -> b.site.zoneOfUser = failure(403, "no"),
                        "API user's time zone",
                        Outcome.NOT_CHECKED,
                        "may not read"),
                of(
                        "too mighty",
                        b -> b.site.roles = new Success<>(List.of("System Manager")),
                        "Roles",
                        Outcome.WARNING,
                        "System Manager"),
                of("roles unknown", b -> b.site.roles = failure(403, "no"), "Roles", Outcome.NOT_CHECKED, "no"));
    }

    static List<Arguments> rights() {
        return List.of(
                forbidden("Employee Checkin create", b -> {}, Outcome.FAILED),
                forbidden("Employee Checkin delete", b -> {}, Outcome.FAILED),
                forbidden("Employee read", b -> {}, Outcome.FAILED),
                forbidden("Shift Type read", b -> {}, Outcome.FAILED),
                forbidden("Shift Type read", b -> b.watermark = Mode.OFF, Outcome.FAILED),
                forbidden("Shift Type read", b -> b.late = LateMode.OFF, Outcome.FAILED),
                forbidden(
                        "Shift Type read",
                        b -> {
                            b.watermark = Mode.OFF;
                            b.late = LateMode.OFF;
                        },
                        Outcome.WARNING),
                forbidden("Shift Type write", b -> {}, Outcome.WARNING),
                forbidden("Shift Type write", b -> b.watermark = Mode.ADVANCE, Outcome.FAILED),
                forbidden("Attendance cancel", b -> {}, Outcome.WARNING),
                forbidden("Attendance cancel", b -> b.late = LateMode.REPAIR, Outcome.FAILED),
                forbidden("Attendance create", b -> {}, Outcome.WARNING),
                forbidden("Attendance create", b -> b.late = LateMode.REPAIR, Outcome.FAILED),
                forbidden("Attendance submit", b -> b.late = LateMode.DRY_RUN, Outcome.WARNING),
                forbidden("Attendance submit", b -> b.late = LateMode.REPAIR, Outcome.FAILED),
                forbidden("Salary Slip read", b -> b.late = LateMode.DRY_RUN, Outcome.FAILED),
                forbidden("Leave Application read", b -> b.late = LateMode.DRY_RUN, Outcome.FAILED),
                forbidden("Attendance Request read", b -> b.late = LateMode.DRY_RUN, Outcome.FAILED),
                forbidden("Salary Slip read", b -> {}, Outcome.WARNING),
                forbidden("Leave Application read", b -> b.late = LateMode.REPAIR, Outcome.FAILED),
                forbidden("Attendance Request read", b -> b.late = LateMode.REPAIR, Outcome.FAILED),
                of(
                        "time hidden",
                        b -> b.site.sights.put("time", Sight.HIDDEN),
                        "Permission level 1",
                        Outcome.FAILED,
                        "store the moment of its arrival"),
                of("time shown and written", b -> {}, "Permission level 1", Outcome.PASSED, "has been written"),
                of(
                        "time shown, and nothing delivered yet",
                        b -> b.storage = undelivered(),
                        "Permission level 1",
                        Outcome.NOT_CHECKED,
                        "The first delivery proves"),
                of(
                        "no check-in",
                        b -> b.site.sights.put("time", Sight.NO_ROW),
                        "Permission level 1",
                        Outcome.NOT_CHECKED,
                        "no check-in yet"));
    }

    private static Arguments forbidden(String right, Consumer<DoctorBench> change, Outcome outcome) {
        int blank = right.lastIndexOf(' ');
        return of(
                right + " " + outcome,
                b -> {
                    change.accept(b);
                    b.site.forbidden.add(right);
                },
                "Rights on " + right.substring(0, blank),
                outcome,
                "may not " + right.substring(blank + 1));
    }

    static List<Arguments> site() {
        return List.of(
                of("14", versions("14.80.0", "14.30.0"), "Versions", Outcome.WARNING, "not tried"),
                of("16", versions("16.0.1", "16.0.0"), "Versions", Outcome.WARNING, "not tried"),
                of("another 15", versions("15.99.0", "15.50.1"), "Versions", Outcome.PASSED, "known"),
                of(
                        "no HRMS",
                        b -> b.site.versions = new Success<>(Map.of("frappe", "15.72.4")),
                        "Versions",
                        Outcome.FAILED,
                        "HRMS isn't installed"),
                of(
                        "another zone configured",
                        b -> b.zone = ZoneId.of("Asia/Kolkata"),
                        "Time zone",
                        Outcome.FAILED,
                        "wrong time"),
                of(
                        "the same zone by another name",
                        b -> {
                            b.zone = ZoneId.of("Asia/Calcutta");
                            b.site.settledZone = new Success<>(Optional.of("Asia/Kolkata"));
                        },
                        "Time zone",
                        Outcome.PASSED,
                        "is configured"),
                of(
                        "another zone whose clocks agree",
                        b -> {
                            b.zone = ZoneId.of("Europe/Vienna");
                            b.site.settledZone = new Success<>(Optional.of("Europe/Berlin"));
                        },
                        "Time zone",
                        Outcome.PASSED,
                        "Europe/Vienna is configured, and Europe/Berlin"),
                of(
                        "an offset that is the zone's",
                        b -> b.zone = ZoneId.of("+03:00"),
                        "Time zone",
                        Outcome.PASSED,
                        "+03:00 is configured, and Africa/Nairobi"),
                of(
                        "a zone that agrees in winter alone",
                        b -> {
                            b.zone = ZoneId.of("Europe/Berlin");
                            b.site.settledZone = new Success<>(Optional.of("Africa/Lagos"));
                        },
                        "Time zone",
                        Outcome.FAILED,
                        "wrong time"),
                of(
                        "a zone that agrees as far back as check-ins go",
                        SetUpCheckTest::agreeingSinceTheEndOf2022,
                        "Time zone",
                        Outcome.PASSED,
                        "America/Mexico_City is configured, and America/Regina"),
                of(
                        "a zone that differed when the oldest check-ins were made",
                        b -> {
                            agreeingSinceTheEndOf2022(b);
                            b.oldestCheckIn = Duration.ofDays(5 * 365);
                        },
                        "Time zone",
                        Outcome.FAILED,
                        "wrong time"),
                of(
                        "not the user's zone",
                        b -> {
                            b.zone = ZoneId.of("Africa/Nairobi");
                            b.site.settledZone = new Success<>(Optional.empty());
                            b.site.zoneForUser = new Success<>("Europe/Berlin");
                        },
                        "Time zone",
                        Outcome.WARNING,
                        "Europe/Berlin"),
                of(
                        "no zone told",
                        b -> {
                            b.site.settledZone = failure(500, "no");
                            b.site.zoneForUser = failure(500, "no");
                        },
                        "Time zone",
                        Outcome.FAILED,
                        "doesn't tell"),
                of(
                        "unknown zone",
                        b -> b.site.settledZone = new Success<>(Optional.of("Mars/Olympus")),
                        "Time zone",
                        Outcome.FAILED,
                        "Mars/Olympus"),
                of(
                        "a place is needed",
                        b -> b.site.geolocation = new Success<>(Optional.of(true)),
                        "Geolocation",
                        Outcome.FAILED,
                        "head-office"),
                of(
                        "a place is needed and known",
                        b -> {
                            b.devices = List.of(DoctorBench.device(
                                    "gate", "SN-1", Connection.NATIVE_PUSH, new Coordinates(-1.28, 36.8)));
                            b.site.geolocation = new Success<>(Optional.of(true));
                        },
                        "Geolocation",
                        Outcome.PASSED,
                        "each device has one"),
                of(
                        "HR Settings hidden",
                        b -> b.site.geolocation = new Success<>(Optional.empty()),
                        "Geolocation",
                        Outcome.NOT_CHECKED,
                        "may not read HR Settings"));
    }

    private static Consumer<DoctorBench> versions(String frappe, String hrms) {
        return b -> b.site.versions = new Success<>(Map.of("frappe", frappe, "hrms", hrms));
    }

    static List<Arguments> fields() {
        return List.of(
                of(
                        "no key",
                        noField(CheckinField.PUNCH_KEY),
                        "Punch key",
                        Outcome.WARNING,
                        "has no custom_cams_punch_key"),
                of(
                        "key not unique",
                        b -> b.site.unique = new Success<>(Optional.of(false)),
                        "Punch key",
                        Outcome.FAILED,
                        "isn't unique"),
                of(
                        "key unique",
                        b -> b.site.unique = new Success<>(Optional.of(true)),
                        "Punch key",
                        Outcome.PASSED,
                        "there and unique"),
                of(
                        "key of which nobody tells whether it is unique",
                        b -> b.site.unique = new Success<>(Optional.empty()),
                        "Punch key",
                        Outcome.NOT_CHECKED,
                        "only a System Manager"),
                of(
                        "key hidden",
                        b -> b.site.sights.put("custom_cams_punch_key", Sight.HIDDEN),
                        "Punch key",
                        Outcome.WARNING,
                        "permission level"),
                of(
                        "input type hidden",
                        b -> b.site.sights.put("custom_input_type", Sight.HIDDEN),
                        "Field custom_input_type",
                        Outcome.WARNING,
                        "permission level"),
                of(
                        "no input type",
                        noField(CheckinField.INPUT_TYPE),
                        "Field custom_input_type",
                        Outcome.WARNING,
                        "hasn't got it"),
                of(
                        "no temperature",
                        b -> {
                            b.health = true;
                            noField(CheckinField.TEMPERATURE).accept(b);
                        },
                        "Field custom_temperature",
                        Outcome.WARNING,
                        "hasn't got it"));
    }

    private static void agreeingSinceTheEndOf2022(DoctorBench bench) {
        bench.zone = ZoneId.of("America/Mexico_City");
        bench.site.settledZone = new Success<>(Optional.of("America/Regina"));
    }

    private static Consumer<DoctorBench> noField(CheckinField field) {
        return b -> b.site.sights.put(field.fieldName(), Sight.NO_SUCH_FIELD);
    }

    static List<Arguments> shiftTypes() {
        return List.of(
                of(
                        "none seen",
                        b -> b.site.shiftTypes = new Success<>(new ShiftTypes(List.of(), Map.of())),
                        "Shift Types",
                        Outcome.WARNING,
                        "sees none"),
                of(
                        "none seen, late punches alone",
                        b -> {
                            b.watermark = Mode.OFF;
                            b.site.shiftTypes = new Success<>(new ShiftTypes(List.of(), Map.of()));
                        },
                        "Shift Types",
                        Outcome.WARNING,
                        "sees none"),
                of(
                        "none seen and none needed",
                        b -> {
                            b.watermark = Mode.OFF;
                            b.late = LateMode.OFF;
                            b.site.shiftTypes = new Success<>(new ShiftTypes(List.of(), Map.of()));
                        },
                        "Shift Types",
                        Outcome.PASSED,
                        "There is none"),
                of("none led", shift(type(false, false, 0, null, false)), "Shift Types", Outcome.PASSED, "None has"),
                of(
                        "no thresholds",
                        shift(type(true, false, 0, 5, false)),
                        "Thresholds of hours",
                        Outcome.WARNING,
                        "0 hours"),
                of("no grace", shift(type(true, false, 2, 0, false)), "Grace periods", Outcome.WARNING, "one second"),
                of(
                        "no marking",
                        shift(type(true, false, 2, null, false)),
                        "Grace periods",
                        Outcome.PASSED,
                        "nobody is"),
                of(
                        "auto update",
                        shift(type(true, true, 2, 5, false)),
                        "Auto Update Last Sync",
                        Outcome.WARNING,
                        "is Absent"),
                of(
                        "auto update of ours",
                        b -> {
                            b.watermark = Mode.ADVANCE;
                            shift(type(true, true, 2, 5, false)).accept(b);
                        },
                        "Auto Update Last Sync",
                        Outcome.FAILED,
                        "doesn't touch"),
                of(
                        "no first day",
                        shift(type(true, false, 2, 5, true)),
                        "Process Attendance After",
                        Outcome.WARNING,
                        "Day Shift: empty"),
                of(
                        "one unreadable",
                        b -> b.site.shiftTypes = new Success<>(new ShiftTypes(
                                List.of(),
                                Map.of(
                                        "Night Shift",
                                        new FrappeFailure(Kind.SET_UP, 403, null, "no permission", null, null)))),
                        "Shift Type Night Shift",
                        Outcome.WARNING,
                        "can't be read: no permission."),
                of(
                        "unreadable",
                        b -> b.site.shiftTypes = failure(403, "no permission"),
                        "Shift Types",
                        Outcome.NOT_CHECKED,
                        "no permission"));
    }

    private static Consumer<DoctorBench> shift(ShiftType type) {
        return b -> b.site.shiftTypes = new Success<>(new ShiftTypes(List.of(type), Map.of()));
    }

    private static ShiftType type(
            boolean led, boolean autoUpdate, double threshold, @Nullable Integer grace, boolean noFirstDay) {
        return new ShiftType(
                "Day Shift",
                led,
                null,
                noFirstDay ? null : LocalDate.of(2026, 1, 1),
                LocalTime.of(9, 0),
                LocalTime.of(18, 0),
                Duration.ofHours(1),
                Duration.ofHours(1),
                autoUpdate,
                false,
                false,
                threshold,
                threshold,
                grace,
                grace,
                "");
    }

    static List<Arguments> here() {
        return List.of(
                storage(
                        DoctorBench.look("It is read-only.", 7, Health.SOUND, null),
                        "Storage",
                        Outcome.FAILED,
                        "can't"),
                storage(
                        DoctorBench.look(null, 8, Health.SOUND, Map.of()),
                        "Storage",
                        Outcome.FAILED,
                        "a later Punchbridge"),
                storage(DoctorBench.look(null, 6, Health.SOUND, Map.of()), "Storage", Outcome.PASSED, "the next start"),
                storage(
                        DoctorBench.look(null, 0, Health.NOT_LOOKED, Map.of()),
                        "Storage",
                        Outcome.PASSED,
                        "the first start"),
                storage(
                        DoctorBench.look(null, 7, Health.DAMAGED, Map.of()),
                        "Storage's health",
                        Outcome.FAILED,
                        "row 7 missing"),
                storage(
                        DoctorBench.look(null, 7, Health.TOO_LARGE, Map.of()),
                        "Storage's health",
                        Outcome.NOT_CHECKED,
                        "too large"),
                storage(space(200L << 20), "Free space", Outcome.WARNING, "200 MiB"),
                storage(space(50L << 20), "Free space", Outcome.FAILED, "50 MiB"),
                storage(
                        DoctorBench.look(null, 7, Health.SOUND, Map.of()),
                        "Devices heard",
                        Outcome.WARNING,
                        "head-office"),
                storage(
                        DoctorBench.look(null, 0, Health.NOT_LOOKED, Map.of()),
                        "Devices heard",
                        Outcome.NOT_CHECKED,
                        "nothing stored yet"),
                storage(
                        DoctorBench.look("gone", 7, Health.SOUND, null),
                        "Devices heard",
                        Outcome.NOT_CHECKED,
                        "can't be read"),
                of("mute", b -> b.devices = List.of(mute()), "Devices' history", Outcome.WARNING, "old-clock"),
                of("no gateway", b -> b.gateway = false, "Devices' history", Outcome.WARNING, "head-office"),
                of(
                        "mute, but assumed",
                        b -> {
                            b.devices = List.of(mute());
                            b.assumed = Set.of("old-clock");
                        },
                        "Devices' history",
                        Outcome.PASSED,
                        "after a silence"),
                of(
                        "watermark off",
                        b -> {
                            b.devices = List.of(mute());
                            b.watermark = Mode.OFF;
                        },
                        "Devices' history",
                        Outcome.NOT_CHECKED,
                        "off"));
    }

    private static Arguments storage(StorageLook look, String check, Outcome outcome, String told) {
        return of(check + ": " + told, b -> b.storage = look, check, outcome, told);
    }

    private static StorageLook undelivered() {
        return new StorageLook("f", null, null, 50L << 30, 7, 7, Health.SOUND, null, false, Map.of());
    }

    private static StorageLook space(long free) {
        return new StorageLook("f", null, null, free, 7, 7, Health.SOUND, null, true, Map.of());
    }

    private static Device mute() {
        return DoctorBench.device("old-clock", "SN-1", Connection.DB_PULL, null);
    }

    @ParameterizedTest
    @MethodSource({"connection", "user", "rights", "site", "fields", "shiftTypes", "here"})
    void each_check_tells_what_it_saw(Case one) {
        // Given
        one.change().accept(bench);

        // When
        CheckResult result = bench.result(one.check());

        // Then
        assertThat(result.outcome()).as(result.toString()).isEqualTo(one.outcome());
        assertThat(result.seen()).contains(one.told());
        if (one.outcome() == Outcome.WARNING || one.outcome() == Outcome.FAILED) {
            assertThat(result.whatToDo()).isNotBlank();
        }
    }

    private static <T> FrappeAnswer<T> untrusted() {
        return new Failure<>(new FrappeFailure(
                Kind.SET_UP, 0, null, "The certificate of hr.example isn't trusted: unknown issuer", null, null));
    }

    @Test
    void without_a_connection_nothing_more_is_asked_and_the_reason_is_told() {
        // Given
        bench.site.pong = failure(0, "Can't connect to hr.example");
        bench.site.throwsAtVersions = true;

        // When
        List<CheckResult> results = bench.results();

        // Then
        assertThat(results)
                .filteredOn(result -> OF_THE_SITE.contains(result.name()))
                .hasSize(OF_THE_SITE.size())
                .allSatisfy(result -> {
                    assertThat(result.outcome()).isEqualTo(Outcome.NOT_CHECKED);
                    assertThat(result.seen()).isEqualTo("The site can't be reached.");
                });
        assertThat(bench.result("Storage").outcome()).isEqualTo(Outcome.PASSED);
        assertThat(bench.result("Devices heard").outcome()).isEqualTo(Outcome.PASSED);
    }

    @Test
    void without_a_token_the_rest_of_the_site_is_not_checked() {
        // Given
        bench.withoutToken();

        // When
        List<CheckResult> results = bench.results();

        // Then
        assertThat(results)
                .filteredOn(result -> OF_THE_SITE.contains(result.name()))
                .hasSize(OF_THE_SITE.size())
                .allMatch(result -> result.outcome() == Outcome.NOT_CHECKED);
    }

    @Test
    void a_surprise_in_one_check_keeps_no_other_from_being_made_and_shows_no_message() {
        // Given
        bench.site.throwsAtVersions = true;

        // When
        List<CheckResult> results = bench.results();

        // Then
        assertThat(results)
                .filteredOn(result -> result.name().equals("Versions"))
                .singleElement()
                .satisfies(result -> {
                    assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
                    assertThat(result.seen()).contains("IllegalStateException").doesNotContain("simulated-secret");
                });
        assertThat(results)
                .filteredOn(result -> result.outcome() == Outcome.FAILED)
                .hasSize(1);
    }

    @Test
    void of_employees_without_an_id_ten_are_named_and_the_others_counted() {
        // Given
        List<IdHolder> holders = new ArrayList<>();
        for (int i = 10; i < 25; i++) {
            holders.add(new IdHolder("HR-EMP-" + i, true, null));
        }
        holders.add(new IdHolder("HR-EMP-LEFT", false, null));
        bench.site.holders = new Success<>(holders);

        // When
        CheckResult result = bench.result("Employees' device ids");

        // Then
        assertThat(result.outcome()).isEqualTo(Outcome.WARNING);
        assertThat(result.seen())
                .startsWith("15 of 15 active")
                .contains("HR-EMP-19 and 5 more")
                .doesNotContain("HR-EMP-20", "HR-EMP-LEFT");
    }

    @ParameterizedTest
    @CsvSource({"7,007", "ab1,AB1", "12,1 2", "0,00"})
    void device_ids_that_differ_in_nothing_a_person_sees_are_told(String one, String other) {
        // Given
        bench.site.holders = new Success<>(List.of(
                new IdHolder("HR-EMP-1", true, one),
                new IdHolder("HR-EMP-2", false, other),
                new IdHolder("HR-EMP-3", true, "70")));

        // When
        CheckResult result = bench.result("Device ids alike");

        // Then
        assertThat(result.outcome()).isEqualTo(Outcome.WARNING);
        assertThat(result.seen()).contains("HR-EMP-1", "HR-EMP-2").doesNotContain("HR-EMP-3");
    }

    @Test
    void health_fields_are_looked_for_only_if_health_data_is_kept() {
        // When
        List<CheckResult> results = bench.results();

        // Then
        assertThat(results)
                .extracting(CheckResult::name)
                .doesNotContain("Field custom_temperature", "Field custom_face_mask")
                .contains("Field custom_original_time", "Field custom_punch_type");
    }

    @Test
    void what_is_ours_to_mend_carries_its_fix_and_nothing_is_changed_by_looking() {
        // Given
        bench.withoutFields();

        // When
        List<CheckResult> results = bench.results();

        // Then
        assertThat(results)
                .extracting(CheckResult::fix)
                .filteredOn(fix -> fix != null)
                .extracting(fix -> fix == null ? "" : fix.field().fieldName())
                .containsExactly(
                        "custom_cams_punch_key", "custom_original_time", "custom_input_type", "custom_punch_type");
        assertThat(bench.made()).isEmpty();
    }

    @Test
    void a_fix_uses_the_token_given_for_it_and_no_other() {
        // Given
        bench.withoutFields();

        // When
        SetUpCheck.Mended mended = bench.check().mend(new Fix(CheckinField.PUNCH_KEY), "manager", "s3cret");

        // Then
        assertThat(mended.good()).isTrue();
        assertThat(bench.tokens()).containsExactly("manager:s3cret");
        assertThat(bench.made()).containsExactly("custom_cams_punch_key");
    }

    @ParameterizedTest
    @CsvSource({"130, 20", "5, 5"})
    void a_look_waits_for_no_request_longer_than_twenty_seconds(int configured, int limit) {
        // Given
        bench.requestTimeout = Duration.ofSeconds(configured);

        // When
        bench.results();

        // Then
        assertThat(bench.asked).extracting(FrappeSettings::requestTimeout).containsExactly(Duration.ofSeconds(limit));
    }

    @Test
    void a_surprise_while_mending_is_told_without_its_message() {
        // Given
        bench.throwingTheTokenBack();

        // When
        SetUpCheck.Mended mended = bench.check().mend(new Fix(CheckinField.PUNCH_KEY), "manager-key", "manager-secret");

        // Then
        assertThat(mended.good()).isFalse();
        assertThat(mended.words()).contains("IllegalArgumentException").doesNotContain("manager-key", "manager-secret");
    }

    @Test
    void a_key_that_is_there_and_not_unique_is_not_taken_for_mended() {
        // Given
        bench.site.created = new Success<>(Created.THERE_NOT_UNIQUE);

        // When
        SetUpCheck.Mended mended = bench.check().mend(new Fix(CheckinField.PUNCH_KEY), "manager", "s3cret");

        // Then
        assertThat(mended.good()).isFalse();
        assertThat(mended.words()).contains("isn't unique", "Customize Form");
    }
}
