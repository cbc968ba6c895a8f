package io.punchbridge.delivery;

import io.punchbridge.frappe.CheckinField;
import io.punchbridge.frappe.CheckinFields;
import io.punchbridge.frappe.Directory;
import io.punchbridge.frappe.FrappeAnswer;
import io.punchbridge.frappe.FrappeFailure;
import io.punchbridge.frappe.FrappeSite;
import io.punchbridge.frappe.SiteZone;
import io.punchbridge.frappe.WallClock;
import io.punchbridge.inbox.Attempted;
import io.punchbridge.inbox.Inbox;
import io.punchbridge.inbox.Settlement;
import io.punchbridge.inbox.WaitingPunch;
import io.punchbridge.punch.Devices;
import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.PunchState;
import io.punchbridge.tracing.PunchSpans;
import io.punchbridge.tracing.TraceSpan;
import io.punchbridge.tracing.Traces;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One round of delivery: look whether Frappe may be sent to, claim what is due, translate, send, settle.
 *
 * <p>Whatever happens in between, each claimed punch is settled as what is known of it; if the process dies, the next
 * one finds it claimed and in doubt, and looks it up before it sends. Used by one thread at a time.
 */
final class DeliveryRound {

    /** What the caller should do next. */
    sealed interface Next {
        /** More may be due: go on at once. */
        record GoOn() implements Next {}

        /** Nothing is due: wait for a new punch. */
        record Idle() implements Next {}

        /** Frappe may not be sent to before an instant. */
        record ClosedUntil(Instant instant) implements Next {}
    }

    private static final int RELEASE_PAGE = 500;

    private final Inbox inbox;
    private final FrappeSite site;
    private final Directory directory;
    private final SiteZone siteZone;
    private final CheckinFields fields;
    private final DeliverySettings settings;
    private final DeliveryWatch watch;
    private final HistoryLookUp historyLookUp;
    private final Clock clock;
    private final Gate gate;
    private final Translator translator;
    private final Packer packer;
    private final EchoCheck echoCheck;
    private @Nullable Instant refreshedAt;
    private boolean mayRelease;
    private int batchSize;
    private volatile boolean rereadWanted;

    DeliveryRound(
            Inbox inbox,
            FrappeSite site,
            Directory directory,
            SiteZone siteZone,
            CheckinFields fields,
            Devices devices,
            CheckInPolicy policy,
            DeliverySettings settings,
            DeliveryWatch watch,
            HistoryLookUp historyLookUp,
            Clock clock,
            RandomGenerator random) {
        this.inbox = inbox;
        this.site = site;
        this.directory = directory;
        this.siteZone = siteZone;
        this.fields = fields;
        this.settings = settings;
        this.batchSize = settings.batchSize();
        this.watch = watch;
        this.historyLookUp = historyLookUp;
        this.clock = clock;
        this.gate = new Gate(settings, clock, random);
        this.translator = new Translator(devices, policy, directory::find);
        this.packer = new Packer(translator, directory, watch);
        this.echoCheck = new EchoCheck(site, gate, inbox::renew, clock);
    }

    Gate.State gateState() {
        return gate.state();
    }

    void reopen() {
        gate.reopen();
    }

    void rereadSite() {
        rereadWanted = true;
        gate.reopen();
    }

    Next deliver() {
        Optional<Instant> closedUntil = gate.state().closedUntil(clock.instant());
        if (closedUntil.isPresent()) {
            return new Next.ClosedUntil(closedUntil.get());
        }
        TraceSpan span = Traces.begin(Traces.Kind.INTERNAL, "delivery round");
        return span.around(() -> deliverDue(span));
    }

