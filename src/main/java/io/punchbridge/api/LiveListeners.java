package io.punchbridge.api;

import io.punchbridge.access.Problem;
import io.punchbridge.api.LiveChange.ComeAgain;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Who listens to changes, for how many there is room, and for how long. */
final class LiveListeners {
    static final int MOST = 100;
    /**
     * A few open pages; more are forgotten ones, or a program that doesn't close what it opens. Over HTTP/1.1 a browser has six
     * connections to a host for all its windows, and a stream takes one for as long as it is open: so two are left for pages,
     * which else would wait until one of the windows is closed. A page that gets no stream asks every half minute.
     */
    static final int MOST_OF_ONE = 4;

    static final Duration LONGEST = Duration.ofMinutes(15);

    private static final int RETRY_AFTER_SECONDS = 30;

    private final Set<Listener> listeners = new LinkedHashSet<>();
    private boolean closed;

    /** @param who the person's name */
    record Listener(String who, Instant since, MultiEmitter<? super LiveChange> to) {

        /** A stream from ahead of the clock began by one that was wrong. */
        private boolean isOver(Instant now) {
            Duration lasted = Duration.between(since, now);
            return lasted.isNegative() || lasted.compareTo(LONGEST) >= 0;
        }
    }

    /** @throws WebApplicationException of status 503 where there is no room for anybody, of 429 where none more for this one */
    synchronized void requireRoomFor(String who) {
        if (!isRoom()) {
            throw refusal(
                    Status.SERVICE_UNAVAILABLE,
                    "As many listen to changes as may at once (" + MOST
                            + "), or the service is stopping. Try again in a while, or ask for the summary every now and"
                            + " then.");
        }
        if (!isRoomForOneMoreOf(who)) {
            throw refusal(
                    Status.TOO_MANY_REQUESTS,
                    "You listen to changes " + MOST_OF_ONE
                            + " times already, which is the most for one person. Close pages or programs that you don't need"
                            + " any more, then try again.");
        }
    }

    private static WebApplicationException refusal(Status status, String detail) {
        Response answer = Problem.of(status, detail)
                .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                .build();
        return new WebApplicationException(answer);
    }

    private boolean isRoom() {
        return !closed && listeners.size() < MOST;
    }

    private boolean isRoomForOneMoreOf(String who) {
        return listeners.stream().filter(listener -> listener.who().equals(who)).count() < MOST_OF_ONE;
    }

    /** Returns whether there was room. */
    synchronized boolean add(Listener listener) {
        return isRoom() && isRoomForOneMoreOf(listener.who()) && listeners.add(listener);
    }

    synchronized void remove(Listener listener) {
        listeners.remove(listener);
    }

    synchronized List<Listener> all() {
        return List.copyOf(listeners);
    }

    synchronized int number() {
        return listeners.size();
    }

    /** Ends the streams that have lasted long enough; those who come again prove anew that they may. */
    void endOld(Instant now) {
        for (Listener listener : all()) {
            if (listener.isOver(now)) {
                listener.to().emit(new ComeAgain());
                listener.to().complete();
            }
        }
    }

    /** Ends all streams, and takes no one any more. */
    void close() {
        synchronized (this) {
            closed = true;
        }
        all().forEach(listener -> listener.to().complete());
    }
}
