package io.punchbridge.inbox;

import static io.punchbridge.inbox.Samples.DEVICE;
import static io.punchbridge.inbox.Samples.NINE;
import static io.punchbridge.inbox.Samples.history;
import static io.punchbridge.inbox.Samples.live;
import static io.punchbridge.inbox.Samples.punch;
import static io.punchbridge.inbox.Samples.punches;
import static io.punchbridge.inbox.Samples.unreadable;
import static org.assertj.core.api.Assertions.assertThat;

import io.punchbridge.inbox.PunchSearch.Held;
import io.punchbridge.inbox.PunchSearch.HeldUser;
import io.punchbridge.inbox.PunchSearch.Hour;
import io.punchbridge.inbox.PunchSearch.Hourly;
import io.punchbridge.inbox.PunchSearch.Page;
import io.punchbridge.inbox.PunchSearch.Story;
import io.punchbridge.punch.Punch;
import io.punchbridge.punch.PunchDetails;
import io.punchbridge.punch.PunchKey;
import io.punchbridge.punch.PunchState;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.Source;
import io.punchbridge.punch.UnreadablePunch;
import io.punchbridge.punch.UserId;
import io.punchbridge.testing.SettableClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What persons find among the stored punches, on a real database. */
abstract class PunchSearchContract {
    private static final SerialNumber ELSEWHERE = new SerialNumber("SN-2");

    final SettableClock clock = new SettableClock(NINE.plusSeconds(3600));

    @SuppressWarnings("NullAway.Init")
    SqlPunchStore store;

    @SuppressWarnings("NullAway.Init")
    private PunchSearch search;

    /** Opens this test's database, which is empty at first. */
    abstract SqlPunchStore open();

    /** What the engine says how it goes about a query. */
    abstract List<String> plan(String query);

    @BeforeEach
    void openStore() {
        store = open();
        search = new SqlPunchSearch(store, clock);
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    private void stored(Punch... punches) {
        store.append(List.of(live(clock.instant(), punches)));
    }

    private void settled(PunchState state, String reason, Punch... punches) {
        stored(punches);
        store.claim(punches.length);
        store.settle(Stream.of(punches)
                .map(punch -> Settlement.withReason(punch.key(), state, reason))
                .toList());
    }

    private void delivered(String employee, Punch... punches) {
        stored(punches);
        store.claim(punches.length);
        store.settle(Stream.of(punches)
                .map(punch -> Settlement.delivered(
                        punch.key(), employee, "CKIN-" + punch.user().value()))
                .toList());
    }

    private static Punch at(SerialNumber device, String user, Instant at) {
        return Punch.of(device, new UserId(user), at, "CheckIn", PunchDetails.NONE);
    }

    private static PunchKey[] keys(Punch... punches) {
        return Stream.of(punches).map(Punch::key).toArray(PunchKey[]::new);
    }

    private List<PunchKey> found(PunchFilter filter) {
        return search.page(filter, null, 100).punches().stream()
                .map(StoredPunch::key)
                .toList();
    }

    /** Page after page to the last. */
    private List<PunchKey> walk(PunchSearch by, PunchFilter filter, int limit) {
        List<PunchKey> walked = new ArrayList<>();
        Page page = by.page(filter, null, limit);
        page.punches().forEach(punch -> walked.add(punch.key()));
        while (page.next() != null) {
            page = by.page(filter, page.next(), limit);
            page.punches().forEach(punch -> walked.add(punch.key()));
        }
        return walked;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 100})
    void pagesGiveEachPunchOnceNewestFirstAlsoThoseOfOneSecond(int limit) {
        // Given
        List<Punch> punches = new ArrayList<>(punches(5));
        IntStream.range(0, 6).forEach(i -> punches.add(punch("same-" + i, NINE.plusSeconds(2))));
        stored(punches.toArray(Punch[]::new));
        List<PunchKey> newestFirst = punches.stream()
                .map(Punch::key)
                .sorted(Comparator.comparing(PunchKey::value).reversed())
                .toList();

        // When
        List<PunchKey> walked = walk(search, PunchFilter.ALL, limit);

        // Then
        assertThat(walked).containsExactlyElementsOf(newestFirst);
    }

