package io.punchbridge.inbox;

import static io.punchbridge.inbox.Samples.NINE;
import static io.punchbridge.inbox.Samples.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.inbox.EventSearch.Page;
import io.punchbridge.punch.DeviceEvent;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.UserId;
import io.punchbridge.testing.SettableClock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What persons find among the stored events, on a real database. */
abstract class EventSearchContract {
    private static final SerialNumber HERE = new SerialNumber("SN-1");
    private static final SerialNumber ELSEWHERE = new SerialNumber("SN-2");

    final SettableClock clock = new SettableClock(NINE.plusSeconds(3600));

    @SuppressWarnings("NullAway.Init")
    SqlPunchStore store;

    /** Opens this test's database, which is empty at first. */
    abstract SqlPunchStore open();

    @BeforeEach
    void openStore() {
        store = open();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    private DeviceEvent stored(SerialNumber device, int number, int second) {
        DeviceEvent event = DeviceEvent.of(
                device, "UserUpdated", new UserId(Integer.toString(number)), null, "{\"n\":" + number + "}");
        store.append(List.of(event(NINE.plusSeconds(second), event)));
        return event;
    }

    private static List<DeviceEvent> walk(EventSearch search, @Nullable SerialNumber device, int limit) {
        List<DeviceEvent> walked = new ArrayList<>();
        Page page = search.page(device, null, limit);
        page.events().forEach(found -> walked.add(found.event()));
        while (page.next() != null) {
            page = search.page(device, page.next(), limit);
            page.events().forEach(found -> walked.add(found.event()));
        }
        return walked;
    }

    @Test
    void newestComeFirst() {
        // Given
        DeviceEvent first = stored(HERE, 1, 0);
        DeviceEvent second = stored(ELSEWHERE, 2, 1);

        // When
        Page page = new SqlEventSearch(store).page(null, null, 10);

        // Then
        assertThat(page.events())
                .containsExactly(new StoredEvent(second, NINE.plusSeconds(1)), new StoredEvent(first, NINE));
        assertThat(page.next()).isNull();
    }

    /** Several come in one millisecond, and pages end among them. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7})
    void pagesTogetherHoldEachEventOnce(int limit) {
        // Given
        List<DeviceEvent> all = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            all.add(stored(HERE, i, i / 5));
        }

        // When
        List<DeviceEvent> walked = walk(new SqlEventSearch(store), null, limit);

        // Then
        assertThat(walked).containsExactlyInAnyOrderElementsOf(all);
    }

    /** However few of the events that are looked at for a page are the device's. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 100})
    void thoseOfADeviceAreFoundWithABoundedLook(int lookedAt) {
        // Given
        List<DeviceEvent> here = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            if (i % 4 == 0) {
                here.add(stored(HERE, i, i / 5));
            } else {
                stored(ELSEWHERE, i, i / 5);
            }
        }

        // When
        List<DeviceEvent> walked = walk(new SqlEventSearch(store, lookedAt), HERE, 2);

        // Then
        assertThat(walked).containsExactlyInAnyOrderElementsOf(here);
    }

    @Test
    void aPageLooksAtSoManyAndNoMore() {
        // Given
        for (int i = 0; i < 5; i++) {
            stored(ELSEWHERE, i, 10 + i);
        }
        stored(HERE, 9, 0);

        // When
        Page page = new SqlEventSearch(store, 3).page(HERE, null, 10);

        // Then
        assertThat(page.events()).isEmpty();
        assertThat(page.next()).isNotNull();
    }
}
