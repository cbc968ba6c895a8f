package io.punchbridge.inbox;

class PostgresFoundNearTest extends FoundNearContract {
    private final PostgresSettings database = PostgresServer.newDatabase();

    @Override
    SqlPunchStore open() {
        return PostgresPunchStore.open(database, clock, PunchStoreContract.LEASE);
    }
}
