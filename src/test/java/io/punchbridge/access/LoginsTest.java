package io.punchbridge.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.punchbridge.testing.LogLines;
import io.punchbridge.testing.SteppableClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lock-outs, and what is remembered; passwords stand in their hashes, and work is counted. */
class LoginsTest {
    private static final String PASSWORD = "jane looks at punches";
    private static final String HERE = "10.0.0.7";
    private static final String ELSEWHERE = "203.0.113.9";

    private final SteppableClock clock = new SteppableClock();
    private final AtomicLong work = new AtomicLong();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Logins logins = new Logins(
            new LoginSettings(
                    List.of(user("jane", 10, PASSWORD), user("omar", 13, "omar acts")), 5, Duration.ofMinutes(15)),
            this::matches,
            clock,
            metrics);

    @AfterEach
    void stop() {
        logins.stop();
    }

    @ParameterizedTest
    @CsvSource({"nobody, guess", "jane, guess", "omar, guess", "'', ''"})
    void whoever_is_tried_the_work_is_the_same(String name, String password) {
        // When
        check(name, password, HERE);

        // Then
        assertThat(work).hasValue(1 << 13);
    }

    @Test
    void one_who_is_locked_out_costs_the_same_work() {
        // Given
        guess("jane", 5, ELSEWHERE);
        work.set(0);

        // When
        Verdict verdict = check("jane", PASSWORD, HERE);

        // Then
        assertThat(verdict).isInstanceOf(Verdict.Refused.class);
        assertThat(work).hasValue(1 << 13);
    }

    @Test
    void right_credentials_are_checked_once_and_again_when_they_were_not_used_for_long() {
        // Given
        check("jane", PASSWORD, HERE);
        work.set(0);

        // When
        Verdict remembered = check("jane", PASSWORD, HERE);
        long soon = work.get();
        clock.step(Remembered.SINCE_LAST_USE.plusSeconds(1));
        check("jane", PASSWORD, HERE);

        // Then
        assertThat(remembered).isInstanceOf(Verdict.Accepted.class);
        assertThat(soon).isZero();
        assertThat(work.get()).isPositive();
    }

