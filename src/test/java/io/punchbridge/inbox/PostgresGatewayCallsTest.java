package io.punchbridge.inbox;

class PostgresGatewayCallsTest extends GatewayCallsContract {
    private final PostgresSettings database = PostgresServer.newDatabase();

    @Override
    SqlPunchStore open() {
        return PostgresPunchStore.open(database, clock, PunchStoreContract.LEASE);
    }
}
