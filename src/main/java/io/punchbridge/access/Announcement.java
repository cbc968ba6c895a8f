package io.punchbridge.access;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.vertx.http.HttpServer;
import io.quarkus.vertx.http.HttpServerStart;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Tells commands of this host where the service listens and how they prove that they may ask. A service that can't tell
 * them still takes and delivers punches.
 */
@ApplicationScoped
class Announcement {
    private static final Logger LOG = Logger.getLogger(Announcement.class);

    private final AccessSettings settings;
    private final AccessToken token;

    Announcement(AccessSettings settings, AccessToken token) {
        this.settings = settings;
        this.token = token;
    }

    void announce(@ObservesAsync HttpServerStart started, HttpServer server) {
        Optional<URI> entry = entry(started.options().getHost(), server.getPort());
        if (entry.isEmpty()) {
            LOG.warnf(
                    "Commands on this host (load-log) can't reach the service: it listens on %s alone, and they come over"
                            + " loopback. Punches are taken and delivered all the same. Set quarkus.http.host to 0.0.0.0"
                            + " or 127.0.0.1 to use them.",
                    started.options().getHost());
            return;
        }
        try {
            if (!new TokenFile(settings.tokenFile()).write(entry.get(), token)) {
                LOG.warnf(
                        "The file system of %s can't keep other users of this host from reading the token in it; with it"
                                + " they can see and replay punches. Set punchbridge.console.token-file to a place that is"
                                + " yours alone.",
                        settings.tokenFile());
            }
        } catch (IOException failed) {
            LOG.warnf(
                    "The token file %s can't be written (%s). Commands on this host (load-log) can't ask this service;"
                            + " punches are taken and delivered all the same. Make its directory writable, or set"
                            + " punchbridge.console.token-file, and restart.",
                    settings.tokenFile(), failed);
        }
    }

    void withdraw(@Observes ShutdownEvent event) {
        try {
            new TokenFile(settings.tokenFile()).removeIfOf(token);
        } catch (IOException failed) {
            LOG.debugf(failed, "The token file %s stays; its token is worth nothing any more", settings.tokenFile());
        }
    }

    /** The loopback address of a service that listens on this host, if it listens there at all. */
    static Optional<URI> entry(String host, int port) {
        try {
            InetAddress address = InetAddress.getByName(host);
            if (address.isAnyLocalAddress()) {
                return Optional.of(URI.create("http://127.0.0.1:" + port));
            }
            if (!address.isLoopbackAddress()) {
                return Optional.empty();
            }
            String literal = address.getHostAddress();
            return Optional.of(
                    URI.create("http://" + (literal.indexOf(':') >= 0 ? "[" + literal + "]" : literal) + ":" + port));
        } catch (UnknownHostException unknown) {
            return Optional.empty();
        }
    }
}
