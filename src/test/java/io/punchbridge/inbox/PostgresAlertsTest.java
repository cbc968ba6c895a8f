package io.punchbridge.inbox;

class PostgresAlertsTest extends SqlAlertsContract {
    private final PostgresSettings database = PostgresServer.newDatabase();

    @Override
    SqlPunchStore openStore() {
        return PostgresPunchStore.open(database, clock, PunchStoreContract.LEASE);
    }
}
