package io.punchbridge.frappe;

import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.frappe.FakeSite.Asked;
import io.punchbridge.frappe.FrappeAnswer.Failure;
import io.punchbridge.frappe.FrappeAnswer.Success;
import io.punchbridge.punch.UserId;
import io.punchbridge.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectoryTest {
    private static final FrappeAnswer<Boolean> CHANGED = new Success<>(true);
    private static final FrappeAnswer<Boolean> UNCHANGED = new Success<>(false);
    private static final FrappeAnswer<Boolean> FAILED = new Failure<>(FakeSite.AWAY);

    private final FakeSite site = new FakeSite();
    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-24T06:00:00Z"));
    private final Directory directory = new Directory(site, clock);

    @Test
    void knowsNobodyBeforeItIsLoaded() {
        // When
        Optional<String> found = whoHas("1");

        // Then
        assertThat(found).isEmpty();
        assertThat(directory.isLoaded()).isFalse();
        assertThat(directory.loadedAt()).isNull();
        assertThat(directory.version()).isZero();
    }

    @Test
    void loadsAllPages() {
        // Given
        site.has("E1", "1").has("E2", "2").has("E3", null).has("E4", "4").has("E5", "5");

        // When
        FrappeAnswer<Boolean> answer = directory.refresh();

        // Then
        assertThat(answer).isEqualTo(CHANGED);
        assertThat(whoHas("1")).contains("E1");
        assertThat(whoHas("5")).contains("E5");
        assertThat(directory.size()).isEqualTo(4);
        assertThat(directory.isLoaded()).isTrue();
        assertThat(directory.loadedAt()).isEqualTo(clock.instant());
        assertThat(site.asked).containsExactly(new Asked(null, 0), new Asked(null, 2), new Asked(null, 4));
    }

    @Test
    void tellsWhoLacksADeviceIdAsLongAsItDoes() {
        // Given
        site.has("E1", "1").has("E2", null).has("E3", null);
        directory.refresh();
        site.has("E2", "2").has("E1", null);

        // When
        directory.refresh();

        // Then
        assertThat(directory.withoutDeviceId())
                .extracting(WithoutDeviceId::name)
                .containsExactlyInAnyOrder("E1", "E3");
        assertThat(directory.employees()).extracting(Employee::name).containsExactly("E2");
    }

    @Test
    void endsWhereTheLastPageIsFull() {
        // Given
        site.has("E1", "1").has("E2", "2");

        // When
        directory.refresh();

        // Then
        assertThat(site.asked).containsExactly(new Asked(null, 0), new Asked(null, 2));
        assertThat(directory.isLoaded()).isTrue();
    }

    @Test
    void isLoadedOfASiteWithoutEmployees() {
        // When
        FrappeAnswer<Boolean> answer = directory.refresh();

        // Then
        assertThat(answer).isEqualTo(CHANGED);
        assertThat(directory.isLoaded()).isTrue();
        assertThat(directory.size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "07", "007 x", "0007"})
    void anIdIsAnotherIfAZeroDiffers(String other) {
        // Given
        site.has("E1", " 007 ");
        directory.refresh();

        // When
        Optional<String> found = whoHas(other);

        // Then
        assertThat(found).isEmpty();
        assertThat(whoHas("007")).contains("E1");
    }

    @Test
    void asksOnlyForChangesAfterwards() {
        // Given
        site.has("E1", "1").has("E2", "2");
        directory.refresh();
        LocalDateTime newest = site.lastChange();
        site.asked.clear();
        site.has("E3", "3");

        // When
        FrappeAnswer<Boolean> answer = directory.refresh();

        // Then
        assertThat(answer).isEqualTo(CHANGED);
        assertThat(whoHas("3")).contains("E3");
        assertThat(whoHas("1")).contains("E1");
        assertThat(site.asked).containsExactly(new Asked(newest, 0), new Asked(newest, 2));
    }

    @Test
    void sayingTheSameAgainIsNoChange() {
        // Given
        site.has("E1", "1").has("E2", "2");
        directory.refresh();
        long version = directory.version();

        // When
        FrappeAnswer<Boolean> answer = directory.refresh();

        // Then
        assertThat(answer).isEqualTo(UNCHANGED);
        assertThat(directory.version()).isEqualTo(version);
    }

    @Test
    void forgetsAClearedId() {
        // Given
        site.has("E1", "1").has("E2", "2");
        directory.refresh();
        long version = directory.version();
        site.has("E1", null);

        // When
        FrappeAnswer<Boolean> answer = directory.refresh();

        // Then
        assertThat(answer).isEqualTo(CHANGED);
        assertThat(whoHas("1")).isEmpty();
        assertThat(directory.version()).isGreaterThan(version);
    }

    @Test
    void followsAnIdThatMovedToAnother() {
        // Given
        site.has("E1", "1").has("E2", "2");
        directory.refresh();
        site.has("E1", "9").has("E2", "1");

        // When
        directory.refresh();

        // Then
        assertThat(whoHas("1")).contains("E2");
        assertThat(whoHas("9")).contains("E1");
        assertThat(whoHas("2")).isEmpty();
    }

    @Test
    void followsTwoWhoSwappedTheirIds() {
        // Given
        site.has("E1", "1").has("E2", "2");
        directory.refresh();
        site.has("E2", "1").has("E1", "2");

        // When
        directory.refresh();

        // Then
        assertThat(whoHas("1")).contains("E2");
        assertThat(whoHas("2")).contains("E1");
    }

    @Test
    void noticesAChangedStatus() {
        // Given
        site.has("E1", "1");
        directory.refresh();
        site.has("E1", "1", "Left");

        // When
        FrappeAnswer<Boolean> answer = directory.refresh();

        // Then
        assertThat(answer).isEqualTo(CHANGED);
        assertThat(directory.find(new UserId("1"))).map(Employee::status).contains("Left");
    }

    @Test
    void asksForTheWholeListWhenAnEmployeeWasRenamed() {
        // Given
        site.has("E1", "1").has("E2", "2");
        directory.refresh();
        site.forgets("E1").has("E1-NEW", "1");

        // When
        directory.refresh();

        // Then
        assertThat(whoHas("1")).contains("E1-NEW");
        assertThat(directory.size()).isEqualTo(2);
    }

    @Test
    void nobodyHasAnIdThatTwoHave() {
        // Given
        site.has("E1", "1").has("E2", " 1").has("E3", "3");

        // When
        directory.refresh();

        // Then
        assertThat(whoHas("1")).isEmpty();
        assertThat(whoHas("3")).contains("E3");
    }

    @Test
    void theRemainingOneHasAnIdThatTwoHad() {
        // Given
        site.has("E1", "1").has("E2", " 1");
        directory.refresh();
        site.has("E2", null);

        // When
        directory.refresh();

        // Then
        assertThat(whoHas("1")).contains("E1");
    }

    @Test
    void forgetsTheDeletedWithTheNextWholeLoad() {
        // Given
        site.has("E1", "1").has("E2", "2");
        directory.refresh();
        site.forgets("E1");
        directory.refresh();
        clock.forward(Duration.ofHours(6));
        site.asked.clear();

        // When
        FrappeAnswer<Boolean> answer = directory.refresh();

        // Then
        assertThat(answer).isEqualTo(CHANGED);
        assertThat(whoHas("1")).isEmpty();
        assertThat(site.asked).containsExactly(new Asked(null, 0));
    }

    @Test
    void staysUnloadedAfterHalfALoad() {
        // Given
        site.has("E1", "1").has("E2", "2").has("E3", "3").failsAtOffset(2);

        // When
        FrappeAnswer<Boolean> answer = directory.refresh();

        // Then
        assertThat(answer).isEqualTo(FAILED);
        assertThat(directory.isLoaded()).isFalse();
        assertThat(whoHas("1")).isEmpty();
    }

    @Test
    void keepsWhatItKnowsThroughAFailureAndLosesNoChange() {
        // Given
        site.has("E1", "1").has("E2", "2").has("E3", "3");
        directory.refresh();
        long version = directory.version();
        site.has("E1", "11").has("E2", "22").has("E3", "33").failsAtOffset(2);

        // When
        FrappeAnswer<Boolean> answer = directory.refresh();

        // Then
        assertThat(answer).isEqualTo(FAILED);
        assertThat(whoHas("1")).contains("E1");
        assertThat(directory.version()).isEqualTo(version);
        site.recovers();
        assertThat(directory.refresh()).isEqualTo(CHANGED);
        assertThat(whoHas("11")).contains("E1");
        assertThat(whoHas("33")).contains("E3");
    }

    @Test
    void keepsWhatItKnowsThroughAFailedWholeLoad() {
        // Given
        site.has("E1", "1").has("E2", "2").has("E3", "3");
        directory.refresh();
        clock.forward(Duration.ofHours(7));
        site.failsAtOffset(2);

        // When
        FrappeAnswer<Boolean> answer = directory.refresh();

        // Then
        assertThat(answer).isEqualTo(FAILED);
        assertThat(whoHas("3")).contains("E3");
        assertThat(directory.loadedAt()).isEqualTo(clock.instant().minus(Duration.ofHours(7)));
    }

    @Test
    void asksOnAMissAtMostOnceAMinute() {
        // Given
        site.has("E1", "1");
        directory.refresh();
        clock.forward(Duration.ofSeconds(59));
        site.has("E2", "2");

        // When
        FrappeAnswer<Boolean> tooSoon = directory.refreshOnMiss();

        // Then
        assertThat(tooSoon).isEqualTo(UNCHANGED);
        assertThat(whoHas("2")).isEmpty();
        clock.forward(Duration.ofSeconds(1));
        assertThat(directory.refreshOnMiss()).isEqualTo(CHANGED);
        assertThat(whoHas("2")).contains("E2");
    }

    @Test
    void aFailedMissAlsoCounts() {
        // Given
        site.failsAtOffset(0);
        directory.refreshOnMiss();

        // When
        FrappeAnswer<Boolean> answer = directory.refreshOnMiss();

        // Then
        assertThat(answer).isEqualTo(UNCHANGED);
        assertThat(site.asked).hasSize(1);
    }

    @Test
    void aClockThatWasPutBackDoesNotSilenceIt() {
        // Given
        directory.refresh();
        clock.forward(Duration.ofHours(-1));
        site.asked.clear();

        // When
        directory.refreshOnMiss();

        // Then
        assertThat(site.asked).isNotEmpty();
    }

    private Optional<String> whoHas(String deviceId) {
        return directory.find(new UserId(deviceId)).map(Employee::name);
    }
}
