package io.punchbridge.inbox;

import io.quarkus.runtime.Startup;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.jboss.logging.Logger;
import org.postgresql.Driver;

/** Opens the configured storage at start, which fails if that can't be done, and closes it after the last request. */
@Singleton
@RegisterForReflection(targets = Driver.class)
final class InboxProducer {

    private static final Logger LOG = Logger.getLogger(InboxProducer.class);

    @Produces
    @Singleton
    @Startup
    Inbox open(StorageSettings settings, LateAfter lateAfter, Clock clock) {
        try {
            SqlPunchStore store = store(settings, clock);
            store.noteLate(lateAfter);
            return GroupCommitInbox.start(store);
        } catch (StorageException failed) {
            LOG.debug("The storage can't be opened", failed);
            // Quarkus prints the message of this type alone, if it has no cause, and ends with a non-zero code.
            throw new ConfigurationException(
                    "Punchbridge can't start: its storage can't be opened. " + failed.getMessage());
        }
    }

    @Produces
    PunchStore store(Inbox inbox) {
        return ((GroupCommitInbox) inbox).punchStore();
    }

    @Produces
    ClusterLock clusterLock(Inbox inbox) {
        return store(inbox).clusterLock();
    }

    @Produces
    @Singleton
    History history(Inbox inbox, Clock clock) {
        GroupCommitInbox groupCommit = (GroupCommitInbox) inbox;
        return SqlHistory.open((SqlPunchStore) groupCommit.punchStore(), clock, groupCommit::tellListeners);
    }

    @Produces
    GatewayCalls gatewayCalls(Inbox inbox) {
        return new SqlGatewayCalls(transactions(inbox));
    }

    /** Every engine is one; what is stored beside the punches is reached by it. */
    private Transactions transactions(Inbox inbox) {
        return (Transactions) store(inbox);
    }

    @Produces
    FoundNear foundNear(Inbox inbox) {
        return new SqlFoundNear((Transactions) store(inbox));
    }

    @Produces
    Claimants claimants(Inbox inbox) {
        return new SqlClaimants((Transactions) store(inbox));
    }

    @Produces
    DeviceStates deviceStates(Inbox inbox, Clock clock) {
        return new SqlDeviceStates((Transactions) store(inbox), clock);
    }

    @Produces
    KnownUsers knownUsers(Inbox inbox, Clock clock) {
        return new SqlKnownUsers((Transactions) store(inbox), clock);
    }

    @Produces
    UserCommands userCommands(Inbox inbox, Clock clock) {
        return new SqlUserCommands((Transactions) store(inbox), clock);
    }

    @Produces
    PunchSearch punchSearch(Inbox inbox, Clock clock) {
        return new SqlPunchSearch(transactions(inbox), clock);
    }

    @Produces
    EventSearch eventSearch(Inbox inbox) {
        return new SqlEventSearch(transactions(inbox));
    }

    @Produces
    Actions actions(Inbox inbox, Clock clock) {
        GroupCommitInbox groupCommit = (GroupCommitInbox) inbox;
        return new SqlActions((SqlPunchStore) groupCommit.punchStore(), clock, groupCommit::tellListeners);
    }

    @Produces
    DeliveryPause deliveryPause(Inbox inbox, Clock clock) {
        return new SqlDeliveryPause(transactions(inbox), clock);
    }

    @Produces
    OpenPunches openPunches(Inbox inbox) {
        return new SqlOpenPunches(transactions(inbox));
    }

    @Produces
    Watermarks watermarks(Inbox inbox) {
        return new SqlWatermarks(transactions(inbox));
    }

    @Produces
    LatePunches latePunches(Inbox inbox) {
        return new SqlLatePunches((Transactions) store(inbox));
    }

    @Produces
    Alerts alerts(Inbox inbox) {
        return new SqlAlerts(transactions(inbox));
    }

    private static SqlPunchStore store(StorageSettings settings, Clock clock) {
        return switch (settings.engine()) {
            case SQLITE -> SqlitePunchStore.open(settings.sqliteFile(), clock, Inbox.LEASE);
            case POSTGRESQL -> {
                PostgresSettings postgresql = settings.postgresql();
                if (postgresql == null) {
                    throw new StorageException("punchbridge.storage.engine is postgresql, but"
                            + " punchbridge.storage.postgresql gives no url, username and password.");
                }
                yield PostgresPunchStore.open(postgresql, clock, Inbox.LEASE);
            }
        };
    }

    void close(@Disposes Inbox inbox) {
        ((GroupCommitInbox) inbox).close();
    }
}