    @Test
    void whatIsStoredMeanwhileNeitherRepeatsNorHidesAnything() {
        // Given
        List<Punch> punches = punches(10);
        stored(punches.toArray(Punch[]::new));
        Page first = search.page(PunchFilter.ALL, null, 4);
        stored(punch("newer", NINE.plusSeconds(60)), punch("among the seen", NINE.plusSeconds(8)));

        // When
        Page second = search.page(PunchFilter.ALL, first.next(), 100);

        // Then
        assertThat(second.punches())
                .extracting(StoredPunch::key)
                .containsExactly(IntStream.rangeClosed(0, 5)
                        .mapToObj(i -> punches.get(5 - i).key())
                        .toArray(PunchKey[]::new));
        assertThat(second.next()).isNull();
    }

    @ParameterizedTest
    @EnumSource(PunchState.class)
    void punchesAreFoundByTheirState(PunchState state) {
        // Given
        for (PunchState each : PunchState.values()) {
            Punch punch = punch(each.name(), NINE);
            if (each == PunchState.DELIVERED) {
                delivered("HR-EMP-1", punch);
            } else if (each != PunchState.PENDING) {
                settled(each, "because", punch);
            }
        }
        stored(punch(PunchState.PENDING.name(), NINE));

        // When
        List<StoredPunch> found =
                search.page(PunchFilter.ALL.in(state), null, 100).punches();

        // Then
        assertThat(found).singleElement().satisfies(punch -> {
            assertThat(punch.state()).isEqualTo(state);
            assertThat(punch.user()).isEqualTo(new UserId(state.name()));
        });
    }

    @Test
    void severalStatesComeInOneOrderOfTime() {
        // Given
        Punch[] all = punches(5).toArray(Punch[]::new);
        settled(PunchState.REJECTED, "no", all[0], all[3]);
        settled(PunchState.HELD, "who?", all[2]);
        delivered("HR-EMP-1", all[1]);
        store.append(List.of(history(clock.instant(), all[4])));

        // When
        List<PunchKey> undelivered =
                walk(search, PunchFilter.ALL.in(PunchState.REJECTED, PunchState.HELD, PunchState.PENDING), 2);
        List<PunchKey> withDelivered = walk(search, PunchFilter.ALL.in(PunchState.REJECTED, PunchState.DELIVERED), 2);

        // Then
        assertThat(undelivered).containsExactly(keys(all[4], all[3], all[2], all[0]));
        assertThat(withDelivered).containsExactly(keys(all[3], all[1], all[0]));
    }

    @Test
    void punchesAreFoundByWhatIsKnownOfThem() {
        // Given
        Punch jane = punch("7", NINE.plusSeconds(1));
        Punch other = punch("8", NINE.plusSeconds(2));
        Punch elsewhere = at(ELSEWHERE, "7", NINE.plusSeconds(3));
        Punch refused = punch("9", NINE.plusSeconds(4));
        Punch logged = punch("10", NINE.plusSeconds(5));
        delivered("HR-EMP-7", jane);
        settled(PunchState.REJECTED, "Employee HR-9 is 100% In_active!", refused);
        stored(other, elsewhere);
        store.append(List.of(history(clock.instant(), logged)));
        PunchFilter all = PunchFilter.ALL;
        Set<PunchState> any = Set.of();

        // When
        List<List<PunchKey>> found = Stream.of(
                        new PunchFilter(any, null, new UserId("7"), null, null, null, null, null),
                        new PunchFilter(any, ELSEWHERE, null, null, null, null, null, null),
                        new PunchFilter(any, DEVICE, new UserId("7"), null, null, null, null, null),
                        new PunchFilter(any, null, null, "HR-EMP-7", null, null, null, null),
                        new PunchFilter(any, null, null, null, NINE.plusSeconds(2), NINE.plusSeconds(4), null, null),
                        new PunchFilter(
                                any, null, null, null, NINE.plusMillis(1001), NINE.plusMillis(3001), null, null),
                        new PunchFilter(any, null, null, null, null, null, "is 100% IN_ACTIVE!", null),
                        new PunchFilter(any, null, null, null, null, null, "100_", null),
                        new PunchFilter(any, null, null, null, null, null, null, Source.LOAD_LOG))
                .map(this::found)
                .toList();

        // Then
        assertThat(found)
                .containsExactly(
                        List.of(keys(elsewhere, jane)),
                        List.of(keys(elsewhere)),
                        List.of(keys(jane)),
                        List.of(keys(jane)),
                        List.of(keys(elsewhere, other)),
                        List.of(keys(elsewhere, other)),
                        List.of(keys(refused)),
                        List.of(),
                        List.of(keys(logged)));
        assertThat(found(all)).hasSize(5);
    }

