package io.punchbridge.attendance;

import io.punchbridge.frappe.AttendanceSite;
import io.punchbridge.frappe.FrappeAnswer;
import io.punchbridge.frappe.FrappeAnswer.Failure;
import io.punchbridge.frappe.FrappeAnswer.Success;
import io.punchbridge.frappe.FrappeFailure;
import io.punchbridge.frappe.ShiftType;
import io.punchbridge.inbox.LateEntry;
import io.punchbridge.inbox.LatePunch;
import io.punchbridge.inbox.LatePunches;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the site shows of entries of one Shift Type: two questions a day of theirs.
 *
 * @param shiftType null where nothing is known of it
 */
record LateLooks(
        LatePunches store, AttendanceSite site, @Nullable ShiftType shiftType) {

    private static final int FORBIDDEN = 403;

    /**
     * What was seen, and what not.
     *
     * @param unseen entries whose day can't be read, each with the reason
     */
    record Looked(List<LateLook> looks, Map<LateEntry, FrappeFailure> unseen) {

        Optional<FrappeFailure> failure() {
            return unseen.values().stream().findFirst();
        }
    }

    /** A day that can't be read keeps back no other, unless it is for what concerns all: the site is then asked no more. */
    Looked of(List<LateEntry> entries) {
        Map<String, List<LatePunch>> punches =
                store.punchesOf(entries.stream().map(LateEntry::id).toList());
        Map<LocalDate, List<LateEntry>> byDay = new TreeMap<>();
        entries.forEach(entry -> Objects.requireNonNull(byDay.computeIfAbsent(entry.day(), day -> new ArrayList<>()))
                .add(entry));
        List<LateLook> looks = new ArrayList<>();
        Map<LateEntry, FrappeFailure> unseen = new LinkedHashMap<>();
        Optional<FrappeFailure> away = Optional.empty();
        for (Map.Entry<LocalDate, List<LateEntry>> day : byDay.entrySet()) {
            FrappeAnswer<SiteDay> read =
                    away.<FrappeAnswer<SiteDay>>map(Failure::new).orElseGet(() -> read(day.getKey(), day.getValue()));
            if (read instanceof Failure<SiteDay> failed) {
                FrappeFailure failure = failed.failure();
                away = Optional.of(failure).filter(LateLooks::concernsEveryDay);
                day.getValue().forEach(entry -> unseen.put(entry, failure));
                continue;
            }
            SiteDay siteDay = ((Success<SiteDay>) read).value();
            day.getValue()
                    .forEach(entry -> looks.add(
                            LateLook.of(entry, punches.getOrDefault(entry.id(), List.of()), siteDay, shiftType)));
        }
        return new Looked(looks, unseen);
    }

    private static boolean concernsEveryDay(FrappeFailure failure) {
        return failure.concernsWholeSite() || failure.status() == FORBIDDEN;
    }

    private FrappeAnswer<SiteDay> read(LocalDate day, List<LateEntry> entries) {
        return SiteDay.read(
                site, entries.stream().map(LateEntry::employee).distinct().toList(), day);
    }
}
