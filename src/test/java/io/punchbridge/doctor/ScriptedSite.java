package io.punchbridge.doctor;

import io.punchbridge.frappe.CheckinField;
import io.punchbridge.frappe.FrappeAnswer;
import io.punchbridge.frappe.FrappeAnswer.Failure;
import io.punchbridge.frappe.FrappeAnswer.Success;
import io.punchbridge.frappe.FrappeFailure;
import io.punchbridge.frappe.FrappeFailure.Kind;
import io.punchbridge.frappe.SetUpSite;
import io.punchbridge.frappe.ShiftType;
import io.punchbridge.frappe.ShiftTypes;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A site where all is as it should be, until a test changes a part. */
final class ScriptedSite implements SetUpSite {
    FrappeAnswer<Boolean> pong = new Success<>(true);

    @Nullable Duration aheadOfUs = Duration.ZERO;

    @Nullable Instant certificateEnds;

    FrappeAnswer<String> user = new Success<>("cams@hr.localhost");
    FrappeAnswer<List<String>> roles = new Success<>(List.of("All", "HR User"));
    FrappeAnswer<Optional<String>> zoneOfUser = new Success<>(Optional.empty());
    /** As {@code "Employee Checkin create"}. */
    final Set<String> forbidden = new HashSet<>();

    final Map<String, Sight> sights = new HashMap<>();
    FrappeAnswer<Map<String, String>> versions = new Success<>(Map.of("frappe", "15.72.4", "hrms", "15.47.0"));
    FrappeAnswer<Optional<String>> settledZone = new Success<>(Optional.of("Africa/Nairobi"));
    FrappeAnswer<String> zoneForUser = new Success<>("Africa/Nairobi");
    FrappeAnswer<Optional<Boolean>> geolocation = new Success<>(Optional.of(false));
    FrappeAnswer<List<IdHolder>> holders = new Success<>(List.of(new IdHolder("HR-EMP-00001", true, "1")));
    FrappeAnswer<ShiftTypes> shiftTypes = new Success<>(new ShiftTypes(List.of(dayShift()), Map.of()));
    FrappeAnswer<Optional<Boolean>> unique = new Success<>(Optional.of(true));
    FrappeAnswer<Created> created = new Success<>(Created.MADE);
    final List<CheckinField> made = new ArrayList<>();
    boolean throwsAtVersions;

    @Nullable String repeatsWhenCreating;

    private static ShiftType dayShift() {
        return new ShiftType(
                "Day Shift",
                true,
                null,
                LocalDate.of(2026, 1, 1),
                LocalTime.of(9, 0),
                LocalTime.of(18, 0),
                Duration.ofHours(1),
                Duration.ofHours(1),
                false,
                false,
                false,
                4,
                2,
                5,
                5,
                "");
    }

    static <T> FrappeAnswer<T> failure(int status, String words) {
        Kind kind = status == 0 ? Kind.RETRY_LATER : Kind.SET_UP;
        return new Failure<>(new FrappeFailure(kind, status, null, words, null, null));
    }

    @Override
    public Reach reach() {
        return new Reach(pong, aheadOfUs, certificateEnds);
    }

    @Override
    public FrappeAnswer<String> user() {
        return user;
    }

    @Override
    public FrappeAnswer<List<String>> roles(String name) {
        return roles;
    }

    @Override
    public FrappeAnswer<Optional<String>> zoneOf(String name) {
        return zoneOfUser;
    }

    @Override
    public FrappeAnswer<Boolean> may(String doctype, String action) {
        return new Success<>(!forbidden.contains(doctype + " " + action));
    }

    @Override
    public FrappeAnswer<Sight> sightOfCheckin(String field) {
        return new Success<>(sights.getOrDefault(field, Sight.SHOWN));
    }

    @Override
    public FrappeAnswer<Map<String, String>> versions() {
        if (throwsAtVersions) {
            throw new IllegalStateException("token simulated-secret was in the message");
        }
        return versions;
    }

    @Override
    public FrappeAnswer<Optional<String>> settledZone() {
        return settledZone;
    }

    @Override
    public FrappeAnswer<String> zoneForUser() {
        return zoneForUser;
    }

    @Override
    public FrappeAnswer<Optional<Boolean>> geolocationTracking() {
        return geolocation;
    }

    @Override
    public FrappeAnswer<List<IdHolder>> idHolders() {
        return holders;
    }

    @Override
    public FrappeAnswer<ShiftTypes> shiftTypes() {
        return shiftTypes;
    }

    @Override
    public FrappeAnswer<Optional<Boolean>> isUnique(CheckinField field) {
        return unique;
    }

    @Override
    public FrappeAnswer<Created> create(CheckinField field) {
        if (repeatsWhenCreating != null) {
            throw new IllegalArgumentException(repeatsWhenCreating);
        }
        return created.map(outcome -> {
            made.add(field);
            sights.put(field.fieldName(), Sight.SHOWN);
            return outcome;
        });
    }
}