    @Test
    void unreadablePunchesComeBehindAllOthersAndAreFoundByTheirTimeOrElseByWhenTheyCame() {
        // Given
        Punch readable = punch("7", NINE);
        UnreadablePunch timeless = UnreadablePunch.of(DEVICE, new UserId("7"), null, "no time", "{\"a\":1}");
        UnreadablePunch userless = UnreadablePunch.of(DEVICE, null, NINE.minusSeconds(60), "no user", "{\"a\":2}");
        stored(readable);
        store.append(List.of(unreadable(clock.instant(), timeless, userless)));
        PunchFilter since =
                new PunchFilter(Set.of(), null, null, null, clock.instant().minusSeconds(1), null, null, null);
        PunchFilter before = new PunchFilter(Set.of(), null, null, null, null, NINE, null, null);

        // When
        List<PunchKey> walked = walk(search, PunchFilter.ALL, 1);

        // Then
        assertThat(walked)
                .hasSize(3)
                .startsWith(readable.key())
                .containsExactlyInAnyOrder(readable.key(), timeless.key(), userless.key());
        assertThat(found(since)).containsExactly(timeless.key());
        assertThat(found(before)).containsExactly(userless.key());
        assertThat(found(PunchFilter.ALL.in(PunchState.QUARANTINED)))
                .containsExactlyInAnyOrder(timeless.key(), userless.key());
    }

    @Test
    void aPageLooksAtSoManyPunchesAndSaysWhereToGoOn() {
        // Given
        PunchSearch lazy = new SqlPunchSearch(store, clock, 3);
        List<Punch> punches = punches(10);
        stored(punches.toArray(Punch[]::new));
        PunchFilter first = new PunchFilter(Set.of(), null, new UserId("0"), null, null, null, null, null);

        // When
        Page page = lazy.page(first, null, 5);

        // Then
        assertThat(page).isEqualTo(new Page(List.of(), punches.get(7).key()));
        assertThat(walk(lazy, first, 5)).containsExactly(punches.get(0).key());
        assertThat(walk(lazy, PunchFilter.ALL, 5)).hasSize(10);
    }

    @Test
    void severalStatesArePutTogetherAcrossPages() {
        // Given
        PunchSearch lazy = new SqlPunchSearch(store, clock, 3);
        Punch[] all = punches(12).toArray(Punch[]::new);
        for (int i = 0; i < all.length; i++) {
            settled(i % 3 == 0 ? PunchState.HELD : PunchState.REJECTED, "because", all[i]);
        }
        PunchFilter both = PunchFilter.ALL.in(PunchState.HELD, PunchState.REJECTED);

        // When
        List<PunchKey> walked = walk(lazy, both, 4);

        // Then
        assertThat(walked)
                .containsExactly(
                        IntStream.range(0, 12).mapToObj(i -> all[11 - i].key()).toArray(PunchKey[]::new));
    }

    @Test
    void severalStatesLookNoFurtherThanTheNearestOfTheirWays() {
        // Given
        PunchSearch lazy = new SqlPunchSearch(store, clock, 3);
        Punch[] all = punches(12).toArray(Punch[]::new);
        for (int i = 0; i < all.length; i++) {
            settled(i % 3 == 0 ? PunchState.HELD : PunchState.REJECTED, "because", all[i]);
        }
        PunchFilter oldest = new PunchFilter(
                Set.of(PunchState.HELD, PunchState.REJECTED), null, new UserId("0"), null, null, null, null, null);

        // When
        Page page = lazy.page(oldest, null, 4);

        // Then
        assertThat(page).isEqualTo(new Page(List.of(), all[8].key()));
    }

    @Test
    void theStoryTellsAllThatIsRecorded() {
        // Given
        Punch near = punch("7", NINE);
        Punch doubtful = punch("8", NINE.plusSeconds(1));
        store.append(List.of(history(clock.instant(), near, doubtful)));
        store.claim(2);
        NearCheckin difference = new NearCheckin("IN", "OUT", -42);
        store.settle(List.of(
                Settlement.foundNear(near.key(), "HR-EMP-7", "CKIN-7", difference, "It stood there."),
                Settlement.inDoubt(
                        doubtful.key(), NINE.plusSeconds(30), clock.instant().plusSeconds(90))));

        // When
        Story delivered = search.story(near.key()).orElseThrow();
        Story waiting = search.story(doubtful.key()).orElseThrow();

        // Then
        assertThat(delivered.punch()).isEqualTo(store.find(near.key()).orElseThrow());
        assertThat(delivered.foundNear())
                .isEqualTo(new FoundNear.Found(near.key(), DEVICE, NINE, "CKIN-7", difference, clock.instant()));
        assertThat(delivered.actions()).isEmpty();
        assertThat(waiting.inDoubtSince()).isEqualTo(NINE.plusSeconds(30));
        assertThat(waiting.notBefore()).isEqualTo(clock.instant().plusSeconds(90));
        assertThat(waiting.claimed()).isFalse();
        assertThat(search.story(new PunchKey("20240917T090000Z-0"))).isEmpty();
    }

