package io.punchbridge.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PostgresPunchSearchTest extends PunchSearchContract {
    private final PostgresSettings database = PostgresServer.newDatabase();

    @Override
    SqlPunchStore open() {
        return PostgresPunchStore.open(database, clock, PunchStoreContract.LEASE);
    }

    @Override
    List<String> plan(String query) {
        fill();
        store.write(handle -> handle.execute("ANALYZE punch"));
        return store.read(handle ->
                handle.createQuery("EXPLAIN " + query).mapTo(String.class).list());
    }

    @ParameterizedTest
    @MethodSource("questionsAboutUndelivered")
    void noQuestionAboutWhatIsNotDeliveredReadsDeliveredPunches(String query) {
        // When
        List<String> plan = plan(query);

        // Then
        assertThat(plan)
                .filteredOn(
                        step -> step.contains("Scan") && step.contains(" punch") && !step.contains("Bitmap Heap Scan"))
                .isNotEmpty()
                .allMatch(
                        step -> step.matches(".*(using|on) punch_(pending|pending_age|set_aside|held) .*"),
                        "by a partial index");
    }

    @ParameterizedTest
    @MethodSource("questionsAboutAll")
    void aQuestionAboutAllReadsAStretchOfThePrimaryKey(String query) {
        // When
        List<String> plan = plan(query);

        // Then
        assertThat(plan).anyMatch(step -> step.contains("punch_pkey"));
        assertThat(plan).anyMatch(step -> step.contains("Index Cond: ((punch_key < '20240102'"));
        assertThat(plan).noneMatch(step -> step.contains("Seq Scan"));
    }

    @Test
    void theCountByHourReadsAStretchOfThePrimaryKey() {
        // When
        List<String> plan = plan(questionByHour());

        // Then
        assertThat(plan).anyMatch(step -> step.contains("punch_pkey"));
        assertThat(plan).anyMatch(step -> step.contains("Index Cond: ((punch_key < '20240102'"));
        assertThat(plan).noneMatch(step -> step.contains("Seq Scan"));
    }
}
