package io.punchbridge.gateway;

import io.punchbridge.gateway.DoorWatch.Hindrance;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;

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

    private static final int TOO_LARGE = 413;

    private final DoorWatch watch;
    /** What claims more is refused with 413 by Quarkus, before any of it is read. */
    private final long largest;

    private final long budget;
    private final AtomicLong claimed = new AtomicLong();

    BodyGuard(DoorWatch watch, @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize largest) {
        this.watch = watch;
        this.largest = largest.asLongValue();
        this.budget = budget(this.largest);
    }

    /** What bodies larger than a punch may take together, in bytes. */
    static long budget(long largest) {
        return Math.max(8 * largest, Runtime.getRuntime().maxMemory() / 8);
    }

    /** What is claimed of the budget now, in bytes. */
    long claimed() {
        return claimed.get();
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
        AtomicLong held = new AtomicLong(claim);
        Runnable letGo = () -> claimed.addAndGet(-held.getAndSet(0));
        exchange.addHeadersEndHandler(answered -> {
            letGo.run();
            if (exchange.response().getStatusCode() == TOO_LARGE) {
                // Quarkus closes the connection itself, by a handler that takes the place of the one below.
                exchange.vertx().cancelTimer(timer);
                watch.hindered(Hindrance.TOO_LARGE_BODY);
            }
        });
        exchange.addEndHandler(ended -> {
            exchange.vertx().cancelTimer(timer);
            letGo.run();
        });
        exchange.next();
    }

    /** Then none comes; and the end of one that nobody reads, e.g. of a request for server-sent events, isn't told. */
    private static boolean announcesNoBody(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        return (length == null || length.equals("0")) && request.getHeader("Transfer-Encoding") == null;
    }

    private long claim(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        if (length == null) {
            return request.getHeader("Transfer-Encoding") == null ? 0 : largest;
        }
        try {
            long bytes = Long.parseLong(length);
            return bytes <= SMALL || bytes > largest ? 0 : bytes;
        } catch (NumberFormatException noLength) {
            return largest;
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
