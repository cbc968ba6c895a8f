package io.punchbridge.inbox;

class PostgresActionsTest extends ActionsContract {
    private final PostgresSettings database = PostgresServer.newDatabase();

    @Override
    SqlPunchStore open() {
        return PostgresPunchStore.open(database, clock, PunchStoreContract.LEASE);
    }
}
