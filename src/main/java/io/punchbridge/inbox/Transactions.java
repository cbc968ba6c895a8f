package io.punchbridge.inbox;

import java.sql.SQLException;
import org.jdbi.v3.core.HandleCallback;
import org.jspecify.annotations.Nullable;

/** How the tables of one database are reached, whichever engine it is. */
interface Transactions {
    /** Runs one transaction and returns when it is on disk. A failure rolls it back. */
    <T extends @Nullable Object> T write(HandleCallback<T, SQLException> work);

    /** Runs queries. Each sees the state last committed when it begins: what must agree is read by one. */
    <T extends @Nullable Object> T read(HandleCallback<T, SQLException> work);
}