    @Test
    void aClaimedPunchIsOnItsWay() {
        // Given
        Punch punch = punch("7", NINE);
        stored(punch);
        store.claim(1);

        // When
        Story story = search.story(punch.key()).orElseThrow();

        // Then
        assertThat(story.claimed()).isTrue();
    }

    @Test
    void heldPunchesAreToldByUser() {
        // Given
        settled(PunchState.HELD, "who?", punch("7", NINE), punch("7", NINE.plusSeconds(9)), punch("8", NINE));
        settled(PunchState.HELD, "has left", at(ELSEWHERE, "7", NINE.plusSeconds(5)));
        settled(PunchState.REJECTED, "no", punch("7", NINE.plusSeconds(20)));

        // When
        Held held = search.held();

        // Then
        assertThat(held)
                .isEqualTo(new Held(
                        List.of(
                                new HeldUser(
                                        new UserId("7"),
                                        3,
                                        NINE,
                                        NINE.plusSeconds(9),
                                        List.of(ELSEWHERE, DEVICE),
                                        List.of("has left", "who?")),
                                new HeldUser(new UserId("8"), 1, NINE, NINE, List.of(DEVICE), List.of("who?"))),
                        true));
    }

    @Test
    void beyondTheNewestThatAreLookedAtHeldPunchesOfAUserAreCountedAsAnActionFindsThem() {
        // Given
        settled(
                PunchState.HELD,
                "who?",
                punch("8", NINE),
                punch("8", NINE.plusSeconds(1)),
                punch("8", NINE.plusSeconds(2)));
        settled(PunchState.HELD, "who?", punch("9", NINE.plusSeconds(3)), punch("9", NINE.plusSeconds(4)));
        settled(PunchState.HELD, "who?", punch("8", NINE.plusSeconds(5)));
        settled(PunchState.HELD, "who?", punch("7", NINE.minusSeconds(1)));
        PunchSearch lazy = new SqlPunchSearch(store, clock, SqlPunchSearch.LOOKED_AT, 4, 3);

        // When
        Held held = lazy.held();

        // Then
        assertThat(held.complete()).isFalse();
        assertThat(held.users())
                .containsExactly(
                        new HeldUser(new UserId("8"), 4, NINE, NINE.plusSeconds(5), List.of(DEVICE), List.of("who?")),
                        new HeldUser(
                                new UserId("9"),
                                2,
                                NINE.plusSeconds(3),
                                NINE.plusSeconds(4),
                                List.of(DEVICE),
                                List.of("who?")));
        assertThat(held.users())
                .allSatisfy(user -> assertThat(new SqlActions(store, clock, () -> {})
                                .replayable(
                                        new PunchFilter(
                                                Set.of(PunchState.HELD),
                                                null,
                                                user.user(),
                                                null,
                                                null,
                                                null,
                                                null,
                                                null),
                                        100))
                        .hasSize((int) user.punches()));
    }

    @Test
    void heldUsersAreAllToldWhereTheNewestPunchesNameThemAll() {
        // Given
        settled(
                PunchState.HELD,
                "who?",
                punch("8", NINE),
                punch("8", NINE.plusSeconds(1)),
                punch("8", NINE.plusSeconds(2)));
        settled(PunchState.HELD, "who?", punch("9", NINE.plusSeconds(3)));
        PunchSearch lazy = new SqlPunchSearch(store, clock, SqlPunchSearch.LOOKED_AT, 4, 2);

        // When
        Held held = lazy.held();

        // Then
        assertThat(held.complete()).isTrue();
        assertThat(held.users()).extracting(HeldUser::punches).containsExactly(3L, 1L);
    }

