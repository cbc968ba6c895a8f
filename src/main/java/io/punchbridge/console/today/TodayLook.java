package io.punchbridge.console.today;

import io.punchbridge.alerts.AlertBook;
import io.punchbridge.console.Times;
import io.punchbridge.console.today.TodayView.Card;
import io.punchbridge.delivery.Delivery;
import io.punchbridge.delivery.DeliveryStatus;
import io.punchbridge.inbox.Inbox;
import io.punchbridge.inbox.PunchSearch;
import io.punchbridge.inbox.PunchSearch.Hourly;
import io.punchbridge.punch.PunchState;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks at everything once. The work is bounded, however much is stored. What is seen must not depend on who asks: one
 * look serves all who come while it is young ({@link SharedLook}).
 */
@Singleton
class TodayLook {
    private final Inbox inbox;
    private final PunchSearch search;
    private final Delivery delivery;
    private final FrappeLook frappe;
    private final NeedsLook needs;
    private final AlertsLook alerts;
    private final NewestLook newest;
    private final Times times;

    TodayLook(
            Inbox inbox,
            PunchSearch search,
            Delivery delivery,
            FrappeLook frappe,
            NeedsLook needs,
            AlertsLook alerts,
            NewestLook newest,
            Times times) {
        this.inbox = inbox;
        this.search = search;
        this.delivery = delivery;
        this.frappe = frappe;
        this.needs = needs;
        this.alerts = alerts;
        this.newest = newest;
        this.times = times;
    }

    TodayView take() {
        ZoneId zone = times.zone();
        LocalDate day = times.today();
        Hourly hourly = search.hourly(
                day.atStartOfDay(zone).toInstant(),
                day.plusDays(1).atStartOfDay(zone).toInstant());
        Map<PunchState, Long> counts = inbox.counts();
        DeliveryStatus status = delivery.status();
        Optional<AlertBook.Page> looked = alerts.look();
        return new TodayView(
                false,
                cards(hourly, counts),
                frappe.take(status),
                needs.take(status, counts, looked),
                alerts.card(looked),
                HourChart.of(hourly, day, zone),
                newest.take());
    }

    private List<Card> cards(Hourly today, Map<PunchState, Long> all) {
        String oldest = inbox.oldestPending()
                .map(at -> "the oldest came " + times.ago(at))
                .orElse("nothing waits");
        return List.of(
                new Card(
                        "Of today, delivered",
                        (today.complete() ? "" : "more than ") + Numbers.of(of(today, PunchState.DELIVERED)),
                        Numbers.of(sum(all, PunchState.DELIVERED)) + " in all"),
                new Card("Waiting", Numbers.of(sum(all, PunchState.PENDING)), oldest),
                new Card(
                        "Held",
                        Numbers.of(sum(all, PunchState.HELD)),
                        Numbers.of(of(today, PunchState.HELD)) + " of today"),
                new Card(
                        "Rejected or quarantined",
                        Numbers.of(sum(all, PunchState.REJECTED, PunchState.QUARANTINED)),
                        Numbers.of(of(today, PunchState.REJECTED, PunchState.QUARANTINED)) + " of today"));
    }

    private static long of(Hourly hourly, PunchState... states) {
        return hourly.hours().stream()
                .mapToLong(hour -> sum(hour.punches(), states))
                .sum();
    }

    private static long sum(Map<PunchState, Long> counts, PunchState... states) {
        long sum = 0;
        for (PunchState state : states) {
            sum += counts.getOrDefault(state, 0L);
        }
        return sum;
    }
}
