package io.punchbridge.roster;

import io.punchbridge.gateway.DeviceUser;
import io.punchbridge.gateway.Gateway;
import io.punchbridge.gateway.GatewayAnswer;
import io.punchbridge.gateway.GatewayAnswer.Failure;
import io.punchbridge.gateway.GatewayAnswer.GatewayFailure;
import io.punchbridge.gateway.GatewayAnswer.Success;
import io.punchbridge.gateway.StatusCode.WhoActs;
import io.punchbridge.gateway.UserChange;
import io.punchbridge.inbox.Inbox;
import io.punchbridge.inbox.KnownUser;
import io.punchbridge.inbox.KnownUsers;
import io.punchbridge.inbox.StoredEvent;
import io.punchbridge.inbox.UserNews;
import io.punchbridge.punch.Device;
import io.punchbridge.punch.Devices;
import io.punchbridge.punch.SerialNumber;
import io.punchbridge.punch.UserId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Keeps our picture of each device's users: by the events that callbacks brought, and by the device's own list where the
 * account allows to ask for it. What our own commands did is added by whoever settles them.
 */
@ApplicationScoped
class UserPicture {
    private static final Logger LOG = Logger.getLogger(UserPicture.class);

    private static final int EVENTS_A_STEP = 200;
    /** Fifteen seconds a device on a line that everything shares; events tell what changes meanwhile. */
    private static final Duration LISTED_AGAIN_AFTER = Duration.ofDays(1);

    private final KnownUsers users;
    private final Inbox inbox;
    private final Gateway gateway;
    private final Devices devices;
    private final Clock clock;

    UserPicture(KnownUsers users, Inbox inbox, Gateway gateway, Devices devices, Clock clock) {
        this.users = users;
        this.inbox = inbox;
        this.gateway = gateway;
        this.devices = devices;
        this.clock = clock;
    }

    /** Takes in every event that came since the last time. */
    void readEvents() {
        int taken = EVENTS_A_STEP;
        while (taken == EVENTS_A_STEP) {
            taken = users.takeEvents(EVENTS_A_STEP, this::news);
        }
    }

    /** Of devices that nobody declared, too: an event is read once, and they may be declared later. */
    private Optional<UserNews> news(StoredEvent stored) {
        SerialNumber sent = stored.event().device();
        SerialNumber device =
                devices.bySerialNumber(sent).map(Device::serialNumber).orElse(sent);
        return UserChange.of(stored.event())
                .map(change -> new UserNews(device, change.user(), change.deleted(), change.name(), change.admin()));
    }

    /** Asks a device for its users, unless that was done lately, or can't be. */
    void readList(Device device) {
        Instant now = clock.instant();
        if (!device.connection().answersRequests() || isRecent(asked(device), now)) {
            return;
        }
        GatewayAnswer<List<DeviceUser>> answer = gateway.loadUsers(device);
        if (answer instanceof Failure<List<DeviceUser>> failure) {
            notListed(device, failure.failure(), now);
            return;
        }
        List<DeviceUser> listed = ((Success<List<DeviceUser>>) answer).value();
        users.replace(
                device.serialNumber(),
                listed.stream().map(user -> news(device, user)).toList(),
                now);
        inbox.remember(listed(device), now.toString());
        inbox.remember(asked(device), now.toString());
    }

    private static UserNews news(Device device, DeviceUser user) {
        String name = (user.firstName() + " " + user.lastName()).strip();
        return new UserNews(device.serialNumber(), user.id(), false, name, user.admin());
    }

    private void notListed(Device device, GatewayFailure failure, Instant now) {
        if (failure.whoActs() == WhoActs.NOBODY) {
            LOG.infof("The users of %s were not listed and are asked for again: %s", device.name(), failure.words());
            return;
        }
        LOG.infof(
                "The users of %s can't be listed, so they are known by events and by our own changes alone: %s",
                device.name(), failure.words());
        inbox.remember(asked(device), now.toString());
    }

    boolean wasListed(Device device) {
        return inbox.recall(listed(device)).isPresent();
    }

    List<KnownUser> of(Device device) {
        return users.ofDevice(device.serialNumber());
    }

    /** Whether a user is known to administer a device; not where nobody ever said. */
    boolean administers(Device device, UserId user) {
        return of(device).stream().anyMatch(known -> known.user().equals(user) && Boolean.TRUE.equals(known.admin()));
    }

    /** Whether an event that came at or after an instant is the last that was heard of a user who is on the device. */
    boolean changedSince(Device device, UserId user, Instant instant) {
        return of(device).stream()
                .anyMatch(known -> known.user().equals(user)
                        && known.present()
                        && known.origin() == KnownUser.Origin.EVENT
                        && !known.knownAt().isBefore(instant));
    }

    private boolean isRecent(String fact, Instant now) {
        Instant at = inbox.recall(fact).map(Instant::parse).orElse(null);
        return at != null && !at.isAfter(now) && now.isBefore(at.plus(LISTED_AGAIN_AFTER));
    }

    private static String listed(Device device) {
        return "roster-listed " + device.serialNumber().value();
    }

    private static String asked(Device device) {
        return "roster-asked " + device.serialNumber().value();
    }
}
