package io.punchbridge.inbox;

import static io.punchbridge.inbox.Samples.DEVICE;
import static io.punchbridge.inbox.Samples.NINE;
import static io.punchbridge.inbox.Samples.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.punchbridge.inbox.KnownUser.Origin;
import io.punchbridge.inbox.UserCommand.Order;
import io.punchbridge.inbox.UserCommand.State;
import io.punchbridge.inbox.UserCommands.Wish;
import io.punchbridge.punch.DeviceEvent;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.UserId;
import io.punchbridge.testing.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the picture of the devices' users and the queue of commands promise, shown on the real database. */
abstract class RosterTablesContract {
    private static final SerialNumber OTHER = new SerialNumber("ZZ-OTHER");
    private static final Instant LONG_AGO = Instant.EPOCH;
    private static final int MANY = 1000;

    final SettableClock clock = new SettableClock(NINE);

    @SuppressWarnings("NullAway.Init")
    private PunchStore store;

    @SuppressWarnings("NullAway.Init")
    private KnownUsers users;

    @SuppressWarnings("NullAway.Init")
    private UserCommands commands;

    abstract PunchStore open();

    @BeforeEach
    void openStore() {
        store = open();
        users = new SqlKnownUsers((Transactions) store, clock);
        commands = new SqlUserCommands((Transactions) store, clock);
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    private void reopen() {
        store.close();
        openStore();
    }

    // --- the picture

    private static DeviceEvent updated(String user, String name, @Nullable Boolean admin, int number) {
        return DeviceEvent.of(DEVICE, "UserUpdated", new UserId(user), "op-" + number, name + "/" + admin);
    }

    private static DeviceEvent deleted(String user, int number) {
        return DeviceEvent.of(DEVICE, "UserDeleted", new UserId(user), "op-" + number, "");
    }

    private void arrive(Instant at, DeviceEvent... events) {
        store.append(List.of(event(at, events)));
    }

    private static Optional<UserNews> news(StoredEvent stored) {
        DeviceEvent event = stored.event();
        UserId user = event.user();
        if (user == null) {
            return Optional.empty();
        }
        int slash = event.content().indexOf('/');
        String admin = event.content().substring(slash + 1);
        return Optional.of(
                event.operation().equals("UserDeleted")
                        ? new UserNews(DEVICE, user, true, null, null)
                        : new UserNews(
                                DEVICE,
                                user,
                                false,
                                event.content().substring(0, slash),
                                admin.equals("null") ? null : Boolean.valueOf(admin)));
    }

    private void takeAll() {
        users.takeEvents(MANY, RosterTablesContract::news);
    }

    private KnownUser user(String id) {
        return users.ofDevice(DEVICE).stream()
                .filter(known -> known.user().value().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void events_make_the_picture() {
        // Given
        arrive(NINE, updated("7", "Ann Kamau", true, 1));
        arrive(NINE.plusSeconds(1), updated("8", "Bob Otieno", false, 2));
        arrive(NINE.plusSeconds(2), deleted("8", 3));

        // When
        takeAll();

        // Then
        assertThat(users.ofDevice(DEVICE))
                .containsExactly(
                        new KnownUser(DEVICE, new UserId("7"), true, "Ann Kamau", true, Origin.EVENT, NINE),
                        new KnownUser(DEVICE, new UserId("8"), false, null, null, Origin.EVENT, NINE.plusSeconds(2)));
    }

    @Test
    void each_event_is_read_once_in_order_however_small_the_steps() {
        // Given
        for (int i = 0; i < 20; i++) {
            arrive(NINE.plusSeconds(i), updated("7", "Name" + i, false, i));
        }
        List<String> read = new ArrayList<>();

        // When
        int taken = 3;
        while (taken == 3) {
            taken = users.takeEvents(3, stored -> {
                read.add(stored.event().content());
                return news(stored);
            });
        }

        // Then
        assertThat(read)
                .isEqualTo(IntStream.range(0, 20)
                        .mapToObj(i -> "Name" + i + "/false")
                        .toList());
        assertThat(user("7").name()).isEqualTo("Name19");
        assertThat(users.takeEvents(MANY, RosterTablesContract::news)).isZero();
    }

    @Test
    void a_reading_that_breaks_off_has_taken_nothing() {
        // Given
        arrive(NINE, updated("7", "Ann", false, 1));
        arrive(NINE.plusSeconds(1), updated("8", "Bob", false, 2));
        assertThatThrownBy(() -> users.takeEvents(MANY, stored -> {
                    if (stored.event().content().startsWith("Bob")) {
                        throw new IllegalStateException("as a crash in the middle");
                    }
                    return news(stored);
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(users.ofDevice(DEVICE)).isEmpty();
        reopen();

        // When
        int taken = users.takeEvents(MANY, RosterTablesContract::news);

        // Then
        assertThat(taken).isEqualTo(2);
        assertThat(users.ofDevice(DEVICE)).extracting(KnownUser::name).containsExactly("Ann", "Bob");
    }

    @Test
    void an_event_that_was_committed_late_is_not_passed_over_and_undoes_nothing_newer() {
        // Given
        arrive(NINE.plusSeconds(10), deleted("7", 2));
        takeAll();
        arrive(NINE, updated("7", "Ann", true, 1), updated("8", "Bob", false, 3));

        // When
        takeAll();

        // Then
        assertThat(user("7").present()).isFalse();
        assertThat(user("8").present()).isTrue();
    }

    @Test
    void what_an_event_does_not_say_stays_known() {
        // Given
        users.replace(DEVICE, List.of(new UserNews(DEVICE, new UserId("7"), false, "Ann", true)), NINE);
        arrive(NINE.plusSeconds(1), updated("7", "x", null, 1));

        // When
        users.takeEvents(MANY, stored -> Optional.of(new UserNews(DEVICE, new UserId("7"), false, null, null)));

        // Then
        assertThat(user("7").name()).isEqualTo("Ann");
        assertThat(user("7").admin()).isTrue();
    }

    @Test
    void what_came_late_still_says_who_is_an_administrator_where_nothing_newer_did() {
        // Given
        users.replace(DEVICE, List.of(new UserNews(DEVICE, new UserId("7"), false, "Ann", null)), NINE.plusSeconds(10));
        arrive(NINE, updated("7", "Anne", true, 1));

        // When
        takeAll();

        // Then
        assertThat(user("7").admin()).isTrue();
        assertThat(user("7").name()).isEqualTo("Ann");
    }

    @Test
    void who_is_not_in_the_devices_list_is_gone_but_stays_known_as_administrator() {
        // Given
        arrive(NINE, updated("7", "Ann", true, 1));
        arrive(NINE.plusSeconds(60), updated("9", "Cyd", false, 2));
        takeAll();

        // When
        users.replace(DEVICE, List.of(new UserNews(DEVICE, new UserId("8"), false, "Bob", null)), NINE.plusSeconds(30));

        // Then
        assertThat(user("7").present()).isFalse();
        assertThat(user("7").name()).isNull();
        assertThat(user("7").admin()).isTrue();
        assertThat(user("8").present()).isTrue();
        assertThat(user("9").present()).isTrue();
    }

    @Test
    void a_privilege_that_nobody_said_is_unknown_and_one_that_is_known_no_list_takes_away() {
        // Given
        arrive(NINE, updated("7", "Ann", true, 1), updated("8", "Bob", false, 2));
        takeAll();

        // When
        users.replace(
                DEVICE,
                List.of(
                        new UserNews(DEVICE, new UserId("7"), false, "Ann", false),
                        new UserNews(DEVICE, new UserId("8"), false, "Bob", null),
                        new UserNews(DEVICE, new UserId("9"), false, "Cyd", null)),
                NINE.plusSeconds(1));

        // Then
        assertThat(users.ofDevice(DEVICE)).extracting(KnownUser::admin).containsExactly(true, false, null);
    }

    private static UserNews called(SerialNumber device, String user, @Nullable String name) {
        return new UserNews(device, new UserId(user), false, name, null);
    }

    @Test
    void who_is_called_by_a_name_is_told_once_however_many_devices_do_so() {
        // Given
        users.replace(
                DEVICE,
                List.of(called(DEVICE, "7", "Ann"), called(DEVICE, "8", null), called(DEVICE, "9", "Bo")),
                NINE);
        users.replace(OTHER, List.of(called(OTHER, "7", "Ann K."), called(OTHER, "6", "Cy")), NINE);

        // When
        List<UserId> all = users.called(10);

        // Then
        assertThat(all).extracting(UserId::value).containsExactly("6", "7", "9");
        assertThat(users.called(2)).extracting(UserId::value).containsExactly("6", "7");
    }

    @Test
    void names_are_told_of_the_users_and_devices_that_are_asked_for() {
        // Given
        users.replace(
                DEVICE,
                List.of(called(DEVICE, "7", "Ann"), called(DEVICE, "8", null), called(DEVICE, "9", "Bo")),
                NINE);
        users.replace(OTHER, List.of(called(OTHER, "7", "Ann K."), called(OTHER, "6", "Cy")), NINE);

        // When
        List<KnownUser> both =
                users.named(List.of(DEVICE, OTHER), List.of(new UserId("8"), new UserId("7"), new UserId("6")));

        // Then
        assertThat(both).extracting(KnownUser::name).containsExactlyInAnyOrder("Cy", "Ann", "Ann K.");
        assertThat(users.named(List.of(OTHER), List.of(new UserId("7"))))
                .extracting(KnownUser::name)
                .containsExactly("Ann K.");
        assertThat(users.named(List.of(), List.of(new UserId("7")))).isEmpty();
        assertThat(users.named(List.of(DEVICE), List.of())).isEmpty();
    }

    @Test
    void of_a_user_of_many_devices_the_first_devices_tell_the_name() {
        // Given
        List<SerialNumber> many = IntStream.range(0, KnownUsers.DEVICES_OF_A_USER + 5)
                .mapToObj(i -> new SerialNumber("SN-" + (100 + i)))
                .toList();
        many.forEach(device -> users.replace(device, List.of(called(device, "7", "Ann")), NINE));

        // When
        List<KnownUser> named = users.named(many, List.of(new UserId("7")));

        // Then
        assertThat(named)
                .extracting(KnownUser::device)
                .containsExactlyElementsOf(many.subList(0, KnownUsers.DEVICES_OF_A_USER));
    }

    @Test
    void more_users_than_one_query_takes_are_all_told() {
        // Given
        List<UserNews> many = IntStream.range(0, 1100)
                .mapToObj(i -> called(DEVICE, Integer.toString(10_000 + i), "Name " + i))
                .toList();
        users.replace(DEVICE, many, NINE);

        // When
        List<KnownUser> named =
                users.named(List.of(DEVICE), many.stream().map(UserNews::user).toList());

        // Then
        assertThat(named).hasSize(1100);
    }

    @Test
    void a_device_lists_its_own_users_only() {
        // Given
        users.replace(OTHER, List.of(new UserNews(OTHER, new UserId("7"), false, "Ann", null)), NINE);

        // When
        users.replace(DEVICE, List.of(), NINE.plusSeconds(1));

        // Then
        assertThat(users.ofDevice(OTHER)).hasSize(1).allMatch(KnownUser::present);
    }

    @Test
    void what_was_learned_by_a_clock_that_went_back_does_not_stand_for_ever() {
        // Given
        users.replace(
                DEVICE,
                List.of(new UserNews(DEVICE, new UserId("7"), false, "Ann", null)),
                NINE.plus(Duration.ofDays(365)));
        arrive(NINE.plusSeconds(1), deleted("7", 1));

        // When
        takeAll();

        // Then
        assertThat(user("7").present()).isFalse();
    }

    @Test
    void forgets_who_is_gone_for_long() {
        // Given
        arrive(NINE, deleted("7", 1), updated("8", "Bob", false, 2));
        takeAll();

        // When
        int forgotten = users.forgetGone(NINE.plusSeconds(1));

        // Then
        assertThat(forgotten).isEqualTo(1);
        assertThat(users.ofDevice(DEVICE))
                .extracting(known -> known.user().value())
                .containsExactly("8");
    }

    // --- the queue

    private static Order put(String user, String name) {
        return Order.put(DEVICE, new UserId(user), name, "", false);
    }

    private static Order delete(String user) {
        return Order.delete(DEVICE, new UserId(user), false);
    }

    private static List<Wish> wishes(Order... orders) {
        return List.of(orders).stream().map(order -> new Wish(order, LONG_AGO)).toList();
    }

    private void plan(Order... orders) {
        commands.plan(DEVICE, wishes(orders), LONG_AGO);
    }

    private UserCommand next() {
        return commands.next(MANY, LONG_AGO).orElseThrow();
    }

    private boolean nothingIsDue() {
        return commands.next(MANY, LONG_AGO).isEmpty();
    }

    private UserCommand command(String user) {
        return commands.ofDevice(DEVICE).stream()
                .filter(command -> command.order().user().value().equals(user))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void sends_additions_before_deletions_and_marks_each_as_sent() {
        // Given
        plan(delete("1"), put("2", "Bob"));

        // When
        List<UserCommand> sent = List.of(next(), next());

        // Then
        assertThat(sent).extracting(UserCommand::order).containsExactly(put("2", "Bob"), delete("1"));
        assertThat(sent).extracting(UserCommand::attempts).containsOnly(1);
        assertThat(commands.counts()).containsEntry(State.SENT, 2L).containsEntry(State.QUEUED, 0L);
        assertThat(nothingIsDue()).isTrue();
    }

    @Test
    void a_newer_wish_replaces_a_queued_one() {
        // Given
        plan(put("1", "Ann"));

        // When
        plan(put("1", "Anne"));

        // Then
        assertThat(commands.ofDevice(DEVICE)).extracting(UserCommand::order).containsExactly(put("1", "Anne"));
    }

    @Test
    void what_is_wanted_no_more_is_withdrawn() {
        // Given
        plan(put("1", "Ann"), delete("2"), delete("3"));
        UserCommand first = next();

        // When
        plan(delete("3"));

        // Then
        assertThat(first.order().user().value()).isEqualTo("1");
        assertThat(commands.ofDevice(DEVICE))
                .extracting(command -> command.order().user().value() + " " + command.state())
                .containsExactly("1 SENT", "3 QUEUED");
    }

    @Test
    void a_plan_leaves_alone_what_is_on_its_way() {
        // Given
        plan(put("1", "Ann"));
        next();

        // When
        plan(delete("1"));

        // Then
        assertThat(command("1").order()).isEqualTo(put("1", "Ann"));
        assertThat(command("1").state()).isEqualTo(State.SENT);
    }

    @Test
    void what_is_done_is_in_the_picture() {
        // Given
        plan(Order.put(DEVICE, new UserId("1"), "Ann", "Kamau", true));

        // When
        commands.done(next());

        // Then
        assertThat(command("1").state()).isEqualTo(State.DONE);
        assertThat(users.ofDevice(DEVICE))
                .containsExactly(new KnownUser(DEVICE, new UserId("1"), true, "Ann Kamau", true, Origin.COMMAND, NINE));
    }

    @Test
    void what_we_put_as_a_plain_user_does_not_teach_that_it_is_none_of_the_administrators() {
        // Given
        plan(put("1", "Ann"), put("2", "Bob"));
        arrive(NINE.minusSeconds(1), updated("1", "Ann", true, 1));
        takeAll();
        commands.done(next());

        // When
        commands.done(next());

        // Then
        assertThat(user("1").admin()).isTrue();
        assertThat(user("2").admin()).isNull();
    }

    @Test
    void a_done_deletion_takes_the_user_out_of_the_picture() {
        // Given
        arrive(NINE, updated("1", "Ann", true, 1));
        takeAll();
        clock.forward(Duration.ofSeconds(30));
        plan(delete("1"));

        // When
        commands.done(next());

        // Then
        assertThat(user("1").present()).isFalse();
        assertThat(user("1").name()).isNull();
        assertThat(user("1").admin()).isNull();
    }

    @Test
    void a_crash_between_sending_and_answer_sends_again_after_the_lease() {
        // Given
        plan(put("1", "Ann"));
        next();
        reopen();
        clock.forward(UserCommands.LEASE.minusSeconds(1));
        assertThat(nothingIsDue()).isTrue();
        clock.forward(Duration.ofSeconds(1));

        // When
        UserCommand again = next();

        // Then
        assertThat(again.order()).isEqualTo(put("1", "Ann"));
        assertThat(again.attempts()).isEqualTo(2);
    }

    @Test
    void what_is_on_its_way_and_wanted_no_more_is_not_sent_again() {
        // Given
        plan(put("1", "Ann"), put("2", "Bob"));
        next();
        next();
        plan(put("2", "Rob"));
        clock.forward(UserCommands.LEASE);

        // When
        Optional<UserCommand> again = commands.next(MANY, NINE);

        // Then
        assertThat(again).isEmpty();
    }

    @Test
    void what_was_sent_and_no_plan_renewed_is_not_sent_again() {
        // Given
        plan(put("1", "Ann"));
        next();
        clock.forward(Duration.ofDays(2));
        Instant dayAgo = clock.instant().minus(Duration.ofDays(1));
        assertThat(commands.next(MANY, dayAgo)).isEmpty();
        plan(put("1", "Ann"));

        // When
        Optional<UserCommand> again = commands.next(MANY, dayAgo);

        // Then
        assertThat(again).isPresent();
    }

    @Test
    void a_plan_replaces_and_withdraws_what_was_sent_when_the_lease_is_over() {
        // Given
        plan(put("1", "Ann"), put("2", "Bob"));
        UserCommand first = next();
        next();
        clock.forward(UserCommands.LEASE);

        // When
        plan(delete("1"));

        // Then
        assertThat(commands.ofDevice(DEVICE)).extracting(UserCommand::order).containsExactly(delete("1"));
        assertThat(command("1").state()).isEqualTo(State.QUEUED);
        next();
        commands.givenUp(first, "an answer to the replaced command");
        assertThat(command("1").state()).isEqualTo(State.SENT);
    }

    @Test
    void an_answer_after_the_lease_does_not_settle_the_newer_sending() {
        // Given
        plan(put("1", "Ann"));
        UserCommand first = next();
        clock.forward(UserCommands.LEASE);
        next();

        // When
        commands.givenUp(first, "too late");

        // Then
        assertThat(command("1").state()).isEqualTo(State.SENT);
    }

    @Test
    void a_failed_command_holds_its_device_up_until_it_is_due_again() {
        // Given
        plan(put("1", "Ann"), put("2", "Bob"));
        commands.plan(
                OTHER, List.of(new Wish(Order.put(OTHER, new UserId("5"), "Eve", "", false), LONG_AGO)), LONG_AGO);
        commands.failed(next(), NINE.plusSeconds(60), "offline");
        assertThat(next().order().device()).isEqualTo(OTHER);
        assertThat(nothingIsDue()).isTrue();
        clock.forward(Duration.ofSeconds(60));

        // When
        List<UserCommand> due = List.of(next(), next());

        // Then
        assertThat(due).extracting(command -> command.order().user().value()).containsExactlyInAnyOrder("1", "2");
        assertThat(command("1").reason()).isEqualTo("offline");
    }

    @Test
    void no_more_are_sent_in_a_minute_than_allowed_even_after_a_restart() {
        // Given
        plan(put("1", "Ann"), put("2", "Bob"), put("3", "Cyd"));
        commands.done(commands.next(2, LONG_AGO).orElseThrow());
        reopen();
        commands.done(commands.next(2, LONG_AGO).orElseThrow());
        assertThat(commands.next(2, LONG_AGO)).isEmpty();
        clock.forward(Duration.ofSeconds(59));
        assertThat(commands.next(2, LONG_AGO)).isEmpty();
        clock.forward(Duration.ofSeconds(1));

        // When
        Optional<UserCommand> third = commands.next(2, LONG_AGO);

        // Then
        assertThat(third).isPresent();
    }

    @Test
    void a_stale_wish_is_not_sent_before_a_plan_renews_it() {
        // Given
        plan(delete("1"));
        clock.forward(Duration.ofDays(2));
        Instant dayAgo = clock.instant().minus(Duration.ofDays(1));
        assertThat(commands.next(MANY, dayAgo)).isEmpty();
        plan(delete("1"));

        // When
        Optional<UserCommand> due = commands.next(MANY, dayAgo);

        // Then
        assertThat(due).isPresent();
    }

    @Test
    void what_was_given_up_is_queued_again_only_for_another_wish_or_after_its_time() {
        // Given
        plan(put("1", "Ann"), put("2", "Bob"));
        commands.givenUp(next(), "refused");
        commands.givenUp(next(), "refused");
        clock.forward(Duration.ofHours(1));

        // When
        commands.plan(DEVICE, wishes(put("1", "Ann"), put("2", "Rob")), NINE);

        // Then
        assertThat(command("1").state()).isEqualTo(State.GIVEN_UP);
        assertThat(command("2").state()).isEqualTo(State.QUEUED);
        commands.plan(DEVICE, wishes(put("1", "Ann"), put("2", "Rob")), NINE.plusSeconds(1));
        assertThat(command("1").state()).isEqualTo(State.QUEUED);
        assertThat(command("1").reason()).isNull();
    }

    @Test
    void what_was_done_lately_is_not_queued_again() {
        // Given
        plan(put("1", "Ann"));
        commands.done(next());

        // When
        commands.plan(DEVICE, List.of(new Wish(put("1", "Ann"), NINE)), LONG_AGO);

        // Then
        assertThat(command("1").state()).isEqualTo(State.DONE);
        commands.plan(DEVICE, List.of(new Wish(put("1", "Ann"), NINE.plusSeconds(1))), LONG_AGO);
        assertThat(command("1").state()).isEqualTo(State.QUEUED);
    }

    @Test
    void gives_up_all_that_waits_for_a_device_and_takes_it_up_when_told() {
        // Given
        plan(put("1", "Ann"), delete("2"));

        // When
        int givenUp = commands.giveUpAll(DEVICE, "wrong token");

        // Then
        assertThat(givenUp).isEqualTo(2);
        assertThat(commands.counts()).containsEntry(State.GIVEN_UP, 2L);
        assertThat(nothingIsDue()).isTrue();
        assertThat(commands.retryGivenUp()).isEqualTo(2);
        assertThat(next().order()).isEqualTo(put("1", "Ann"));
    }

    @Test
    void a_confirmed_deletion_stays_confirmed() {
        // Given
        plan(Order.delete(DEVICE, new UserId("1"), true));

        // When
        plan(delete("1"));

        // Then
        assertThat(command("1").order().confirmed()).isTrue();
    }

    @Test
    void forgets_what_was_done_long_ago() {
        // Given
        plan(put("1", "Ann"), delete("2"));
        commands.done(next());

        // When
        int forgotten = commands.forgetDone(NINE.plusSeconds(1));

        // Then
        assertThat(forgotten).isEqualTo(1);
        assertThat(commands.ofDevice(DEVICE)).extracting(UserCommand::state).containsExactly(State.QUEUED);
    }
}
