package io.punchbridge.inbox;

class PostgresWatermarksTest extends WatermarksContract {
    private final PostgresSettings database = PostgresServer.newDatabase();

    @Override
    SqlPunchStore open() {
        return PostgresPunchStore.open(database, clock, PunchStoreContract.LEASE);
    }
}
