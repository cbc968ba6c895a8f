package io.punchbridge.bench;

import java.util.List;

/** One experiment; gives a line of the table, or several. */
interface Measurement {
    /** As {@code -Dbench.only} takes it. */
    String name();

    List<Row> measure() throws Exception;
}
