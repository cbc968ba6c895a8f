package io.punchbridge.delivery;

import io.punchbridge.frappe.Checkin;
import io.punchbridge.frappe.CheckinField;
import io.punchbridge.frappe.Directory;
import io.punchbridge.frappe.WallClock;
import io.punchbridge.inbox.WaitingPunch;
import io.punchbridge.punch.PunchState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes parcels of claimed punches, and settles those that aren't sent. */
final class Packer {
    private final Translator translator;
    private final Directory directory;
    private final DeliveryWatch watch;

    Packer(Translator translator, Directory directory, DeliveryWatch watch) {
        this.translator = translator;
        this.directory = directory;
        this.watch = watch;
    }

    private record Translated(WaitingPunch waiting, Translator.Translation.Send send) {}

    /** @param fields what the site has of its own; nothing is packed for a field that it hasn't */
    List<Parcel> pack(
            List<WaitingPunch> claimed, Settlements settlements, WallClock wallClock, Set<CheckinField> fields) {
        Map<Checkin.Identity, Parcel> parcels = new LinkedHashMap<>();
        for (Translated one : translateAll(claimed, settlements, wallClock)) {
            Checkin checkin = one.send().checkin();
            Parcel parcel = parcels.computeIfAbsent(
                    checkin.identity(),
                    identity -> new Parcel(checkin, one.send().employee(), new ArrayList<>()));
            parcel.punches().add(one.waiting());
        }
        return parcels.values().stream().map(parcel -> parcel.labelled(fields)).toList();
    }

    private List<Translated> translateAll(List<WaitingPunch> claimed, Settlements settlements, WallClock wallClock) {
        List<Translated> toSend = new ArrayList<>();
        List<WaitingPunch> unknown = new ArrayList<>();
        for (WaitingPunch waiting : claimed) {
            translate(waiting, settlements, wallClock, toSend, unknown);
        }
        if (!unknown.isEmpty()) {
            List<WaitingPunch> still = new ArrayList<>();
            directory.refreshOnMiss().fold(changed -> changed, failure -> {
                watch.directoryNotRefreshed(failure);
                return false;
            });
            unknown.forEach(waiting -> translate(waiting, settlements, wallClock, toSend, still));
            still.forEach(waiting -> settlements.keep(waiting, PunchState.HELD, Translator.heldAsUnknown()));
        }
        return toSend;
    }

    private void translate(
            WaitingPunch waiting,
            Settlements settlements,
            WallClock wallClock,
            List<Translated> toSend,
            List<WaitingPunch> unknown) {
        Translator.Translation translation = translator.translate(waiting, wallClock);
        if (translation instanceof Translator.Translation.Send send) {
            toSend.add(new Translated(waiting, send));
        } else if (translation instanceof Translator.Translation.Keep keep) {
            settlements.keep(waiting, keep.state(), keep.reason());
        } else {
            unknown.add(waiting);
        }
    }
}
