package io.punchbridge.alerts;

import io.punchbridge.alerts.AlertRule.Found;
import io.punchbridge.alerts.AlertText.Kind;
import io.punchbridge.inbox.Alerts;
import io.punchbridge.inbox.Alerts.Alert;
import io.punchbridge.inbox.Alerts.Change;
import io.punchbridge.inbox.Alerts.Message;
import io.punchbridge.inbox.Alerts.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns what looks find into messages: of each alert one when it has held for its time, one each {@code repeat} while it
 * stands and none of it waits for the receiver, and one when it is over. What was told is kept with the messages, so that
 * neither a restart nor another replica tells it anew.
 *
 * <p>Replicas look by turns, and some of what they look at is each one's own. So an alert stands as long as any of them saw
 * it lately, and is over when one of them finds it gone and none has seen it for {@link #QUIET}. What a clock that was ahead has
 * written silences nothing.
 */
final class AlertDesk {
    /** Three looks. Also how long a process must be up to be believed that something is over. */
    static final Duration QUIET = Duration.ofMinutes(3);

    private final Duration repeat;
    private final AlertText text;
    private Instant upSince;

    AlertDesk(AlertSettings settings, Instant upSince) {
        this.repeat = settings.repeat();
        this.text = new AlertText(settings.name());
        this.upSince = upSince;
    }

    /** @param found what was found of each rule; alerts of other rules are left as they are */
    void judge(Alerts alerts, Map<AlertRule, Found> found, Instant now) {
        if (upSince.isAfter(now)) {
            upSince = now;
        }
        alerts.setBack(now, AlertSender.AFTER_REFUSAL);
        Map<Alert, Standing> kept = new HashMap<>();
        alerts.standing().forEach(standing -> kept.put(standing.alert(), standing));
        Look look = new Look(now, alerts.waiting());
        found.forEach((rule, seen) -> {
            seen.standing().forEach((subject, value) -> {
                Standing before = kept.remove(new Alert(rule.name(), subject));
                look.seen(rule, subject, rule.summary(subject, value), before);
            });
            List.copyOf(kept.values()).stream()
                    .filter(standing -> standing.alert().rule().equals(rule.name()))
                    .forEach(standing -> {
                        if (seen.isOver(standing.alert().subject())) {
                            look.gone(rule, standing);
                        } else {
                            look.unknown(rule, standing);
                        }
                    });
        });
        Change change = look.change();
        if (!change.isEmpty()) {
            alerts.keep(change);
        }
    }

    private final class Look {
        private final Instant now;
        private final Set<Alert> waiting;
        private final List<Standing> standing = new ArrayList<>();
        private final Set<Alert> over = new HashSet<>();
        private final List<Message> messages = new ArrayList<>();

        /** @param waiting alerts of which a message hasn't reached its receiver */
        Look(Instant now, Set<Alert> waiting) {
            this.now = now;
            this.waiting = waiting;
        }

        Change change() {
            return new Change(standing, over, messages);
        }

        void seen(AlertRule rule, String subject, String summary, @Nullable Standing before) {
            Instant since = before == null || isBroken(rule, before) ? now : before.since();
            Instant toldAt = before == null ? null : before.toldAt();
            Standing seen = new Standing(new Alert(rule.name(), subject), since, now, toldAt, summary);
            boolean held = !now.isBefore(since.plus(rule.holdsFor()));
            boolean waits = waiting.contains(seen.alert());
            if (toldAt == null && held) {
                tell(Kind.RAISED, rule, seen);
            } else if (toldAt != null && !waits && !now.isBefore(toldAt.plus(repeat))) {
                tell(Kind.REPEATED, rule, seen);
            } else {
                standing.add(seen);
            }
        }

        /** Whether it may have been gone meanwhile, for longer than a restart takes: then its time begins anew. */
        private boolean isBroken(AlertRule rule, Standing before) {
            Duration bridged = rule.holdsFor().dividedBy(4);
            Duration longest = bridged.compareTo(QUIET) > 0 ? bridged : QUIET;
            return before.toldAt() == null && now.isAfter(before.seenAt().plus(longest));
        }

        /** What was told stays until somebody knows; what wasn't is forgotten, as its time would begin anew. */
        void unknown(AlertRule rule, Standing before) {
            if (isBroken(rule, before)) {
                over.add(before.alert());
            }
        }

        private void tell(Kind kind, AlertRule rule, Standing seen) {
            standing.add(new Standing(seen.alert(), seen.since(), seen.seenAt(), now, seen.summary()));
            messages.add(text.message(kind, rule, seen, now));
        }

        void gone(AlertRule rule, Standing before) {
            boolean quiet = !now.isBefore(before.seenAt().plus(QUIET)) && !now.isBefore(upSince.plus(QUIET));
            if (before.toldAt() == null && (rule.shared() || quiet)) {
                over.add(before.alert());
            } else if (before.toldAt() != null && quiet) {
                over.add(before.alert());
                messages.add(text.message(Kind.OVER, rule, before, now));
            }
        }
    }
}