    private Next deliverDue(TraceSpan span) {
        FrappeAnswer<WallClock> ready = getReady();
        if (ready instanceof FrappeAnswer.Failure<WallClock> failed) {
            return hindered(Courier.obstacle(failed.failure()));
        }
        Optional<Obstacle> wrongRows = echoCheck.removeLeftBehind();
        letGo(echoCheck.takeFreed());
        if (wrongRows.isPresent()) {
            return hindered(wrongRows.get());
        }
        WallClock wallClock = ((FrappeAnswer.Success<WallClock>) ready).value();
        releaseWhatMayGo(wallClock);
        // Before the claim, whose lease must not be spent on asking.
        Set<CheckinField> present = fields.present();
        SendingTime time = SendingTime.startingNow(clock);
        List<WaitingPunch> claimed = inbox.claim(batchSize);
        if (claimed.isEmpty()) {
            // There is one a second.
            span.dropUnlessUsed();
            return new Next.Idle();
        }
        return deliver(claimed, time, wallClock, present);
    }

    /** Their wrong rows are gone. */
    private void letGo(List<Parcel> parcels) {
        List<Settlement> again = parcels.stream()
                .flatMap(parcel -> parcel.keys().stream())
                .map(key -> Settlement.again(key, null))
                .toList();
        if (!again.isEmpty()) {
            inbox.settle(again);
        }
    }

    /** Without the site's zone and employees no punch can be translated. */
    private FrappeAnswer<WallClock> getReady() {
        boolean somethingWasWrong = rereadWanted || gate.state().condition() == Gate.Condition.SET_UP_WRONG;
        if (somethingWasWrong) {
            siteZone.readAgain();
            fields.readAgain();
        }
        FrappeAnswer<ZoneId> zone = siteZone.zone();
        if (zone instanceof FrappeAnswer.Failure<ZoneId> failed) {
            return new FrappeAnswer.Failure<>(failed.failure());
        }
        Instant now = clock.instant();
        boolean due = refreshedAt == null
                || Duration.between(refreshedAt, now).abs().compareTo(settings.directoryRefresh()) >= 0;
        if (due || somethingWasWrong) {
            FrappeAnswer<Boolean> loaded = somethingWasWrong ? directory.reload() : directory.refresh();
            if (loaded instanceof FrappeAnswer.Failure<Boolean> failed) {
                return new FrappeAnswer.Failure<>(failed.failure());
            }
            refreshedAt = now;
            rereadWanted = false;
            mayRelease = true;
        }
        return zone.map(WallClock::new);
    }

    /** Frees held punches that would be sent now, and quarantined ones that the policy has come to accept. */
    private void releaseWhatMayGo(WallClock wallClock) {
        if (!mayRelease) {
            return;
        }
        for (PunchState state : List.of(PunchState.HELD, PunchState.QUARANTINED)) {
            int released = release(state, wallClock);
            if (released > 0) {
                watch.released(state, released);
            }
        }
        mayRelease = false;
    }

    private Next deliver(List<WaitingPunch> claimed, SendingTime time, WallClock wallClock, Set<CheckinField> present) {
        PunchSpans punches = Traces.current()
                .punches(
                        "deliver punch",
                        claimed,
                        waiting -> waiting.punch().key().value());
        Settlements settlements = new Settlements(claimed);
        try {
            List<Parcel> parcels = packer.pack(claimed, settlements, wallClock, present);
            Optional<Obstacle> obstacle = deliver(parcels, settlements, time, wallClock);
            if (obstacle.isPresent()) {
                return hindered(obstacle.get());
            }
            batchSize = Math.min(settings.batchSize(), batchSize * 2);
            return new Next.GoOn();
        } finally {
            Instant now = clock.instant();
            List<Settlement> all = settlements.all(now);
            settle(all, settlements.attempts(now), punches);
            watch.settled(all, claimed);
        }
    }

    private void settle(List<Settlement> all, List<Attempted> attempts, PunchSpans punches) {
        try {
            inbox.settle(all, attempts);
        } catch (RuntimeException notSettled) {
            punches.fail("not_settled");
            throw notSettled;
        }
        if (!punches.areNone()) {
            all.forEach(settlement -> punches.end(
                    settlement.key().value(), settlement.state().name().toLowerCase(Locale.ROOT)));
        }
    }

