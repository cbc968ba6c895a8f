package io.punchbridge.gateway;

import io.punchbridge.punch.Arrival;
import org.jspecify.annotations.Nullable;

/**
 * One page of a device's log, read as callbacks are.
 *
 * @param arrival the rows, with {@link io.punchbridge.punch.Source#LOAD_LOG}
 * @param rows how many rows the reply held, readable or not
 * @param rowsOfWindow how many rows the gateway says the whole window has ({@code ActualRowCount}); null if it doesn't
 * @param nextOffset what asks for the next page; null if this was the last, or the gateway doesn't say
 */
public record LogPage(
        Arrival arrival,
        int rows,
        @Nullable Integer rowsOfWindow,
        @Nullable String nextOffset) {}
