package io.punchbridge.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the faults in force have decided for one request. */
final class RequestPlan {
    enum Ending {
        ANSWER,
        SILENCE,
        RESET_BEFORE_ANYTHING,
        RESET_AFTER_HALF_THE_ANSWER
    }

    private record Poison(Predicate<JsonNode> document, String words) {}

    private final Map<String, String> headers = new HashMap<>();
    private final List<Poison> poisons = new ArrayList<>();
    private @Nullable Function<Call, Reply> answer;
    private @Nullable Supplier<FrappeError> writeFailure;
    private Duration beforeWork = Duration.ZERO;
    private Duration afterWork = Duration.ZERO;
    private CompletionStage<?> release = CompletableFuture.completedStage(null);
    private Ending ending = Ending.ANSWER;
    private boolean otherNames;
    private boolean timePermissionWithdrawn;

    /** Answers so in place of doing anything. */
    void answerWith(Function<Call, Reply> reply) {
        answer = reply;
    }

    Optional<Reply> answerInstead(Call call) {
        return Optional.ofNullable(answer).map(reply -> reply.apply(call));
    }

    void failWrites(Supplier<FrappeError> failure) {
        writeFailure = failure;
    }

    void requireWritable() {
        if (writeFailure != null) {
            throw writeFailure.get();
        }
    }

    void addHeaders(Map<String, String> more) {
        headers.putAll(more);
    }

    Map<String, String> headers() {
        return headers;
    }

    void poison(Predicate<JsonNode> document, String words) {
        poisons.add(new Poison(document, words));
    }

    void requireHealthy(JsonNode document) {
        for (Poison poison : poisons) {
            if (poison.document.test(document)) {
                throw FrappeError.validation(poison.words);
            }
        }
    }

    void delayBeforeWork(Duration delay) {
        beforeWork = beforeWork.plus(delay);
    }

    Duration beforeWork() {
        return beforeWork;
    }

    void delayAfterWork(Duration delay) {
        afterWork = afterWork.plus(delay);
    }

    Duration afterWork() {
        return afterWork;
    }

    void holdUntil(CompletionStage<?> newRelease) {
        release = newRelease;
    }

    CompletionStage<?> release() {
        return release;
    }

    void endWith(Ending newEnding) {
        ending = newEnding;
    }

    Ending ending() {
        return ending;
    }

    void swapNames() {
        otherNames = true;
    }

    boolean isAnsweringOtherNames() {
        return otherNames;
    }

    void withdrawTimePermission() {
        timePermissionWithdrawn = true;
    }

    boolean isTimePermissionWithdrawn() {
        return timePermissionWithdrawn;
    }
}
