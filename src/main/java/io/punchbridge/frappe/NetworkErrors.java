package io.punchbridge.frappe;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.ssl.NotSslRecordException;
import io.punchbridge.frappe.FrappeFailure.Kind;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/**
 * What it means that no answer came. Only failures that surely precede the request count as not sent; all others leave
 * it open whether the site has done its work.
 */
final class NetworkErrors {
    private final String host;
    private final Duration requestTimeout;

    NetworkErrors(URI url, Duration requestTimeout) {
        this.host = url.getHost();
        this.requestTimeout = requestTimeout;
    }

    FrappeFailure of(Throwable thrown) {
        if (find(thrown, UnknownHostException.class).isPresent()
                || find(thrown, UnresolvedAddressException.class).isPresent()) {
            return failure(
                    Kind.RETRY_LATER,
                    "No address found for the host " + host
                            + "; if that stays so, check punchbridge.frappe.url and the DNS");
        }
        if (find(thrown, ConnectTimeoutException.class).isPresent()
                || find(thrown, HttpConnectTimeoutException.class).isPresent()) {
            return failure(Kind.RETRY_LATER, host + " didn't take the connection in time; " + IS_IT_UP);
        }
        if (find(thrown, ConnectException.class).isPresent()
                || find(thrown, NoRouteToHostException.class).isPresent()) {
            return failure(Kind.RETRY_LATER, "Can't connect to " + host + ": " + whyNot(thrown) + "; " + IS_IT_UP);
        }
        if (find(thrown, CertificateException.class).isPresent()) {
            return failure(
                    Kind.SET_UP,
                    "The certificate of " + host + " isn't trusted: " + rootMessage(thrown)
                            + "; renew it, or make Java trust its issuer");
        }
        if (find(thrown, NotSslRecordException.class).isPresent()
                || find(thrown, SSLException.class)
                        .filter(NetworkErrors::isNoTls)
                        .isPresent()) {
            return failure(
                    Kind.SET_UP,
                    host + " doesn't speak TLS at this port; check https and port in punchbridge.frappe.url");
        }
        if (find(thrown, SSLHandshakeException.class).isPresent()) {
            return failure(Kind.RETRY_LATER, "No secure connection to " + host + ": " + rootMessage(thrown));
        }
        return failure(Kind.UNCERTAIN, afterSending(thrown));
    }

    /** Java has no type for it. */
    private static boolean isNoTls(SSLException failure) {
        String message = failure.getMessage();
        return message != null && message.contains("Unsupported or unrecognized SSL message");
    }

    /** Java's own client leaves the reason out where a connection is refused. */
    private static String whyNot(Throwable thrown) {
        return find(thrown, ClosedChannelException.class).isPresent()
                ? "the connection is refused"
                : rootMessage(thrown);
    }

    private static final String IS_IT_UP = "is the site up, and punchbridge.frappe.url right?";

    private String afterSending(Throwable thrown) {
        if (find(thrown, TimeoutException.class).isPresent()
                || find(thrown, HttpTimeoutException.class).isPresent()
                || find(thrown, io.smallrye.mutiny.TimeoutException.class).isPresent()) {
            return host + " gave no whole answer within " + requestTimeout.toMillis() / 1000.0
                    + " s; it may have done its work all the same";
        }
        if (find(thrown, InterruptedException.class).isPresent()
                || find(thrown, InterruptedIOException.class).isPresent()) {
            return "The call was interrupted on our side before " + host + " had answered";
        }
        if (find(thrown, IllegalArgumentException.class).isPresent()) {
            // Java's and Netty's words repeat the header that they don't like, which may be the token.
            return "The request to " + host + " couldn't be made, or its answer not be understood; look for blanks or"
                    + " characters that aren't ASCII in punchbridge.frappe.api-key, api-secret and site-name";
        }
        return "The connection to " + host + " was lost before its answer was whole: " + rootMessage(thrown);
    }

    private static FrappeFailure failure(Kind kind, String words) {
        return new FrappeFailure(kind, 0, null, PlainText.cut(PlainText.of(words)), null, null);
    }

    private static <T extends Throwable> Optional<T> find(Throwable thrown, Class<T> type) {
        return chain(thrown).filter(type::isInstance).map(type::cast).findFirst();
    }

    private static String rootMessage(Throwable thrown) {
        Throwable root = chain(thrown).reduce(thrown, (outer, inner) -> inner);
        String message = root.getMessage();
        return message == null || message.isBlank() ? root.getClass().getSimpleName() : message;
    }

    /** Cut at a depth that no honest chain has, since a chain may be circular. */
    private static Stream<Throwable> chain(Throwable thrown) {
        return Stream.iterate(thrown, t -> t != null, Throwable::getCause).limit(20);
    }
}
