package io.punchbridge.inbox;

class PostgresDeliveryAttemptsTest extends DeliveryAttemptsContract {
    private final PostgresSettings database = PostgresServer.newDatabase();

    @Override
    SqlPunchStore open() {
        return PostgresPunchStore.open(database, clock, PunchStoreContract.LEASE);
    }
}
