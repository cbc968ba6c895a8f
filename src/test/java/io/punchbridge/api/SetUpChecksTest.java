package io.punchbridge.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.punchbridge.api.SetUpChecks.Made;
import io.punchbridge.doctor.CheckResult;
import io.punchbridge.doctor.Outcome;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** One set-up check at a time, whoever asks for it. */
class SetUpChecksTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-02-02T12:00:00Z"), ZoneOffset.UTC);
    private static final List<CheckResult> RESULTS =
            List.of(new CheckResult("Storage", Outcome.PASSED, "It can be written.", null, null));

    @Test
    void a_second_check_is_not_begun_while_one_is_under_way() throws Exception {
        // Given
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger runs = new AtomicInteger();
        SetUpChecks checks = new SetUpChecks(
                () -> {
                    runs.incrementAndGet();
                    begun.countDown();
                    await(end);
                    return RESULTS;
                },
                NOON);
        CompletableFuture<Optional<Made>> first = CompletableFuture.supplyAsync(() -> checks.run("omar"));
        await(begun);
        assertThat(checks.isUnderWay()).isTrue();

        // When
        Optional<Made> second = checks.run("jane");

        // Then
        end.countDown();
        assertThat(second).isEmpty();
        assertThat(first.get(30, TimeUnit.SECONDS)).contains(new Made(RESULTS, NOON.instant(), "omar"));
        assertThat(runs).hasValue(1);
    }

    @Test
    void the_last_one_is_remembered_with_when_and_by_whom() {
        // Given
        SetUpChecks checks = new SetUpChecks(() -> RESULTS, NOON);
        assertThat(checks.last()).isEmpty();

        // When
        checks.run("omar");

        // Then
        assertThat(checks.last()).contains(new Made(RESULTS, NOON.instant(), "omar"));
        assertThat(checks.isUnderWay()).isFalse();
    }

    @Test
    void a_check_that_fails_in_itself_keeps_no_other_back() {
        // Given
        AtomicInteger runs = new AtomicInteger();
        SetUpChecks checks = new SetUpChecks(
                () -> {
                    if (runs.incrementAndGet() == 1) {
                        throw new IllegalStateException("as no check should");
                    }
                    return RESULTS;
                },
                NOON);
        assertThatThrownBy(() -> checks.run("omar")).isInstanceOf(IllegalStateException.class);

        // When
        Optional<Made> next =
                CompletableFuture.supplyAsync(() -> checks.run("omar")).join();

        // Then
        assertThat(next).isPresent();
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new AssertionError("waited in vain");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
