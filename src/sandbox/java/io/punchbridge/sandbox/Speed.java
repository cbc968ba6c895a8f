package io.punchbridge.sandbox;

import java.time.Duration;

/**
 * How long the simulated site works on a request.
 *
 * @param request for each request
 * @param document for each document that it writes
 * @param workers how many requests are worked on at a time, the others wait in their order
 */
public record Speed(Duration request, Duration document, int workers) {
    /** As fast as it can; no two requests overlap. */
    public static final Speed INSTANT = new Speed(Duration.ZERO, Duration.ZERO, Integer.MAX_VALUE);

    /** As measured on the real site: 21 ms for one insert, 7 ms a document in a batch, one request at a time. */
    public static final Speed MEASURED = oneAtATime(Duration.ofMillis(14), Duration.ofMillis(7));

    public static Speed oneAtATime(Duration request, Duration document) {
        return new Speed(request, document, 1);
    }

    /** Requests overlap, so that identical ones race past Frappe's duplicate check. */
    public static Speed parallel(Duration request) {
        return new Speed(request, Duration.ZERO, Integer.MAX_VALUE);
    }

    Duration of(int documents) {
        return request.plus(document.multipliedBy(documents));
    }
}
