package io.punchbridge.gateway;

import io.punchbridge.gateway.DoorWatch.Hindrance;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps those who send slowly, or much, from taking the memory that good callbacks need. Anybody can knock, and who
 * knocks is told by the end of the body alone, so until then everybody gets little:
 *
 * <ul>
 *   <li>a body has {@link #TIME_FOR_A_BODY} to arrive in full, then its connection is closed;
 *   <li>bodies larger than a punch share {@code budget}; beyond it they are answered with 503 at once, which an honest
 *       gateway takes for "later". A body of unknown length counts as one of the largest.
 * </ul>
 */
@ApplicationScoped
class BodyGuard {
    static final Duration TIME_FOR_A_BODY = Duration.ofSeconds(10);
    /** No punch is larger, encrypted or not; 10,000 of them at once are 40 MiB. */
    static final long SMALL = 4096;
    /** {@code quarkus.http.limits.max-body-size}: what claims more is refused there, before any of it is read. */
    static final long LARGEST = 1 << 20;

    private final DoorWatch watch;
    private final long budget = Math.max(8 * LARGEST, Runtime.getRuntime().maxMemory() / 8);
    private final AtomicLong claimed = new AtomicLong();

    BodyGuard(DoorWatch watch) {
        this.watch = watch;
    }

    void register(@Observes Filters filters) {
        filters.register(this::guard, 1000);
    }

    private void guard(RoutingContext exchange) {
        HttpServerRequest request = exchange.request();
        if (exchange.normalizedPath().equals(CallbackResource.PATH)) {
            // A Content-Type that is none would be answered with 415; what the body is, is told by the body.
            request.headers().set("Content-Type", "application/octet-stream");
        }
        if (request.isEnded() || announcesNoBody(request)) {
            exchange.next();
            return;
        }
        long claim = claim(request);
        if (claim > 0 && claimed.addAndGet(claim) > budget) {
            claimed.addAndGet(-claim);
            refuse(exchange);
            return;
        }
        long timer = exchange.vertx().setTimer(TIME_FOR_A_BODY.toMillis(), id -> closeUnlessReceived(request));
        exchange.addEndHandler(ended -> {
            exchange.vertx().cancelTimer(timer);
            claimed.addAndGet(-claim);
        });
        exchange.next();
    }

    /** Then none comes; and the end of one that nobody reads, e.g. of a request for server-sent events, isn't told. */
    private static boolean announcesNoBody(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        return (length == null || length.equals("0")) && request.getHeader("Transfer-Encoding") == null;
    }

    private static long claim(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        if (length == null) {
            return request.getHeader("Transfer-Encoding") == null ? 0 : LARGEST;
        }
        try {
            long bytes = Long.parseLong(length);
            return bytes <= SMALL || bytes > LARGEST ? 0 : bytes;
        } catch (NumberFormatException noLength) {
            return LARGEST;
        }
    }

    private void refuse(RoutingContext exchange) {
        watch.hindered(Hindrance.TOO_MANY_LARGE_BODIES);
        exchange.response()
                .setStatusCode(DoorAnswer.NOT_STORED.status())
                .putHeader("Content-Type", "application/json")
                .putHeader("Connection", "close")
                .end(DoorAnswer.NOT_STORED.body())
                .onComplete(sent -> exchange.request().connection().close());
    }

    private void closeUnlessReceived(HttpServerRequest request) {
        if (!request.isEnded()) {
            watch.hindered(Hindrance.SLOW_BODY);
            request.connection().close();
        }
    }
}