    private Optional<Obstacle> deliver(
            List<Parcel> parcels, Settlements settlements, SendingTime time, WallClock wallClock) {
        Standing standing = new Standing(site, fields, echoCheck, settlements, clock);
        Doubts doubts = new Doubts(standing, settlements, settings.doubtQuiet(), clock);
        Courier courier = new Courier(site, standing, echoCheck, settlements, settings.doubtQuiet(), time, clock);
        echoCheck.useWallClock(wallClock);
        Optional<Obstacle> obstacle =
                send(doubts, courier, parcels, settlements, time, wallClock).or(courier::everythingRefusedAlike);
        courier.settleRefused(clock.instant().plus(gate.longestRecheck()));
        parcels.stream().filter(settlements::isOpen).forEach(settlements::untouched);
        return obstacle;
    }

    /** Live ones don't wait for the look-up that history needs. */
    private Optional<Obstacle> send(
            Doubts doubts,
            Courier courier,
            List<Parcel> parcels,
            Settlements settlements,
            SendingTime time,
            WallClock wallClock) {
        List<Parcel> mayGo = new ArrayList<>();
        List<Parcel> doubtful = new ArrayList<>();
        parcels.forEach(parcel -> (parcel.isInDoubt() ? doubtful : mayGo).add(parcel));
        Optional<Obstacle> obstacle = doubts.settle(doubtful, mayGo);
        if (obstacle.isPresent()) {
            return obstacle;
        }
        List<Parcel> history = mayGo.stream().filter(Parcel::isHistory).toList();
        obstacle = sendAll(
                courier, mayGo.stream().filter(parcel -> !parcel.isHistory()).toList());
        if (obstacle.isPresent() || history.isEmpty()) {
            return obstacle;
        }
        List<Parcel> missing = new ArrayList<>();
        obstacle = historyLookUp.settleFound(history, settlements, time, wallClock, missing);
        return obstacle.isPresent() ? obstacle : sendAll(courier, missing);
    }

    private Optional<Obstacle> sendAll(Courier courier, List<Parcel> parcels) {
        if (!gate.needsCanary()) {
            return courier.send(parcels);
        }
        List<Parcel> rest = new ArrayList<>();
        Optional<Obstacle> obstacle = courier.sendCanary(parcels, rest);
        return obstacle.isPresent() ? obstacle : courier.send(rest);
    }

    private Next hindered(Obstacle obstacle) {
        if (obstacle instanceof Obstacle.OutOfTime) {
            // Frappe is slow, or refuses much: what is less is done in time.
            batchSize = Math.max(1, batchSize / 2);
            watch.outOfTime(batchSize);
            return new Next.GoOn();
        }
        if (obstacle instanceof Obstacle.SetUp setUp) {
            gate.setUpWrong(setUp.reason());
        } else {
            FrappeFailure failure = ((Obstacle.Away) obstacle).failure();
            gate.away(failure);
        }
        Instant now = clock.instant();
        return gate.state().closedUntil(now).<Next>map(Next.ClosedUntil::new).orElseGet(Next.GoOn::new);
    }

    private int release(PunchState state, WallClock wallClock) {
        int released = 0;
        PunchKey after = null;
        while (true) {
            List<WaitingPunch> page = inbox.inState(state, after, RELEASE_PAGE);
            if (page.isEmpty()) {
                return released;
            }
            List<PunchKey> free = page.stream()
                    .filter(waiting -> !stays(waiting, state, translator.translate(waiting, wallClock)))
                    .map(waiting -> waiting.punch().key())
                    .toList();
            released += free.isEmpty() ? 0 : inbox.release(free, state);
            after = page.get(page.size() - 1).punch().key();
        }
    }

    /** The reason counts too: one that no longer holds must not be read by a person. */
    private static boolean stays(WaitingPunch waiting, PunchState state, Translator.Translation translation) {
        if (translation instanceof Translator.Translation.UnknownUser) {
            return state == PunchState.HELD && Translator.heldAsUnknown().equals(waiting.reason());
        }
        return translation instanceof Translator.Translation.Keep keep
                && keep.state() == state
                && keep.reason().equals(waiting.reason());
    }
}
