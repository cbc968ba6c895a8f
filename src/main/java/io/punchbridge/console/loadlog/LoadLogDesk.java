package io.punchbridge.console.loadlog;

import io.punchbridge.api.RunStarter;
import io.punchbridge.api.Unaskable;
import io.punchbridge.console.Times;
import io.punchbridge.console.devices.DeviceLinks;
import io.punchbridge.inbox.Run;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.Devices;
import io.punchbridge.reconciliation.Reconciliation;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the page asks of reconciliation, and how it words the answers. */
@Singleton
class LoadLogDesk {
    /** Of runs that are shown; those of a wish for all devices may be more, and are all counted. */
    private static final int SHOWN = 20;

    private static final int USUAL_DAYS = 7;
    /** No window of the gateway is longer, and each is one call at the least. */
    private static final long DAYS_A_CALL = 29;

    private static final long SECONDS_A_CALL = 15;

    private final Reconciliation reconciliation;
    private final RunStarter starter;
    private final Unaskable unaskable;
    private final Devices devices;
    private final RunViews views;
    private final Times times;

    LoadLogDesk(
            Reconciliation reconciliation,
            RunStarter starter,
            Unaskable unaskable,
            Devices devices,
            RunViews views,
            Times times) {
        this.reconciliation = reconciliation;
        this.starter = starter;
        this.unaskable = unaskable;
        this.devices = devices;
        this.views = views;
        this.times = times;
    }

    /** Days that make no range are as if nobody had asked for them. */
    LoadLogView form(@Nullable String wanted, @Nullable LocalDate first, @Nullable LocalDate last) {
        List<String> askable = new ArrayList<>();
        List<LoadLogView.Silent> silent = new ArrayList<>();
        for (Device device : devices.all()) {
            String why = unaskable.why(device);
            if (why == null) {
                askable.add(device.name());
            } else {
                silent.add(new LoadLogView.Silent(device.name(), DeviceLinks.to(device), why));
            }
        }
        LocalDate today = times.today();
        // Where a device stands, it may be tomorrow already.
        LocalDate latest = today.plusDays(1);
        boolean given = first != null && last != null && !first.isAfter(last) && !first.isAfter(latest);
        String chosen = wanted != null && askable.contains(wanted) ? wanted : "";
        return new LoadLogView(
                askable,
                silent,
                chosen,
                wanted == null || !chosen.isEmpty() ? null : note(wanted),
                given ? String.valueOf(first) : today.minusDays(USUAL_DAYS - 1).toString(),
                given ? String.valueOf(last) : today.toString(),
                latest.toString());
    }

    private @Nullable String note(String wanted) {
        if (wanted.isBlank()) {
            return null;
        }
        return starter.named(wanted)
                .map(device -> device.name() + " can't be asked for its log: " + unaskable.why(device) + ".")
                .orElse("No device of the name that was asked for is declared. Choose one of the list.");
    }

    RunsView recent() {
        List<Run> underWay = reconciliation.underWay();
        // What moves is what somebody wants to see, and where many wait it is none of the newest.
        Map<String, Run> shown = new LinkedHashMap<>();
        underWay.stream().filter(run -> run.pages() > 0).forEach(run -> shown.put(run.id(), run));
        reconciliation.recent(SHOWN).forEach(run -> shown.putIfAbsent(run.id(), run));
        return new RunsView(
                shown.values().stream().limit(SHOWN).map(views::inList).toList(), underWay.size());
    }

    Optional<RunView> run(String id) {
        return reconciliation.run(id).map(views::whole);
    }

    boolean cancel(String id) {
        return reconciliation.run(id).map(starter::cancel).orElse(false);
    }

    /** How many devices a wish for all means now. */
    List<Device> askable() {
        return devices.all().stream()
                .filter(device -> unaskable.why(device) == null)
                .toList();
    }

    static Confirmation confirmation(int devices, LocalDate from, LocalDate to) {
        long days = ChronoUnit.DAYS.between(from, to) + 1;
        long calls = devices * ((days + DAYS_A_CALL - 1) / DAYS_A_CALL);
        return new Confirmation(
                devices,
                from.toString(),
                to.toString(),
                days,
                calls,
                Times.inWords(Duration.ofSeconds(calls * SECONDS_A_CALL)));
    }

    RunStarter.Asked ask(String device, String from, @Nullable String to) {
        return starter.start(device, from, to, null);
    }

    Started told(Device device, Reconciliation.Started started) {
        if (started instanceof Reconciliation.Started.Accepted accepted) {
            return new Started(
                    "Started",
                    "ok",
                    "The log of " + device.name() + " is being loaded. This page may be left: it goes on.",
                    run(accepted.run()).orElse(null),
                    List.of());
        }
        if (started instanceof Reconciliation.Started.Busy busy) {
            return new Started(
                    "Nothing was started",
                    "warn",
                    "Another run of " + device.name()
                            + " is under way, and two never overlap. Wait for its end, or cancel it.",
                    run(busy.run()).orElse(null),
                    List.of());
        }
        return new Started(
                "Nothing was started", "bad", ((Reconciliation.Started.Refused) started).reason(), null, List.of());
    }

    /** Starts a run for each device; those that can't are told. */
    Started startAll(List<Device> wanted, String from, String to) {
        int begun = 0;
        List<String> refusals = new ArrayList<>();
        for (Device device : wanted) {
            RunStarter.Asked asked = starter.start(device.name(), from, to, null);
            if (asked instanceof RunStarter.Asked.Wrong wrong) {
                refusals.add(device.name() + ": " + wrong.words());
            } else {
                Reconciliation.Started started = ((RunStarter.Asked.Answered) asked).started();
                if (started instanceof Reconciliation.Started.Accepted) {
                    begun++;
                } else {
                    refusals.add(device.name() + ": " + told(device, started).words());
                }
            }
        }
        return new Started(
                begun == 0 ? "Nothing was started" : "Started",
                refusals.isEmpty() ? "ok" : "warn",
                "%d of %d devices are being loaded, one request after the other. This page may be left: it goes on."
                        .formatted(begun, wanted.size()),
                null,
                refusals);
    }
}
