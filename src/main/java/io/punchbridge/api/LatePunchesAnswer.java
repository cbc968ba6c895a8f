package io.punchbridge.api;

import io.punchbridge.inbox.LateEntry;
import io.punchbridge.inbox.LatePunch;
import io.punchbridge.inbox.LateStep;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Days whose attendance was made without some of their punches, the newest first.
 *
 * @param next what to ask for as {@code cursor} to get those that follow; null if there are none
 */
@RegisterForReflection
public record LatePunchesAnswer(
        List<Entry> entries, @Nullable String next) {

    /**
     * @param employee Frappe's id
     * @param day that the shift starts on, in the site's zone
     * @param attendance the one that was made without the punches
     * @param wouldSay what it would say with them; null where that isn't known
     * @param reason why it stands so, and what to do
     * @param remade the attendance that was made anew
     * @param step the last that was begun; null if none was
     * @param lookedAtAgain when, in UTC; null if never
     */
    @RegisterForReflection
    public record Entry(
            String id,
            String state,
            String employee,
            String day,
            String shift,
            @Nullable String attendance,
            @Nullable Said says,
            @Nullable Said wouldSay,
            @Nullable String reason,
            @Nullable String remade,
            @Nullable String step,
            String foundAt,
            String changedAt,
            @Nullable String lookedAtAgain,
            List<Punch> punches,
            List<Step> steps) {}

    /** Times are wall times of the site. */
    @RegisterForReflection
    public record Said(
            String status,
            double hours,
            @Nullable String inTime,
            @Nullable String outTime) {}

    /** @param device its serial number */
    @RegisterForReflection
    public record Punch(String punch, String device, String checkin, String at, String deliveredAt) {}

    /** @param begunAt null for what a dry run would do */
    @RegisterForReflection
    public record Step(
            int number,
            String step,
            String subject,
            @Nullable String begunAt,
            @Nullable String doneAt) {}

    static LatePunchesAnswer of(
            List<LateEntry> entries,
            Map<String, List<LatePunch>> punches,
            Map<String, List<LateStep>> steps,
            int limit) {
        String next =
                entries.size() < limit ? null : entries.get(entries.size() - 1).id();
        return new LatePunchesAnswer(
                entries.stream()
                        .map(entry -> entry(
                                entry,
                                punches.getOrDefault(entry.id(), List.of()),
                                steps.getOrDefault(entry.id(), List.of())))
                        .toList(),
                next);
    }

    private static Entry entry(LateEntry entry, List<LatePunch> punches, List<LateStep> steps) {
        String step = steps.stream()
                .filter(begun -> begun.begunAt() != null)
                .reduce((one, later) -> later)
                .map(last -> word(last.kind()))
                .orElse(null);
        return new Entry(
                entry.id(),
                word(entry.state()),
                entry.employee(),
                entry.day().toString(),
                entry.shift(),
                entry.attendance(),
                said(entry.says()),
                said(entry.wouldSay()),
                entry.reason(),
                entry.remade(),
                step,
                entry.foundAt().toString(),
                entry.changedAt().toString(),
                text(entry.notBefore()),
                punches.stream().map(LatePunchesAnswer::punch).toList(),
                steps.stream().map(LatePunchesAnswer::step).toList());
    }

    /** As settings write such words. */
    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static @Nullable Said said(LateEntry.@Nullable Said said) {
        return said == null ? null : new Said(said.status(), said.hours(), text(said.inTime()), text(said.outTime()));
    }

    private static @Nullable String text(@Nullable Object time) {
        return time == null ? null : time.toString();
    }

    private static Punch punch(LatePunch punch) {
        return new Punch(
                punch.key().value(),
                punch.device().value(),
                punch.checkin(),
                punch.at().toString(),
                punch.settledAt().toString());
    }

    private static Step step(LateStep step) {
        Instant doneAt = step.doneAt();
        return new Step(step.number(), word(step.kind()), step.subject(), text(step.begunAt()), text(doneAt));
    }
}
