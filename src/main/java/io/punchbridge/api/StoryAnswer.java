package io.punchbridge.api;

import static io.punchbridge.api.PunchAnswer.text;

import io.punchbridge.inbox.Actions.Done;
import io.punchbridge.inbox.PunchSearch.Story;
import io.punchbridge.punch.PunchDetails;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One punch with all that is recorded of it.
 *
 * @param sent what came from the device and the gateway
 * @param content what could not be read, as redacted JSON; null for a readable punch
 * @param possiblySentAt of a pending punch: when it was last sent, or may have been, with no outcome known. It is looked
 *     up in Frappe before it is sent again.
 * @param notBefore of a pending punch: when it is due again
 * @param beingDelivered whether a delivery is under way, or was cut off lately
 * @param checkinUrl the check-in's page in ERPNext
 * @param foundNear the check-in of another program that it counts as, if it does
 * @param actions what persons did to it, oldest first
 * @param attempts what deliveries of it came to, oldest first: the first, and the newest 20
 */
@RegisterForReflection
public record StoryAnswer(
        PunchAnswer punch,
        Sent sent,
        @Nullable String content,
        @Nullable String possiblySentAt,
        @Nullable String notBefore,
        boolean beingDelivered,
        @Nullable String checkinUrl,
        @Nullable Near foundNear,
        List<OnPunch> actions,
        List<AttemptAnswer> attempts) {

    /**
     * @param logTime as it came, with its offset
     * @param gatewayTime the gateway's clock when it sent the punch, in UTC
     */
    @RegisterForReflection
    public record Sent(
            @Nullable String logTime,
            @Nullable String gatewayTime,
            @Nullable String operationId,
            @Nullable String inputType,
            @Nullable String unknownFields) {}

    /** @param secondsLater by how much the check-in is later; negative if earlier */
    @RegisterForReflection
    public record Near(String checkin, long secondsLater, String logType, String foundLogType, String foundAt) {}

    @RegisterForReflection
    public record OnPunch(
            ActionAnswer action,
            String stateBefore,
            @Nullable String reasonBefore) {}

    static StoryAnswer of(Story story, PunchAnswer punch, @Nullable String checkinUrl) {
        PunchDetails details = story.punch().details();
        return new StoryAnswer(
                punch,
                new Sent(
                        details.logTime(),
                        text(details.gatewayTime()),
                        details.operationId(),
                        details.inputType(),
                        details.extra()),
                story.punch().content(),
                text(story.inDoubtSince()),
                text(story.notBefore()),
                story.claimed(),
                checkinUrl,
                near(story),
                story.actions().stream().map(StoryAnswer::onPunch).toList(),
                story.attempts().stream().map(AttemptAnswer::of).toList());
    }

    private static @Nullable Near near(Story story) {
        var found = story.foundNear();
        return found == null
                ? null
                : new Near(
                        found.checkin(),
                        found.difference().secondsLater(),
                        found.difference().logType(),
                        found.difference().foundLogType(),
                        found.foundAt().toString());
    }

    private static OnPunch onPunch(Done done) {
        return new OnPunch(ActionAnswer.of(done.action()), FilterReader.word(done.stateBefore()), done.reasonBefore());
    }
}