    @Test
    void what_is_remembered_is_for_its_address_name_and_password_alone() {
        // Given
        check("jane", PASSWORD, HERE);
        work.set(0);

        // When
        Verdict elsewhere = check("jane", PASSWORD, ELSEWHERE);
        long checked = work.get();
        Verdict wrong = check("jane", PASSWORD + " ", HERE);
        Verdict shifted = check("jane:jane", " looks at punches", HERE);

        // Then
        assertThat(elsewhere).isInstanceOf(Verdict.Accepted.class);
        assertThat(checked).isPositive();
        assertThat(wrong).isInstanceOf(Verdict.Refused.class);
        assertThat(shifted).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void one_who_is_at_work_is_not_thrown_out_by_guesses_from_elsewhere() {
        // Given
        check("jane", PASSWORD, HERE);
        guess("jane", 5, ELSEWHERE);

        // When
        Verdict atWork = check("jane", PASSWORD, HERE);
        Verdict guessed = check("jane", PASSWORD, ELSEWHERE);

        // Then
        assertThat(atWork).isInstanceOf(Verdict.Accepted.class);
        assertThat(guessed).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void being_remembered_is_no_way_around_the_lock_for_guesses_from_the_same_address() {
        // Given
        check("jane", PASSWORD, HERE);
        guess("jane", 5, HERE);

        // When
        Verdict verdict = check("jane", PASSWORD, HERE);

        // Then
        assertThat(verdict).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void what_others_mistype_behind_the_same_address_takes_nobody_out_of_memory() {
        // Given
        check("jane", PASSWORD, HERE);
        guess("omar", 2, HERE);
        guess("nobody", 2, HERE);
        work.set(0);

        // When
        Verdict verdict = check("jane", PASSWORD, HERE);

        // Then
        assertThat(verdict).isInstanceOf(Verdict.Accepted.class);
        assertThat(work).hasValue(0);
    }

    @Test
    void one_who_has_mistyped_and_then_not_is_remembered_again() {
        // Given
        guess("jane", 1, HERE);
        check("jane", PASSWORD, HERE);
        work.set(0);

        // When
        Verdict verdict = check("jane", PASSWORD, HERE);

        // Then
        assertThat(verdict).isInstanceOf(Verdict.Accepted.class);
        assertThat(work).hasValue(0);
    }

    @Test
    void a_locked_address_is_refused_whoever_is_remembered_there() {
        // Given
        check("jane", PASSWORD, HERE);
        guess("nobody", 20, HERE);

        // When
        Verdict verdict = check("jane", PASSWORD, HERE);

        // Then
        assertThat(verdict).isInstanceOf(Verdict.Refused.class);
    }

    /** Else the address would be told by its work who exists, and could keep bcrypt busy with one name for ever. */
    @ParameterizedTest
    @CsvSource({"jane, guess", "jane, jane looks at punches", "nobody, guess"})
    void an_address_is_locked_after_as_many_tries_whether_the_name_is_somebodys_or_not(String name, String password) {
        // Given
        guess(name, 5, HERE);
        for (int go = 5; go < 20; go++) {
            check(name, password, HERE);
        }
        long soFar = work.getAndSet(0);

        // When
        Verdict verdict = check(name, password, HERE);

        // Then
        assertThat(verdict).isInstanceOf(Verdict.Refused.class);
        assertThat(soFar).isEqualTo(20L << 13);
        assertThat(work).hasValue(0);
    }

    @Test
    void many_guesses_at_the_same_time_are_no_more_than_as_many_one_after_the_other() {
        // Given
        var guesses = IntStream.range(0, 20)
                .mapToObj(number -> logins.check(new BasicCredentials("jane", "guess " + number), "10.0.0." + number))
                .toList();

        // When
        Verdict right = check("jane", PASSWORD, HERE);

        // Then
        assertThat(right).isInstanceOf(Verdict.Refused.class);
        assertThat(guesses)
                .allSatisfy(
                        guess -> assertThat(guess.toCompletableFuture().join()).isInstanceOf(Verdict.Refused.class));
        assertThat(metrics.counter("punchbridge.logins", "outcome", "refused").count())
                .isEqualTo(5);
        assertThat(metrics.counter("punchbridge.logins", "outcome", "locked").count())
                .isEqualTo(16);
    }

    @Test
    void guessing_during_a_lock_out_does_not_prolong_it() {
        // Given
        guess("jane", 5, ELSEWHERE);
        clock.step(Duration.ofMinutes(14));
        guess("jane", 5, ELSEWHERE);
        clock.step(Duration.ofMinutes(1));

        // When
        Verdict verdict = check("jane", PASSWORD, HERE);

        // Then
        assertThat(verdict).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void a_right_password_ends_the_count_of_its_user_and_not_of_its_address() {
        // Given
        for (int round = 0; round < 5; round++) {
            guess("jane", 4, HERE);
            check("jane", PASSWORD, HERE);
        }

        // When
        Verdict here = check("omar", "omar acts", HERE);
        Verdict elsewhere = check("jane", PASSWORD, ELSEWHERE);

        // Then
        assertThat(here).isInstanceOf(Verdict.Refused.class);
        assertThat(elsewhere).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void a_password_that_is_longer_than_bcrypt_looks_is_wrong() {
        // Given
        String longest = "x".repeat(Logins.LONGEST_PASSWORD);
        Logins others = new Logins(
                new LoginSettings(List.of(user("jane", 10, longest)), 5, Duration.ofMinutes(15)),
                (password, hash) -> new String(password, UTF_8).startsWith(longest),
                clock,
                metrics);

        // When
        Verdict right = others.check(new BasicCredentials("jane", longest), HERE)
                .toCompletableFuture()
                .join();
        Verdict longer = others.check(new BasicCredentials("jane", longest + "y"), HERE)
                .toCompletableFuture()
                .join();
        others.stop();

        // Then
        assertThat(right).isInstanceOf(Verdict.Accepted.class);
        assertThat(longer).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void the_log_names_users_of_the_configuration_alone_and_never_a_password() {
        // Given
        try (LogLines log = new LogLines(LockOut.class)) {

            // When
            guess("jane", 5, HERE);
            guess("somebody's secret", 20, ELSEWHERE);

            // Then
            assertThat(log.take())
                    .hasSize(2)
                    .anySatisfy(line -> assertThat(line).contains("jane", "15M", HERE))
                    .anySatisfy(line -> assertThat(line).contains(ELSEWHERE))
                    .noneSatisfy(line -> assertThat(line).contains("guess 4"))
                    .noneSatisfy(line -> assertThat(line).contains("secret"));
        }
    }

    @Test
    void nothing_shows_a_password_or_a_hash() {
        // When
        String shown = new BasicCredentials("jane", PASSWORD) + " " + user("jane", 10, PASSWORD);

        // Then
        assertThat(shown).doesNotContain("punches", "$2b$");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.7, 10.0.0.7",
        "::ffff:10.0.0.7, 10.0.0.7",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2:0:0:0:0/64",
        "not.an.address, an unknown address",
    })
    void an_ipv6_network_is_one_address(String literal, String expected) {
        // When
        String address = PeerAddress.of(literal);

        // Then
        assertThat(address).isEqualTo(expected);
    }

    private void guess(String name, int times, String address) {
        for (int guess = 0; guess < times; guess++) {
            check(name, "guess " + guess, address);
        }
    }

    private Verdict check(String name, String password, String address) {
        return logins.check(new BasicCredentials(name, password), address)
                .toCompletableFuture()
                .join();
    }

    private boolean matches(byte[] password, String hash) {
        work.addAndGet(1L << Integer.parseInt(hash.substring(4, 6)));
        return hash.substring(7).equals(new String(password, UTF_8));
    }

    private static LoginSettings.User user(String name, int cost, String password) {
        return new LoginSettings.User(name, "$2b$" + cost + "$" + password, Role.OPERATOR);
    }
}
