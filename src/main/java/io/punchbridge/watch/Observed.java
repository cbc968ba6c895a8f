package io.punchbridge.watch;

import io.punchbridge.inbox.DeviceStates;
import io.punchbridge.inbox.DeviceStates.Answer;
import io.punchbridge.inbox.DeviceStates.Drift;
import io.punchbridge.inbox.DeviceStates.Information;
import io.punchbridge.inbox.DeviceStates.Kept;
import io.punchbridge.inbox.Stored;
import io.punchbridge.punch.Arrival;
import io.punchbridge.punch.Punch;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.Source;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What this process knows of one device. Its lock is held for moments only: the door's thread takes it. */
final class Observed {
    private final SerialNumber device;
    private final ClockDrift clock = new ClockDrift();
    private Instant watchedSince;
    private @Nullable Instant lastCallback;
    private @Nullable Instant lastEvent;
    private @Nullable Answer answer;
    private @Nullable Information information;
    private @Nullable Instant askedAt;
    private boolean changed = true;

    /** @param now stands for the instant that the device was first declared, until an earlier one is known */
    Observed(SerialNumber device, Instant now) {
        this.device = device;
        this.watchedSince = now;
    }

    synchronized void arrived(Arrival arrival, Stored stored) {
        lastCallback = arrival.receivedAt();
        if (!arrival.events().isEmpty()) {
            lastEvent = arrival.receivedAt();
        }
        changed = true;
        if (cameAlone(arrival) && stored.newPunches() == 1) {
            Punch punch = arrival.punches().get(0);
            Instant sentAt = punch.details().gatewayTime();
            if (sentAt != null) {
                clock.observe(sentAt, punch.at(), arrival.receivedAt());
            }
        }
    }

    /** A callback in real time brings one punch; a log that is sent again brings as many as it has. */
    private static boolean cameAlone(Arrival arrival) {
        return arrival.source() == Source.CALLBACK
                && arrival.punches().size() == 1
                && arrival.unreadable().isEmpty();
    }

    synchronized void answered(Answer other) {
        if (answer == null || other.at().isAfter(answer.at())) {
            answer = other;
            changed = true;
        }
    }

    synchronized void asked(Instant at) {
        askedAt = at;
        changed = true;
    }

    synchronized void informed(Information read) {
        information = read;
        changed = true;
    }

    /** What is to be stored, if anything changed since the last call. */
    synchronized @Nullable Kept takeChanges() {
        if (!changed) {
            return null;
        }
        changed = false;
        return kept();
    }

    /** It could not be stored after all. */
    synchronized void keepChanges() {
        changed = true;
    }

    synchronized Kept kept() {
        return new Kept(device, watchedSince, lastCallback, lastEvent, clock.drift(), answer, information, askedAt);
    }

    /**
     * Takes over what is stored, by a replica or before a restart, where it is later.
     *
     * @param now what is stored for an instant far ahead of it was stored by a clock that was wrong
     */
    synchronized void merge(Kept stored, Instant now) {
        Instant latest = now.plus(DeviceStates.AHEAD_OF_CLOCK);
        if (stored.watchedSince().isBefore(watchedSince)) {
            watchedSince = stored.watchedSince();
        }
        lastCallback = later(lastCallback, stored.lastCallback(), latest);
        lastEvent = later(lastEvent, stored.lastEvent(), latest);
        askedAt = later(askedAt, stored.askedAt(), latest);
        Drift drift = stored.drift();
        if (drift != null && !drift.at().isAfter(latest)) {
            clock.adopt(drift);
        }
        Answer otherAnswer = stored.answer();
        if (otherAnswer != null && isLater(answer == null ? null : answer.at(), otherAnswer.at(), latest)) {
            answer = otherAnswer;
        }
        Information other = stored.information();
        if (other != null && isLater(information == null ? null : information.readAt(), other.readAt(), latest)) {
            information = other;
        }
    }

    private static @Nullable Instant later(@Nullable Instant mine, @Nullable Instant other, Instant latest) {
        return other != null && isLater(mine, other, latest) ? other : mine;
    }

    private static boolean isLater(@Nullable Instant mine, Instant other, Instant latest) {
        return !other.isAfter(latest) && (mine == null || other.isAfter(mine));
    }
}
