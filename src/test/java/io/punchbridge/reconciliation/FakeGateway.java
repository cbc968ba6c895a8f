package io.punchbridge.reconciliation;

import io.punchbridge.gateway.DeviceInformation;
import io.punchbridge.gateway.DeviceUser;
import io.punchbridge.gateway.Gateway;
import io.punchbridge.gateway.GatewayAnswer;
import io.punchbridge.gateway.GatewayAnswer.GatewayFailure;
import io.punchbridge.gateway.GatewayAnswer.Kind;
import io.punchbridge.gateway.LogPage;
import io.punchbridge.gateway.StatusCode;
import io.punchbridge.punch.Arrival;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.Punch;
import io.punchbridge.punch.PunchDetails;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.Source;
import io.punchbridge.punch.UserId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Devices whose logs a test writes, behind a gateway that gives pages of 50 and fails when told to. */
final class FakeGateway implements Gateway {
    static final int PAGE = 50;

    record Request(
            Device device,
            Instant from,
            Instant until,
            @Nullable String offset) {}

    final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<Punch> log = new ArrayList<>();
    private final Deque<GatewayFailure> failures = new ArrayDeque<>();
    private final Clock clock;
    private boolean givesOffsets = true;
    private boolean givesCounts = true;
    private Function<LogPage, LogPage> spoiling = page -> page;
    private Runnable beforeAnswer = () -> {};

    FakeGateway(Clock clock) {
        this.clock = clock;
    }

    void records(Punch... punches) {
        log.addAll(List.of(punches));
    }

    /** Punches of one device, so many a second apart from an instant on. */
    List<Punch> records(Device device, int count, Instant first, Duration apart) {
        List<Punch> punches = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            punches.add(punch(device, Integer.toString(i), first.plus(apart.multipliedBy(i))));
        }
        log.addAll(punches);
        return punches;
    }

    static Punch punch(Device device, String user, Instant at) {
        return Punch.of(device.serialNumber(), new UserId(user), at, "CheckIn", PunchDetails.NONE);
    }

    void givesNoOffsets() {
        givesOffsets = false;
    }

    void givesNoCounts() {
        givesCounts = false;
    }

    /** Changes each page before it is handed out. */
    void spoils(Function<LogPage, LogPage> spoiling) {
        this.spoiling = spoiling;
    }

    void beforeAnswer(Runnable action) {
        beforeAnswer = action;
    }

    void failsOnceWith(GatewayFailure failure) {
        failures.add(failure);
    }

    static GatewayFailure says(StatusCode code) {
        return new GatewayFailure(Kind.SAID_BY_GATEWAY, code, code.whoActs(), code.words(), null);
    }

    @Override
    public GatewayAnswer<LogPage> loadLog(Device device, Instant from, Instant until, @Nullable String offset) {
        requests.add(new Request(device, from, until, offset));
        beforeAnswer.run();
        GatewayFailure failure = failures.poll();
        if (failure != null) {
            return new GatewayAnswer.Failure<>(failure);
        }
        List<Punch> rows = log.stream()
                .filter(punch -> punch.device().equals(device.serialNumber()))
                .filter(punch -> !punch.at().isBefore(from) && punch.at().isBefore(until))
                .sorted(Comparator.comparing(Punch::at))
                .toList();
        int begin = offset == null ? 0 : Integer.parseInt(offset);
        int end = Math.min(rows.size(), begin + PAGE);
        return new GatewayAnswer.Success<>(spoiling.apply(page(
                rows.subList(Math.min(begin, end), end),
                givesCounts ? rows.size() : null,
                givesOffsets && end < rows.size() ? Integer.toString(end) : null)));
    }

    private LogPage page(List<Punch> rows, @Nullable Integer ofWindow, @Nullable String next) {
        Arrival arrival = new Arrival(Source.LOAD_LOG, clock.instant(), rows, List.of(), List.of());
        return new LogPage(arrival, rows.size(), ofWindow, next);
    }

    /** The same page with other rows. */
    static LogPage with(LogPage page, List<Punch> rows) {
        Arrival arrival = new Arrival(Source.LOAD_LOG, page.arrival().receivedAt(), rows, List.of(), List.of());
        return new LogPage(arrival, rows.size(), page.rowsOfWindow(), page.nextOffset());
    }

    long pagesOf(SerialNumber device) {
        return requests.stream()
                .filter(request -> Objects.equals(request.device().serialNumber(), device))
                .count();
    }

    @Override
    public GatewayAnswer<DeviceInformation> deviceInformation(Device device) {
        throw new UnsupportedOperationException("only logs are loaded here");
    }

    @Override
    public GatewayAnswer<List<DeviceUser>> loadUsers(Device device) {
        throw new UnsupportedOperationException("only logs are loaded here");
    }

    @Override
    public GatewayAnswer<Boolean> putUser(Device device, DeviceUser user) {
        throw new UnsupportedOperationException("only logs are loaded here");
    }

    @Override
    public GatewayAnswer<Boolean> deleteUser(Device device, UserId user) {
        throw new UnsupportedOperationException("only logs are loaded here");
    }
}
