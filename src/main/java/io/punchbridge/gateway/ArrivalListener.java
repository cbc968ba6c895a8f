package io.punchbridge.gateway;

import io.punchbridge.inbox.Stored;
import io.punchbridge.punch.Arrival;
import io.punchbridge.punch.SerialNumber;

/**
 * Hears of every callback that was authenticated and stored, repeats included. It runs on the thread that answers all
 * callbacks, before this one is answered: it must not block, write, or take long. What it throws changes no answer.
 */
@FunctionalInterface
public interface ArrivalListener {
    /**
     * @param device as the configuration spells it; of an undeclared device what it says of itself, or
     *     {@link SerialNumber#UNKNOWN}
     * @param stored what of the arrival was new
     */
    void arrived(SerialNumber device, Arrival arrival, Stored stored);
}
