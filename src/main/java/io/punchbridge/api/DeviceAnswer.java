package io.punchbridge.api;

import io.punchbridge.inbox.DeviceStates.Answer;
import io.punchbridge.inbox.DeviceStates.Drift;
import io.punchbridge.inbox.DeviceStates.Information;
import io.punchbridge.inbox.Verified;
import io.punchbridge.watch.DeviceState;
import io.punchbridge.watch.DeviceState.Today;
import io.punchbridge.watch.Warning;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A declared device, and what is known of it. Instants are in UTC; what other replicas saw is up to a minute old.
 *
 * @param timeZone as configured; null where the site's is taken
 * @param unaskable why the gateway can't be asked for this device's history, for a person; null if it can
 * @param zone in which its days are meant
 * @param watchedSince when Punchbridge first saw it declared
 * @param lastCallback when its last authenticated callback came, of whatever kind
 * @param lastEvent the same of the last one that was no punch
 * @param warnings those that stand: clock-drift, licence-ends, silent
 * @param today punches that it made today; null until first counted
 * @param verified in which range nothing of it is missing; null where nothing is proven
 * @param lostCallbacks how many punches its callbacks lost, by day, as far as its log was compared; the latest days
 */
@RegisterForReflection
public record DeviceAnswer(
        String name,
        String connection,
        @Nullable String timeZone,
        @Nullable String unaskable,
        String zone,
        String watchedSince,
        @Nullable String lastCallback,
        @Nullable String lastEvent,
        @Nullable DriftAnswer drift,
        @Nullable InformationAnswer information,
        @Nullable GatewayAnswer lastAnswer,
        List<String> warnings,
        @Nullable TodayAnswer today,
        @Nullable VerifiedAnswer verified,
        Map<String, Long> lostCallbacks) {

    /**
     * @param secondsBehind how far its clock is behind the gateway's, negative if it is ahead; null where that isn't known
     *     any more
     * @param at the gateway's clock at the punch that says so
     */
    @RegisterForReflection
    public record DriftAnswer(@Nullable Long secondsBehind, String at) {}

    /**
     * What it last said of itself.
     *
     * @param licensedUntil last day of the licence that ends first
     * @param users how many are on it
     */
    @RegisterForReflection
    public record InformationAnswer(
            String readAt,
            @Nullable String model,
            @Nullable String licensedUntil,
            @Nullable Integer users) {}

    /** The gateway's last answer about it; the number is the gateway's, the words are ours. */
    @RegisterForReflection
    public record GatewayAnswer(String at, int statusCode, String words) {}

    @RegisterForReflection
    public record TodayAnswer(String day, long stored, long delivered) {}

    /** @param run which moved it last; null where it follows the configured assumption */
    @RegisterForReflection
    public record VerifiedAnswer(
            String since, String until, @Nullable String run, String at) {}

    static DeviceAnswer of(
            DeviceState state, @Nullable String unaskable, @Nullable Verified verified, Map<String, Long> lost) {
        return new DeviceAnswer(
                state.device().name(),
                FilterReader.word(state.device().connection()),
                state.device().timeZone() == null
                        ? null
                        : Objects.requireNonNull(state.device().timeZone()).getId(),
                unaskable,
                state.zone().getId(),
                state.watchedSince().toString(),
                PunchAnswer.text(state.lastCallback()),
                PunchAnswer.text(state.lastEvent()),
                drift(state.drift()),
                information(state.information()),
                answer(state.lastAnswer()),
                state.warnings().stream().map(Warning::label).sorted().toList(),
                today(state.today()),
                verified == null
                        ? null
                        : new VerifiedAnswer(
                                verified.since().toString(),
                                verified.until().toString(),
                                verified.run(),
                                verified.at().toString()),
                lost);
    }

    private static @Nullable DriftAnswer drift(@Nullable Drift drift) {
        if (drift == null) {
            return null;
        }
        Duration behind = drift.behind();
        return new DriftAnswer(
                behind == null ? null : behind.toSeconds(), drift.at().toString());
    }

    private static @Nullable InformationAnswer information(@Nullable Information information) {
        return information == null
                ? null
                : new InformationAnswer(
                        information.readAt().toString(),
                        information.model(),
                        WatermarkAnswer.textOrNull(information.licensedUntil()),
                        information.users());
    }

    private static @Nullable GatewayAnswer answer(@Nullable Answer answer) {
        return answer == null ? null : new GatewayAnswer(answer.at().toString(), answer.statusCode(), answer.words());
    }

    private static @Nullable TodayAnswer today(@Nullable Today today) {
        return today == null
                ? null
                : new TodayAnswer(
                        today.day().toString(),
                        today.punches().stored(),
                        today.punches().delivered());
    }
}
