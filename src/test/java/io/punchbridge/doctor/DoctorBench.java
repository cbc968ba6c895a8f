package io.punchbridge.doctor;

import io.punchbridge.attendance.AttendanceSettings;
import io.punchbridge.attendance.AttendanceSettings.DeviceChoice;
import io.punchbridge.attendance.AttendanceSettings.LateMode;
import io.punchbridge.attendance.AttendanceSettings.LatePunches;
import io.punchbridge.attendance.AttendanceSettings.Mode;
import io.punchbridge.frappe.CheckinField;
import io.punchbridge.frappe.FrappeAnswer.Success;
import io.punchbridge.frappe.FrappeSettings;
import io.punchbridge.frappe.SetUpSite.IdHolder;
import io.punchbridge.frappe.SetUpSite.Sight;
import io.punchbridge.inbox.StorageLook;
import io.punchbridge.inbox.StorageLook.Health;
import io.punchbridge.inbox.StorageSettings;
import io.punchbridge.punch.Connection;
import io.punchbridge.punch.Coordinates;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.Devices;
import io.punchbridge.punch.Direction;
import io.punchbridge.punch.SerialNumber;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A set-up where all is as it should be, until a test changes a part; for tests of other rooms, too. */
public final class DoctorBench {
    public static final String KEY = "our-api-key";
    public static final String SECRET = "our-api-secret";
    static final Instant NOW = Instant.parse("2026-11-24T08:00:00Z");

    final ScriptedSite site = new ScriptedSite();
    final List<FrappeSettings> asked = new ArrayList<>();
    URI url = URI.create("https://hr.example");

    @Nullable ZoneId zone;

    Mode watermark = Mode.REPORT;
    LateMode late = LateMode.REPORT;
    boolean gateway = true;
    boolean health;
    Duration requestTimeout = Duration.ofSeconds(1);
    Duration oldestCheckIn = Duration.ofDays(90);
    Set<String> assumed = Set.of();
    List<Device> devices = List.of(device("head-office", "SN-1", Connection.NATIVE_PUSH, null));
    StorageLook storage = look(null, 7, Health.SOUND, Map.of(new SerialNumber("sn-1"), NOW));

    public DoctorBench() {
        site.certificateEnds = NOW.plus(Duration.ofDays(80));
    }

    /** As a new site is: without any field of ours. */
    public DoctorBench withoutFields() {
        List.of(CheckinField.PUNCH_KEY, CheckinField.ORIGINAL_TIME, CheckinField.INPUT_TYPE, CheckinField.PUNCH_TYPE)
                .forEach(field -> site.sights.put(field.fieldName(), Sight.NO_SUCH_FIELD));
        return this;
    }

    public DoctorBench refusingToCreate() {
        site.created = ScriptedSite.failure(403, "User does not have access to Custom Field");
        return this;
    }

    /** An employee's device id that would clear a terminal. */
    public DoctorBench withAnIdThatCommandsTerminals() {
        site.holders = new Success<>(List.of(
                new IdHolder("HR-EMP-00001", true, "7\u001b[2J"), new IdHolder("HR-EMP-00002", true, "07\u001b[2J")));
        return this;
    }

    /** As Java does at a token that can't be sent. */
    public DoctorBench throwingTheTokenBack() {
        site.repeatsWhenCreating = "invalid header value: token manager-key:manager-secret";
        return this;
    }

    public DoctorBench withoutToken() {
        site.user = ScriptedSite.failure(401, "AuthenticationError");
        return this;
    }

    /** Names of the fields that were made. */
    public List<String> made() {
        return site.made.stream().map(CheckinField::fieldName).toList();
    }

    /** The tokens that the site was asked with, each as {@code key:secret}, in their order. */
    public List<String> tokens() {
        return asked.stream()
                .map(frappe -> frappe.apiKey() + ":" + frappe.apiSecret())
                .toList();
    }

    static Device device(String name, String serial, Connection connection, @Nullable Coordinates place) {
        return new Device(name, new SerialNumber(serial), connection, Direction.AS_SENT, null, place);
    }

    static StorageLook look(
            @Nullable String problem, int schema, Health health, @Nullable Map<SerialNumber, Instant> heard) {
        return new StorageLook(
                "/data/punchbridge.db",
                problem,
                null,
                50L << 30,
                schema,
                7,
                health,
                health == Health.DAMAGED ? "row 7 missing" : null,
                true,
                heard);
    }

    public SetUpCheck check() {
        return new SetUpCheck(
                settings(),
                frappe -> {
                    asked.add(frappe);
                    return site;
                },
                () -> storage,
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    SetUpSettings settings() {
        return new SetUpSettings(
                new FrappeSettings(url, KEY, SECRET, null, zone, Duration.ofSeconds(1), requestTimeout),
                new Devices(devices),
                new StorageSettings(StorageSettings.Engine.SQLITE, Path.of("punchbridge.db"), null),
                new AttendanceSettings(
                        watermark,
                        Duration.ofMinutes(5),
                        Duration.ZERO,
                        DeviceChoice.ALL,
                        Map.of(),
                        Duration.ofDays(3),
                        gateway,
                        new LatePunches(late, Duration.ofHours(1), Duration.ofDays(30))),
                health,
                assumed,
                oldestCheckIn);
    }

    List<CheckResult> results() {
        return check().run();
    }

    CheckResult result(String name) {
        return results().stream()
                .filter(result -> result.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no check is called " + name));
    }
}