    @Test
    void usersWithHeldPunchesAreCountedOnceEachAndNoFurtherThanAsked() {
        // Given
        settled(
                PunchState.HELD,
                "who?",
                punch("7", NINE),
                punch("7", NINE.plusSeconds(9)),
                punch("8", NINE),
                punch("9", NINE));
        settled(PunchState.REJECTED, "no", punch("10", NINE));

        // When
        List<Integer> counts = List.of(search.heldUsers(100), search.heldUsers(3), search.heldUsers(1));

        // Then
        assertThat(counts).containsExactly(3, 3, 2);
    }

    @Test
    void whereNothingIsHeldThereAreNoUsers() {
        // When
        int users = search.heldUsers(100);

        // Then
        assertThat(users).isZero();
    }

    @Test
    void punchesAreCountedByTheHourInWhichTheyWereMade() {
        // Given
        Instant from = NINE.minusSeconds(1800);
        delivered("HR-EMP-1", punch("first second", from), punch("last second", from.plusSeconds(3599)));
        settled(PunchState.HELD, "who?", punch("held", from.plusSeconds(7199)));
        stored(punch("next hour", from.plusSeconds(3600)), punch("too late", from.plusSeconds(7200)));
        stored(punch("too early", from.minusSeconds(1)));
        store.append(List.of(unreadable(
                clock.instant(), UnreadablePunch.of(DEVICE, new UserId("7"), null, "no time", "{\"LogTime\":\"\"}"))));

        // When
        Hourly hourly = search.hourly(from, from.plusSeconds(7200));

        // Then
        assertThat(hourly)
                .isEqualTo(new Hourly(
                        List.of(
                                new Hour(from, Map.of(PunchState.DELIVERED, 2L)),
                                new Hour(from.plusSeconds(3600), Map.of(PunchState.PENDING, 1L, PunchState.HELD, 1L))),
                        true));
    }

    @Test
    void ofMorePunchesThanMayBeCountedTheNewestAre() {
        // Given
        stored(punches(10).toArray(Punch[]::new));
        PunchSearch few = new SqlPunchSearch(store, clock, SqlPunchSearch.LOOKED_AT, 4, 100);

        // When
        Hourly hourly = few.hourly(NINE.minusSeconds(3595), NINE.plusSeconds(3600));

        // Then
        assertThat(hourly)
                .isEqualTo(new Hourly(List.of(new Hour(NINE.plusSeconds(5), Map.of(PunchState.PENDING, 4L))), false));
    }

    static Stream<String> questionsAboutUndelivered() {
        return Stream.concat(
                        Stream.of(Lane.values())
                                .filter(lane -> lane != Lane.EVERY)
                                .flatMap(lane -> Stream.of(lane.stretch, lane.rows("*", " AND user_id = '7'"))),
                        Stream.of(SqlHeld.HELD, SqlHeld.HELD_OF_A_USER, SqlHeld.HELD_USERS))
                .map(PunchSearchContract::bound);
    }

    static Stream<String> questionsAboutAll() {
        return Stream.of(Lane.EVERY.stretch, Lane.EVERY.rows("*", " AND user_id = '7'"))
                .map(PunchSearchContract::bound);
    }

    static String questionByHour() {
        return bound(SqlHourly.OF_AN_HOUR);
    }

    private static String bound(String query) {
        return query.replaceAll(":start\\b", "1704067200000")
                .replaceAll(":before\\b", "'20240102'")
                .replaceAll(":from\\b", "'20240101'")
                .replaceAll(":user\\b", "'7'")
                .replaceAll(":(limit|skip)\\b", "50");
    }

    /** So many that a planner cares: most are delivered, some of the rest in each state. */
    void fill() {
        store.write(handle -> handle.execute("""
                INSERT INTO punch (punch_key, device, user_id, punched_at, type, source, priority, received_at, state)
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000)
                SELECT '202401' || CASE WHEN i % 28 < 9 THEN '0' ELSE '' END || (1 + i % 28) || 'T' || (100000 + i) || 'Z-x', 'SN', '' || (i % 300),
                    1704067200000 + i, 'CHECK_IN', 'CALLBACK', i % 2, 0,
                    CASE i % 60 WHEN 0 THEN 'PENDING' WHEN 1 THEN 'PENDING' WHEN 2 THEN 'HELD' WHEN 3 THEN 'REJECTED'
                        WHEN 4 THEN 'IGNORED' WHEN 5 THEN 'QUARANTINED' ELSE 'DELIVERED' END
                FROM n"""));
    }
}
