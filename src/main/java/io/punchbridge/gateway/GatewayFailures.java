package io.punchbridge.gateway;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.ssl.NotSslRecordException;
import io.punchbridge.gateway.GatewayAnswer.GatewayFailure;
import io.punchbridge.gateway.GatewayAnswer.Kind;
import io.punchbridge.gateway.StatusCode.WhoActs;
import io.punchbridge.punch.Device;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Why a request came to nothing, in words for a person. None of them holds what was sent or what came back. */
final class GatewayFailures {
    private static final Duration RETRY_AFTER = Duration.ofMinutes(1);
    private static final String IS_IT_UP = "; if that lasts, check punchbridge.gateway.endpoint and the network.";
    private static final String MAY_BE_DONE =
            " Whether it has done its work is open. It is asked again, which does no harm.";

    private GatewayFailures() {}

    static GatewayFailure notAsked(WhoActs whoActs, String words) {
        return new GatewayFailure(Kind.NOT_ASKED, null, whoActs, words, whoActs == WhoActs.NOBODY ? RETRY_AFTER : null);
    }

    static GatewayFailure unreadable(WhoActs whoActs, String words) {
        return new GatewayFailure(Kind.UNREADABLE, null, whoActs, words, null);
    }

    /** @param said its name or number where we don't know it, else null */
    static GatewayFailure said(StatusCode code, @Nullable String said, Device device) {
        String words = said == null
                ? code.words().replace("<name>", device.name())
                : "The gateway gives the code " + said + ", which isn't among those that the vendor published. Ask the"
                        + " vendor what it means.";
        return new GatewayFailure(Kind.SAID_BY_GATEWAY, code, code.whoActs(), words, code.retryAfter());
    }

    /** An answer of HTTP that isn't the gateway's: it always says 200. */
    static GatewayFailure http(int status) {
        boolean passing = status >= 500 || status == 429 || status == 408;
        return passing
                ? transport(
                        WhoActs.NOBODY,
                        "Instead of the gateway, a server before it answered with HTTP status " + status + IS_IT_UP)
                : unreadable(
                        WhoActs.OPERATOR,
                        "HTTP status " + status + " came instead of the gateway's answer, so something else listens"
                                + " there. Compare punchbridge.gateway.endpoint with the address that the vendor gave.");
    }

    /** @param noAnswer what the client threw */
    static GatewayFailure noAnswer(Throwable noAnswer, String host, Duration timeout) {
        if (holds(noAnswer, UnknownHostException.class)) {
            return transport(WhoActs.NOBODY, "No address found for the host " + host + IS_IT_UP);
        }
        if (holds(noAnswer, ConnectTimeoutException.class)
                || holds(noAnswer, ConnectException.class)
                || holds(noAnswer, NoRouteToHostException.class)) {
            return transport(WhoActs.NOBODY, "No connection to " + host + IS_IT_UP);
        }
        if (holds(noAnswer, CertificateException.class)) {
            return transport(
                    WhoActs.OPERATOR,
                    "The certificate of " + host + " isn't trusted. Have it renewed, or make Java trust its issuer.");
        }
        if (holds(noAnswer, NotSslRecordException.class)) {
            return transport(
                    WhoActs.OPERATOR,
                    host + " doesn't speak TLS at this port. Check https and port in punchbridge.gateway.endpoint.");
        }
        if (holds(noAnswer, TimeoutException.class)
                || holds(noAnswer, io.smallrye.mutiny.TimeoutException.class)
                || holds(noAnswer, LateAnswer.class)) {
            return transport(
                    WhoActs.NOBODY,
                    "The gateway gave no whole answer within " + timeout.toMillis() / 1000.0 + " s"
                            + " (punchbridge.gateway.request-timeout)." + MAY_BE_DONE);
        }
        if (isInterruption(noAnswer)) {
            return transport(
                    WhoActs.NOBODY,
                    "The call was broken off on our side before the gateway had answered." + MAY_BE_DONE);
        }
        return transport(
                WhoActs.NOBODY, "The connection to " + host + " was lost before the answer was whole." + MAY_BE_DONE);
    }

    static boolean isInterruption(Throwable thrown) {
        return holds(thrown, InterruptedException.class) || holds(thrown, InterruptedIOException.class);
    }

    private static GatewayFailure transport(WhoActs whoActs, String words) {
        return new GatewayFailure(Kind.TRANSPORT, null, whoActs, words, whoActs == WhoActs.NOBODY ? RETRY_AFTER : null);
    }

    /** Cut at a depth that no honest chain has, since a chain may be circular. */
    private static boolean holds(Throwable thrown, Class<? extends Throwable> type) {
        return Stream.iterate(thrown, t -> t != null, Throwable::getCause)
                .limit(20)
                .anyMatch(type::isInstance);
    }

    /** An answer that trickles for longer than a whole one may take. */
    static final class LateAnswer extends IOException {
        private static final long serialVersionUID = 1;
    }
}
