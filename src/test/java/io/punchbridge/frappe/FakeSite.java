package io.punchbridge.frappe;

import io.punchbridge.frappe.FrappeAnswer.Failure;
import io.punchbridge.frappe.FrappeAnswer.Success;
import io.punchbridge.frappe.FrappeFailure.Kind;
import io.punchbridge.punch.UserId;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A site with employees and a zone, in pages of two; it can fail at a chosen page. */
final class FakeSite implements FrappeSite {
    private static final int PAGE = 2;
    static final FrappeFailure AWAY = new FrappeFailure(Kind.RETRY_LATER, 503, null, "away", null, null);

    record Asked(@Nullable LocalDateTime modifiedSince, int offset) {}

    private record Kept(String name, @Nullable String deviceId, String status, LocalDateTime modified) {}

    private final Map<String, Kept> employees = new TreeMap<>();
    final List<Asked> asked = new ArrayList<>();
    private LocalDateTime now = LocalDateTime.of(2026, 11, 24, 9, 0);
    private int failAtOffset = -1;

    @Nullable ZoneId zone = ZoneId.of("Africa/Nairobi");

    int zoneReads;

    FakeSite has(String name, @Nullable String deviceId) {
        return has(name, deviceId, "Active");
    }

    FakeSite has(String name, @Nullable String deviceId, String status) {
        now = now.plusSeconds(1);
        employees.put(name, new Kept(name, deviceId, status, now));
        return this;
    }

    FakeSite forgets(String name) {
        employees.remove(name);
        return this;
    }

    FakeSite failsAtOffset(int offset) {
        failAtOffset = offset;
        return this;
    }

    FakeSite recovers() {
        return failsAtOffset(-1);
    }

    LocalDateTime lastChange() {
        return now;
    }

    @Override
    public FrappeAnswer<EmployeePage> employees(@Nullable LocalDateTime modifiedSince, int offset) {
        asked.add(new Asked(modifiedSince, offset));
        if (offset == failAtOffset) {
            return new Failure<>(AWAY);
        }
        List<Kept> matching = employees.values().stream()
                .filter(kept -> modifiedSince == null || !kept.modified().isBefore(modifiedSince))
                .toList();
        List<Kept> page = matching.stream().skip(offset).limit(PAGE).toList();
        return new Success<>(new EmployeePage(
                page.stream()
                        .flatMap(kept -> kept.deviceId() == null
                                ? Stream.<Employee>empty()
                                : Stream.of(employee(kept, new UserId(kept.deviceId()))))
                        .toList(),
                page.stream()
                        .filter(kept -> kept.deviceId() == null)
                        .map(kept -> new WithoutDeviceId(kept.name(), kept.name() + " Test", kept.status()))
                        .toList(),
                page.size(),
                page.size() < PAGE,
                page.stream().map(Kept::modified).max(Comparator.naturalOrder()).orElse(null)));
    }

    private static Employee employee(Kept kept, UserId userId) {
        return new Employee(kept.name(), kept.name() + " Test", userId, kept.status(), null);
    }

    @Override
    public FrappeAnswer<EmployeePage> employeesWhere(EmployeeFilter filter, int offset) {
        return employees(null, offset);
    }

    @Override
    public FrappeAnswer<SiteTimeZone> timeZone() {
        zoneReads++;
        return zone == null ? new Failure<>(AWAY) : new Success<>(new SiteTimeZone(zone, "a test"));
    }

    @Override
    public FrappeAnswer<CheckinRow> insert(Checkin checkin) {
        throw new AssertionError("a directory or zone never asks this of the site");
    }

    @Override
    public FrappeAnswer<List<String>> insertMany(List<Checkin> checkins) {
        throw new AssertionError("a directory or zone never asks this of the site");
    }

    @Override
    public FrappeAnswer<List<CheckinRow>> rows(List<String> names) {
        throw new AssertionError("a directory or zone never asks this of the site");
    }

    @Override
    public FrappeAnswer<List<CheckinRow>> lookUp(List<Checkin> checkins) {
        throw new AssertionError("a directory or zone never asks this of the site");
    }

    @Override
    public FrappeAnswer<List<Neighbour>> between(
            Collection<String> employees, LocalDateTime from, LocalDateTime until) {
        throw new AssertionError("a directory or zone never asks this of the site");
    }

    @Override
    public FrappeAnswer<Boolean> remove(String checkin) {
        throw new AssertionError("a directory or zone never asks this of the site");
    }

    @Override
    public FrappeAnswer<CheckinRow> correctTime(String checkin, LocalDateTime time) {
        throw new AssertionError("a directory or zone never asks this of the site");
    }

    @Override
    public @Nullable Instant lastAnswerAt() {
        return null;
    }
}
