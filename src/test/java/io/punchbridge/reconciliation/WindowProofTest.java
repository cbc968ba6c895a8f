package io.punchbridge.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.gateway.LogPage;
import io.punchbridge.punch.Arrival;
import io.punchbridge.punch.Punch;
import io.punchbridge.punch.Source;
import io.punchbridge.reconciliation.WindowProof.Next;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WindowProofTest {
    private final WindowProof proof = new WindowProof();

    private static LogPage page(int from, int count, @Nullable Integer ofWindow, @Nullable String next) {
        List<Punch> rows = IntStream.range(from, from + count)
                .mapToObj(i -> FakeGateway.punch(Bench.OFFICE, Integer.toString(i), Bench.NOON.plusSeconds(i)))
                .toList();
        return page(rows, ofWindow, next);
    }

    private static LogPage page(List<Punch> rows, @Nullable Integer ofWindow, @Nullable String next) {
        return new LogPage(
                new Arrival(Source.LOAD_LOG, Bench.NOON, rows, List.of(), List.of()), rows.size(), ofWindow, next);
    }

    @Test
    void an_empty_window_is_whole() {
        // When
        Next next = proof.take(page(0, 0, null, null));

        // Then
        assertThat(next).isEqualTo(new Next.Whole());
    }

    @Test
    void a_page_with_an_offset_is_followed_by_the_next() {
        // When
        Next next = proof.take(page(0, 50, null, "50"));

        // Then
        assertThat(next).isEqualTo(new Next.Ask("50"));
    }

    @Test
    void a_gateway_that_pages_by_offset_ends_by_giving_none() {
        // Given
        proof.take(page(0, 50, null, "50"));

        // When
        Next next = proof.take(page(50, 50, null, null));

        // Then
        assertThat(next).isEqualTo(new Next.Whole());
    }

    @Test
    void fewer_rows_than_announced_are_no_whole_window() {
        // Given
        proof.take(page(0, 50, 118, "50"));

        // When
        Next next = proof.take(page(50, 50, 118, null));

        // Then
        assertThat(next).isEqualTo(new Next.Cut("announced 118 rows and gave 100"));
    }

    @Test
    void repeats_don_t_make_up_for_missing_rows() {
        // Given
        proof.take(page(0, 50, 60, "50"));

        // When
        Next next = proof.take(page(0, 50, 60, null));

        // Then
        assertThat(next).isEqualTo(new Next.Cut("announced 60 rows and gave 50"));
    }

    @Test
    void two_equal_rows_on_one_page_count_as_the_two_that_the_gateway_counted() {
        // Given
        List<Punch> rows = new ArrayList<>(page(0, 10, null, null).arrival().punches());
        rows.add(rows.get(3));

        // When
        Next next = proof.take(page(rows, 11, null));

        // Then
        assertThat(next).isEqualTo(new Next.Whole());
    }

    @Test
    void a_full_page_that_says_nothing_more_may_have_been_cut() {
        // When
        Next next = proof.take(page(0, 50, null, null));

        // Then
        assertThat(next).isInstanceOf(Next.Cut.class);
    }

    @Test
    void a_count_that_the_rows_themselves_refute_proves_nothing() {
        // When
        Next next = proof.take(page(0, 50, 0, null));

        // Then
        assertThat(next).isInstanceOf(Next.Cut.class);
    }

    @Test
    void what_is_all_by_the_count_is_not_asked_for_once_more() {
        // Given
        proof.take(page(0, 50, 68, "50"));

        // When
        Next next = proof.take(page(50, 18, 68, "68"));

        // Then
        assertThat(next).isEqualTo(new Next.Whole());
    }

    @Test
    void a_full_page_that_is_all_by_the_count_is_whole() {
        // When
        Next next = proof.take(page(0, 50, 50, null));

        // Then
        assertThat(next).isEqualTo(new Next.Whole());
    }

    @Test
    void a_page_with_room_left_on_it_is_the_last() {
        // When
        Next next = proof.take(page(0, 49, null, null));

        // Then
        assertThat(next).isEqualTo(new Next.Whole());
    }

    @Test
    void a_page_that_brings_nothing_new_ends_the_window() {
        // Given
        proof.take(page(0, 30, null, "30"));

        // When
        Next next = proof.take(page(0, 30, null, "30"));

        // Then
        assertThat(next).isEqualTo(new Next.Whole());
    }

    @Test
    void a_gateway_that_ignores_the_offset_proves_nothing_by_its_full_page() {
        // Given
        proof.take(page(0, 50, null, "50"));

        // When
        Next next = proof.take(page(0, 50, null, "50"));

        // Then
        assertThat(next).isInstanceOf(Next.Cut.class);
    }

    @Test
    void pages_without_end_are_given_up() {
        // Given
        for (int i = 1; i < WindowProof.MOST_PAGES; i++) {
            proof.take(page(i, 1, null, "more"));
        }

        // When
        Next next = proof.take(page(0, 1, null, "more"));

        // Then
        assertThat(next).isInstanceOf(Next.Cut.class);
    }
}
