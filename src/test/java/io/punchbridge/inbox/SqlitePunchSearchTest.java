package io.punchbridge.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SqlitePunchSearchTest extends PunchSearchContract {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Override
    SqlPunchStore open() {
        return SqlitePunchStore.open(directory.resolve("punchbridge.db"), clock, PunchStoreContract.LEASE);
    }

    @Override
    List<String> plan(String query) {
        return store.read(handle -> handle.createQuery("EXPLAIN QUERY PLAN " + query)
                .map((row, context) -> row.getString("detail"))
                .list());
    }

    @ParameterizedTest
    @MethodSource("questionsAboutUndelivered")
    void noQuestionAboutWhatIsNotDeliveredReadsDeliveredPunches(String query) {
        // When
        List<String> plan = plan(query);

        // Then
        assertThat(plan)
                .filteredOn(step -> step.contains(" punch"))
                .isNotEmpty()
                .allMatch(
                        step -> step.matches("SEARCH punch USING (COVERING )?INDEX punch_(pending|set_aside|held) .*"));
    }

    @ParameterizedTest
    @MethodSource("questionsAboutAll")
    void aQuestionAboutAllReadsAStretchOfThePrimaryKey(String query) {
        // When
        List<String> plan = plan(query);

        // Then
        assertThat(plan).containsExactly("SEARCH punch USING PRIMARY KEY (punch_key>? AND punch_key<?)");
    }

    @Test
    void theCountByHourReadsAStretchOfThePrimaryKeyOnceAndIndexesAlone() {
        // When
        List<String> plan = plan(questionByHour());

        // Then
        assertThat(plan)
                .filteredOn(step -> step.contains(" punch") && !step.contains("COVERING INDEX punch_"))
                .containsExactly("SEARCH punch USING PRIMARY KEY (punch_key>? AND punch_key<?)");
    }
}
