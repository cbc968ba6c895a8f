package io.punchbridge.command;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Why no secure connection came about, in words: what Java says of it is for programmers. */
final class TlsFailure {
    private TlsFailure() {}

    /** Whether it failed before anything could be asked. */
    static boolean isBeforeTheQuestion(SSLException failure) {
        return failure instanceof SSLHandshakeException
                || failure instanceof SSLPeerUnverifiedException
                || speaksNoTls(causes(failure));
    }

    /**
     * What is wrong and what to do; says nothing of what was sent.
     *
     * @param where the address that was asked
     */
    static String words(SSLException failure, String where) {
        List<Throwable> causes = causes(failure);
        if (speaksNoTls(causes)) {
            return "What answers at " + where
                    + " doesn't speak TLS, but perhaps plain HTTP. Look at the port: take the one"
                    + " that speaks TLS, or an http:// address.";
        }
        if (any(causes, CertificateExpiredException.class)) {
            return "The certificate of " + where
                    + " is over. Have it renewed there; if it is a new one, set this host's" + " clock.";
        }
        if (any(causes, CertificateNotYetValidException.class)) {
            return "The certificate of " + where
                    + " isn't valid yet. Set the clock of this host, or of the one that made" + " the certificate.";
        }
        if (says(causes, "No subject alternative") || says(causes, "No name matching")) {
            return "The certificate of " + where
                    + " is made for another name. Ask by the name that it is made for, or have"
                    + " one made for this name.";
        }
        if (any(causes, CertPathBuilderException.class) || says(causes, "unable to find valid certification path")) {
            return "The certificate of " + where
                    + " is by an authority that this host doesn't know. If it is one of yours,"
                    + " have Java trust it (-Djavax.net.ssl.trustStore=…, or JAVA_TOOL_OPTIONS); if it is a public one, have"
                    + " the whole chain of certificates sent there. If it is neither, somebody may stand between.";
        }
        if (says(causes, "terminated the handshake")) {
            return "What answers at " + where
                    + " ended the connection while TLS was agreed on. Look whether it speaks TLS"
                    + " at that port, and knows itself by that name.";
        }
        return "No secure connection to " + where + " came about ("
                + Printable.plain(String.valueOf(failure.getMessage()))
                + "). Look at its certificate, and which versions of TLS it speaks.";
    }

    private static boolean speaksNoTls(List<Throwable> causes) {
        return says(causes, "plaintext connection") || says(causes, "Unsupported or unrecognized SSL message");
    }

    private static boolean any(List<Throwable> causes, Class<? extends Throwable> kind) {
        return causes.stream().anyMatch(kind::isInstance);
    }

    private static boolean says(List<Throwable> causes, String words) {
        return causes.stream()
                .anyMatch(cause ->
                        cause.getMessage() != null && cause.getMessage().contains(words));
    }

    private static List<Throwable> causes(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = failure; cause != null && !causes.contains(cause); cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes;
    }
}
