package io.punchbridge.console.today;

import io.punchbridge.console.Times;
import io.punchbridge.console.today.TodayView.FrappeCard;
import io.punchbridge.console.today.TodayView.Pause;
import io.punchbridge.delivery.Delivery;
import io.punchbridge.delivery.DeliveryStatus;
import io.punchbridge.inbox.DeliveryPause.Paused;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Tells how delivery stands. */
@Singleton
class FrappeLook {
    private final Delivery delivery;
    private final Times times;

    FrappeLook(Delivery delivery, Times times) {
        this.delivery = delivery;
        this.times = times;
    }

    /** Of the replica that answers. */
    FrappeCard take(DeliveryStatus status) {
        if (!delivery.isAlive()) {
            return card(
                    status,
                    "stopped",
                    "bad",
                    "Delivery has stopped for a reason that nobody planned. Punches are stored and wait here until Punchbridge is"
                            + " restarted.");
        }
        return switch (status.frappe()) {
            case PROVEN -> card(status, "there", "ok", "Frappe takes punches, and keeps them as they are sent.");
            case UNPROVEN ->
                card(
                        status,
                        "not tried yet",
                        "idle",
                        "Nothing is known against it. The next punch goes alone, to see whether Frappe keeps it right.");
            case AWAY ->
                card(
                        status,
                        "away",
                        "warn",
                        "Frappe can't take punches at the moment. They wait here, and go by themselves as soon as it can.");
            case SET_UP_WRONG ->
                card(
                        status,
                        "set-up wrong",
                        "bad",
                        "Punches wait here until somebody mends what is set up wrong; then they go by themselves.");
        };
    }

    private FrappeCard card(DeliveryStatus status, String badge, String tone, String words) {
        return new FrappeCard(
                badge,
                tone,
                words,
                status.reason(),
                times.moment(status.since()),
                times.momentOrNull(status.nextTryAt()),
                times.momentOrNull(status.lastDeliveryAt()),
                pause(status.paused()));
    }

    private @Nullable Pause pause(@Nullable Paused paused) {
        return paused == null ? null : new Pause(times.moment(paused.since()), paused.who(), paused.why());
    }
}
