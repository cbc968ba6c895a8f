package io.punchbridge.console.devices;

import io.punchbridge.api.Unaskable;
import io.punchbridge.console.Times;
import io.punchbridge.console.devices.DeviceDetail.CallView;
import io.punchbridge.console.loadlog.RunViews;
import io.punchbridge.inbox.DeviceStates.Answer;
import io.punchbridge.inbox.DeviceStates.Counted;
import io.punchbridge.inbox.DeviceStates.Information;
import io.punchbridge.inbox.GatewayCalls;
import io.punchbridge.inbox.GatewayCalls.GatewayCall;
import io.punchbridge.inbox.History;
import io.punchbridge.inbox.Verified;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.reconciliation.ReconciliationSettings;
import io.punchbridge.watch.DeviceState;
import io.punchbridge.watch.DeviceWatch;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts what is known of a device into a person's words. */
@Singleton
class DeviceViews {
    private static final int CALLS = 10;
    private static final int RUNS = 10;

    private final DeviceWatch watch;
    private final History history;
    private final GatewayCalls calls;
    private final Unaskable unaskable;
    private final ReconciliationSettings reconciliation;
    private final RunViews runs;
    private final Times times;
    private final Clock clock;

    DeviceViews(
            DeviceWatch watch,
            History history,
            GatewayCalls calls,
            Unaskable unaskable,
            ReconciliationSettings reconciliation,
            RunViews runs,
            Times times,
            Clock clock) {
        this.watch = watch;
        this.history = history;
        this.calls = calls;
        this.unaskable = unaskable;
        this.reconciliation = reconciliation;
        this.runs = runs;
        this.times = times;
        this.clock = clock;
    }

    DeviceView row(DeviceState state, Map<SerialNumber, Verified> verified) {
        return view(state, verified.get(state.device().serialNumber()), 14, 8, 24);
    }

    DeviceView whole(DeviceState state) {
        return view(state, history.verified(state.device().serialNumber()).orElse(null), 30, 20, 100);
    }

    private DeviceView view(DeviceState state, @Nullable Verified verified, int days, int column, int height) {
        Device device = state.device();
        SerialNumber serialNumber = device.serialNumber();
        LocalDate today = LocalDate.ofInstant(clock.instant(), state.zone());
        DeviceState.Today counted = state.today();
        Counted punches = counted == null || !counted.day().equals(today) ? null : counted.punches();
        return new DeviceView(
                device.name(),
                DeviceLinks.to(device),
                DeviceLinks.toLoadLog(device),
                times.momentOrNull(state.lastCallback()),
                times.moment(state.watchedSince()),
                watch.warningsInWords(state),
                drift(state.clockDrift()),
                licence(state.licensedUntil(), today),
                proof(device, verified),
                punches == null ? "not counted yet" : number(punches.stored()),
                punches == null ? "not counted yet" : number(punches.delivered()),
                LostChart.of(verified != null, history.lostByDay(serialNumber), today, days, column, height));
    }

    private ProofBar proof(Device device, @Nullable Verified verified) {
        if (verified == null) {
            String why = unaskable.why(device);
            return why != null
                    ? ProofBar.none("Can't be proven: " + why, "idle")
                    : ProofBar.none("Nothing is proven yet", "warn");
        }
        Instant until = verified.until();
        Duration usual = reconciliation.every().multipliedBy(2).plus(reconciliation.settlingTime());
        return ProofBar.of(
                times.moment(until, device.serialNumber()),
                Duration.between(until, clock.instant()),
                usual,
                verified.run() == null);
    }

    DeviceDetail detail(DeviceState state) {
        Device device = state.device();
        SerialNumber serialNumber = device.serialNumber();
        Answer answer = state.lastAnswer();
        Information information = state.information();
        return new DeviceDetail(
                serialNumber.value(),
                Unaskable.inWords(device.connection()),
                device.direction().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                state.zone().getId() + (device.timeZone() == null ? ", as the site" : ", as configured"),
                unaskable.why(device),
                information == null ? null : information.model(),
                information == null || information.users() == null ? null : number(information.users()),
                information == null ? null : times.moment(information.readAt()),
                times.momentOrNull(state.lastEvent()),
                answer == null ? null : answer.words(),
                answer == null ? null : times.moment(answer.at()),
                history.verified(serialNumber)
                        .map(verified -> times.moment(verified.since(), serialNumber))
                        .orElse(null),
                calls.recent(serialNumber, CALLS).stream().map(this::call).toList(),
                history.recent(serialNumber, RUNS).stream().map(runs::inList).toList(),
                DeviceLinks.below("/roster", device));
    }

    private CallView call(GatewayCall call) {
        Integer code = call.statusCode();
        return new CallView(
                times.moment(call.sentAt()),
                call.operation(),
                Times.inWords(call.took()),
                code == null ? null : code.toString(),
                call.outcome());
    }

    private static String drift(@Nullable Duration behind) {
        if (behind == null) {
            return "not known yet";
        }
        if (behind.isZero()) {
            return "right to the second";
        }
        return Times.inWords(behind.abs()) + (behind.isNegative() ? " ahead" : " behind");
    }

    private static String licence(@Nullable LocalDate last, LocalDate today) {
        if (last == null) {
            return "not known";
        }
        long days = ChronoUnit.DAYS.between(today, last);
        if (days < 0) {
            return "ended on " + last;
        }
        return days > 365 ? "until " + last : "until " + last + " (" + days + (days == 1 ? " day)" : " days)");
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
