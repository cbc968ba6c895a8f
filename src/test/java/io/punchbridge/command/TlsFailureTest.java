package io.punchbridge.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Failures that take a certificate authority or a second server to bring about; the others are real in RemoteServiceTest. */
class TlsFailureTest {
    private static final String WHERE = "https://punches.example.com";

    private static SSLException because(Throwable cause) {
        SSLHandshakeException failure = new SSLHandshakeException("PKIX path validation failed");
        failure.initCause(new CertPathValidatorException("validity check failed", cause));
        return failure;
    }

    @Test
    void a_certificate_that_is_over_is_renewed() {
        // When
        String words = TlsFailure.words(because(new CertificateExpiredException("NotAfter: x")), WHERE);

        // Then
        assertThat(words).contains(WHERE, "is over", "renewed", "clock");
    }

    @Test
    void one_that_is_not_valid_yet_is_a_matter_of_clocks() {
        // When
        String words = TlsFailure.words(because(new CertificateNotYetValidException("NotBefore: x")), WHERE);

        // Then
        assertThat(words).contains("isn't valid yet", "clock of this host");
    }

    @ParameterizedTest
    @CsvSource({
        "Remote host terminated the handshake, ended the connection while TLS",
        "Received fatal alert: protocol_version, protocol_version",
        "No subject alternative names matching IP address 192.0.2.1 found, another name",
        "'No name matching localhost found', another name",
    })
    void what_java_says_is_put_into_words(String java, String words) {
        // When
        String told = TlsFailure.words(new SSLHandshakeException(java), WHERE);

        // Then
        assertThat(told).contains(WHERE, words);
    }

    @ParameterizedTest
    @CsvSource({
        "'Unrecognized SSL message, plaintext connection?', true",
        "Unsupported or unrecognized SSL message, true",
        "closing inbound before receiving peer's close_notify, false",
        ", false",
    })
    void what_breaks_after_the_handshake_may_have_been_asked(String java, boolean before) {
        // When
        boolean told = TlsFailure.isBeforeTheQuestion(new SSLException(java));

        // Then
        assertThat(told).isEqualTo(before);
    }
}
