package io.punchbridge.alerts;

import io.punchbridge.inbox.Alerts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@link Alerts} of this process alone, for the time in which the storage keeps nothing. */
final class MemoryAlerts implements Alerts {
    private final Map<Alert, Standing> standing = new LinkedHashMap<>();
    private final Map<String, Message> messages = new LinkedHashMap<>();
    private final Map<Alert, Instant> givenUp = new LinkedHashMap<>();

    @Override
    public synchronized void setBack(Instant now, Duration longestWait) {
        Instant latest = Stream.of(
                        standing.values().stream().map(Standing::seenAt),
                        messages.values().stream().map(Message::madeAt),
                        messages.values().stream()
                                .map(message -> message.dueAt().minus(longestWait)))
                .flatMap(Function.identity())
                .max(Comparator.naturalOrder())
                .orElse(now);
        Duration ahead = Duration.between(now, latest);
        if (ahead.compareTo(SAME_TIME) > 0) {
            UnaryOperator<Instant> back = at -> at.isAfter(now) ? at.minus(ahead) : at;
            standing.replaceAll((alert, one) -> new Standing(
                    alert,
                    back.apply(one.since()),
                    back.apply(one.seenAt()),
                    one.toldAt() == null ? null : back.apply(one.toldAt()),
                    one.summary()));
            givenUp.replaceAll((alert, at) -> back.apply(at));
            messages.replaceAll((id, message) -> new Message(
                    id, message.alert(), back.apply(message.madeAt()), back.apply(message.dueAt()), message.body()));
        }
    }

    @Override
    public synchronized List<Standing> standing() {
        return standing.values().stream()
                .sorted(Comparator.comparing((Standing one) -> one.alert().rule())
                        .thenComparing(one -> one.alert().subject()))
                .toList();
    }

    @Override
    public synchronized void keep(Change change) {
        change.over().forEach(standing::remove);
        change.over().forEach(givenUp::remove);
        change.standing().forEach(one -> standing.put(one.alert(), one));
        change.messages().forEach(message -> messages.putIfAbsent(message.id(), message));
    }

    @Override
    public synchronized List<Message> due(Instant now) {
        Map<Alert, Message> oldest = new LinkedHashMap<>();
        messages.values().stream()
                .sorted(Comparator.comparing(Message::madeAt).thenComparing(Message::id))
                .forEach(message -> oldest.putIfAbsent(message.alert(), message));
        return oldest.values().stream()
                .filter(message -> !message.dueAt().isAfter(now))
                .toList();
    }

    @Override
    public synchronized Set<Alert> waiting() {
        return messages.values().stream().map(Message::alert).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public synchronized void forget(String messageId) {
        messages.remove(messageId);
    }

    @Override
    public synchronized List<Alert> giveUp(Instant madeBefore, int most) {
        List<Message> oldestFirst = messages.values().stream()
                .sorted(Comparator.comparing(Message::madeAt).thenComparing(Message::id))
                .toList();
        List<Alert> alerts = new ArrayList<>();
        for (Message message : oldestFirst) {
            if (message.madeAt().isBefore(madeBefore) || messages.size() > most) {
                messages.remove(message.id());
                alerts.add(message.alert());
                if (standing.containsKey(message.alert())) {
                    givenUp.put(message.alert(), message.madeAt());
                }
            }
        }
        return alerts;
    }

    @Override
    public synchronized Map<Alert, Instant> givenUp() {
        return Map.copyOf(givenUp);
    }

    @Override
    public synchronized void postpone(String messageId, Instant until) {
        messages.computeIfPresent(
                messageId, (id, message) -> new Message(id, message.alert(), message.madeAt(), until, message.body()));
    }
}
