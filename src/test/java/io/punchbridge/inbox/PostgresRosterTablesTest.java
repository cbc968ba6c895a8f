package io.punchbridge.inbox;

import java.time.Duration;

class PostgresRosterTablesTest extends RosterTablesContract {
    private final PostgresSettings database = PostgresServer.newDatabase();

    @Override
    PunchStore open() {
        return PostgresPunchStore.open(database, clock, Duration.ofMinutes(10));
    }
}
