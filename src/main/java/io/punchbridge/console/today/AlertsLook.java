package io.punchbridge.console.today;

import io.punchbridge.alerts.AlertBook;
import io.punchbridge.alerts.Reception;
import io.punchbridge.alerts.Severity;
import io.punchbridge.console.Times;
import io.punchbridge.console.today.AlertsCard.Open;
import io.punchbridge.console.today.AlertsCard.Receiver;
import io.punchbridge.console.today.TodayView.Need;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Tells which alerts stand, and whether anybody hears of them. */
@Singleton
class AlertsLook {
    private final AlertBook book;
    private final Times times;

    AlertsLook(AlertBook book, Times times) {
        this.book = book;
        this.times = times;
    }

    Optional<AlertBook.Page> look() {
        return book.look();
    }

    /** That nobody hears of what is wrong; empty while somebody does, or where nobody shall. */
    static Optional<Need> need(Optional<AlertBook.Page> looked) {
        return looked.filter(page -> page.reception().needsSomebody())
                .map(page -> new Need(
                        "need-alerts",
                        "bad",
                        page.host() + " takes no alerts, so nobody hears of what is wrong.",
                        page.reception().words(),
                        "#alerts-title",
                        "See alerts"));
    }

    AlertsCard card(Optional<AlertBook.Page> looked) {
        return looked.map(page -> new AlertsCard(
                        receiver(page), page.open().stream().map(this::open).toList()))
                .orElseGet(() -> new AlertsCard(null, List.of()));
    }

    private Receiver receiver(AlertBook.Page page) {
        return switch (page.reception().state()) {
            case UNTRIED -> receiver(page, "not tried yet", "idle");
            case TAKES -> receiver(page, "takes alerts", "ok");
            case AWAY -> receiver(page, "away", "warn");
            case REFUSES -> receiver(page, "refuses", "bad");
            case GONE -> receiver(page, "wants none", "bad");
        };
    }

    private Receiver receiver(AlertBook.Page page, String badge, String tone) {
        Reception reception = page.reception();
        return new Receiver(page.host(), badge, tone, reception.words(), times.momentOrNull(reception.lastTaken()));
    }

    private Open open(AlertBook.Open open) {
        String told = switch (open.told()) {
            case NOT_YET -> "not told yet: it must last for a while first";
            case WAITING -> "a message waits for the receiver";
            case TOLD -> "told";
            case GIVEN_UP -> "not told: given up after a day, tried again when it is repeated";
        };
        return new Open(
                open.rule(),
                tone(open.severity()),
                open.severity().name().toLowerCase(Locale.ROOT),
                times.moment(open.since()),
                open.summary(),
                told);
    }

    private static String tone(Severity severity) {
        return switch (severity) {
            case CRITICAL -> "bad";
            case WARNING -> "warn";
            case INFO -> "idle";
        };
    }
}
