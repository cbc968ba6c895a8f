package io.punchbridge.frappe;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.ssl.NotSslRecordException;
import io.punchbridge.frappe.FrappeFailure.Kind;
import jakarta.ws.rs.ProcessingException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateExpiredException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NetworkErrorsTest {
    private final NetworkErrors errors =
            new NetworkErrors(URI.create("https://hr.example/erp?x=1"), Duration.ofSeconds(130));

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new UnknownHostException("hr.example"), Kind.RETRY_LATER),
                Arguments.of(new ConnectException("Connection refused"), Kind.RETRY_LATER),
                Arguments.of(new ConnectTimeoutException("connection timed out"), Kind.RETRY_LATER),
                Arguments.of(new NoRouteToHostException("No route to host"), Kind.RETRY_LATER),
                Arguments.of(new SSLHandshakeException("closed while shaking hands"), Kind.RETRY_LATER),
                Arguments.of(
                        new SSLHandshakeException("no").initCause(new CertificateExpiredException("expired")),
                        Kind.SET_UP),
                Arguments.of(new NotSslRecordException("not an SSL/TLS record"), Kind.SET_UP),
                Arguments.of(new SSLException("Unsupported or unrecognized SSL message"), Kind.SET_UP),
                Arguments.of(new ConnectException().initCause(new UnresolvedAddressException()), Kind.RETRY_LATER),
                Arguments.of(new HttpConnectTimeoutException("HTTP connect timed out"), Kind.RETRY_LATER),
                Arguments.of(new HttpTimeoutException("request timed out"), Kind.UNCERTAIN),
                Arguments.of(new SSLException("Connection reset"), Kind.UNCERTAIN),
                Arguments.of(new SocketException("Connection reset"), Kind.UNCERTAIN),
                Arguments.of(new IOException("Connection was closed"), Kind.UNCERTAIN),
                Arguments.of(new TimeoutException("read"), Kind.UNCERTAIN),
                Arguments.of(new io.smallrye.mutiny.TimeoutException(), Kind.UNCERTAIN),
                Arguments.of(new InterruptedException(), Kind.UNCERTAIN),
                Arguments.of(new IllegalStateException("never seen before"), Kind.UNCERTAIN));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void isSureOnlyOfWhatPrecedesTheRequest(Throwable cause, Kind kind) {
        // When
        FrappeFailure failure = errors.of(new ProcessingException(cause));

        // Then
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.status()).isZero();
        assertThat(failure.words()).isNotBlank().doesNotContain("x=1");
    }

    @Test
    void showsNoHeaderThatCouldNotBeSent() {
        // When
        FrappeFailure failure =
                errors.of(new IllegalArgumentException("invalid header value: token the-key:the-secret"));

        // Then
        assertThat(failure.words()).contains("hr.example", "api-secret").doesNotContain("the-key", "the-secret");
        assertThat(failure.kind()).isEqualTo(Kind.UNCERTAIN);
    }

    @Test
    void saysHowLongItWaited() {
        // When
        FrappeFailure failure = errors.of(new TimeoutException());

        // Then
        assertThat(failure.words()).contains("hr.example").contains("130.0 s");
    }
}
