package io.punchbridge.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.punch.Arrival;
import io.punchbridge.punch.PunchDetails;
import io.punchbridge.punch.UserId;
import io.punchbridge.testing.MutatedCallbacks;
import io.punchbridge.testing.MutatedCallbacks.Mutated;
import io.punchbridge.testing.RecordingInbox;
import io.punchbridge.testing.TestDoor;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever is thrown at the door: an answer, nothing unauthenticated stored, and nothing stored that must not be. */
class CallbackFuzzTest {
    private static final long SEED = 20260917;
    private static final int LONGEST_ID = 140;

    private final RecordingInbox inbox = new RecordingInbox();
    private final CallbackDoor door = TestDoor.open(inbox, ZoneId.of("Africa/Nairobi"));

    @Test
    void every_mutated_callback_gets_an_answer_and_leaves_nothing_behind_that_it_must_not() {
        // When
        Map<DoorAnswer, Integer> answers = knock(20_000, SEED);

        // Then
        assertThat(answers.keySet())
                .containsExactlyInAnyOrder(
                        DoorAnswer.DONE, DoorAnswer.REFUSED, DoorAnswer.NOT_JSON, DoorAnswer.UNDECRYPTABLE);
        assertThat(answers.values()).allSatisfy(count -> assertThat(count).isGreaterThan(400));
    }

    @Test
    @Tag("chaos")
    void a_hundred_thousand_of_another_seed_each_time() {
        // Given
        long seed = System.nanoTime();

        // When
        Map<DoorAnswer, Integer> answers = knock(100_000, seed);

        // Then
        assertThat(answers).doesNotContainKey(DoorAnswer.NOT_STORED);
    }

    private Map<DoorAnswer, Integer> knock(int callbacks, long seed) {
        MutatedCallbacks mutated = new MutatedCallbacks(seed);
        Map<DoorAnswer, Integer> answers = new EnumMap<>(DoorAnswer.class);
        for (int i = 0; i < callbacks; i++) {
            Mutated callback = mutated.next();
            DoorAnswer answer = answerTo(callback, "number " + i + " of seed " + seed);
            answers.merge(answer, 1, Integer::sum);
        }
        return answers;
    }

    private DoorAnswer answerTo(Mutated callback, String which) {
        DoorAnswer answer;
        try {
            answer = door.knock(callback.body(), null).toCompletableFuture().getNow(null);
        } catch (RuntimeException | StackOverflowError failed) {
            throw new AssertionError("The door failed at " + which + ": " + callback, failed);
        }
        Optional<Arrival> stored = inbox.take();
        String fault = fault(callback, answer, stored);
        if (fault != null) {
            throw new AssertionError(fault + " at " + which + ": " + callback + "\nstored: " + stored);
        }
        return Objects.requireNonNull(answer);
    }

    private static @Nullable String fault(Mutated callback, @Nullable DoorAnswer answer, Optional<Arrival> stored) {
        if (answer == null || answer == DoorAnswer.NOT_STORED) {
            return "The answer is " + answer;
        }
        if (stored.isPresent() != (answer == DoorAnswer.DONE)) {
            return "Stored and acknowledged are not the same";
        }
        if (stored.isPresent() && !callback.mayAuthenticate()) {
            return "Something unauthenticated was stored";
        }
        if (stored.isEmpty() && callback.untouched()) {
            return "A good callback was answered " + answer;
        }
        return stored.map(CallbackFuzzTest::faultOf).orElse(null);
    }

    private static @Nullable String faultOf(Arrival arrival) {
        Texts texts = new Texts();
        arrival.punches().forEach(punch -> {
            texts.ids(punch.key().value(), punch.device().value(), punch.user().value(), punch.sentType());
            PunchDetails details = punch.details();
            texts.ids(details.logTime(), details.operationId(), details.inputType(), details.temperature());
            texts.add(details.extra());
        });
        arrival.unreadable().forEach(unreadable -> {
            UserId user = unreadable.user();
            texts.ids(unreadable.key().value(), unreadable.device().value(), user == null ? null : user.value());
            texts.add(unreadable.reason());
            texts.add(unreadable.content());
        });
        arrival.events().forEach(event -> {
            UserId user = event.user();
            texts.ids(event.key(), event.device().value(), user == null ? null : user.value(), event.operation());
            texts.ids(event.operationId());
            texts.add(event.content());
        });
        int rows = arrival.punches().size()
                + arrival.unreadable().size()
                + arrival.events().size();
        return rows == 0 ? "An acknowledged callback left no row" : texts.fault();
    }

    /** All text of an arrival, and what is wrong with it. */
    private static final class Texts {
        private final List<String> all = new ArrayList<>();
        private @Nullable String tooLong;

        void ids(@Nullable String... ids) {
            for (String id : ids) {
                if (id != null && id.length() > LONGEST_ID) {
                    tooLong = id;
                }
                add(id);
            }
        }

        void add(@Nullable String text) {
            if (text != null) {
                all.add(text);
            }
        }

        @Nullable String fault() {
            if (tooLong != null) {
                return "An id is too long to be kept: " + tooLong;
            }
            for (String text : all) {
                for (String secret : MutatedCallbacks.SECRETS) {
                    if (text.contains(secret)) {
                        return "A secret was stored";
                    }
                }
                if (text.codePoints().anyMatch(c -> c == 0 || (c >= 0xD800 && c <= 0xDFFF))) {
                    return "Text that a database can't keep was stored";
                }
            }
            return null;
        }
    }
}
