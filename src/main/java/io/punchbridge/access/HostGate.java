package io.punchbridge.access;

import io.vertx.core.net.SocketAddress;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Lets in commands of this host, who can read the token file. First: where the connection itself comes from; headers that name another
 * origin are never believed, and one that bears them came through a proxy, so not from this host. Only then the token is
 * looked at: an answer to afar says nothing about it.
 */
@Singleton
class HostGate {
    /** What proxies add. */
    private static final List<String> PROXIED =
            List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via");

    private final AccessToken token;

    HostGate(AccessToken token) {
        this.token = token;
    }

    /** Whether this is the token of this start; then nobody but {@link #judge} decides. */
    boolean knows(@Nullable String authorization) {
        return token.isBorneBy(authorization);
    }

    Optional<Response> judge(
            @Nullable SocketAddress peer, Predicate<String> hasHeader, @Nullable String authorization) {
        if (!isLoopback(peer) || PROXIED.stream().anyMatch(hasHeader)) {
            return Optional.of(Problem.answer(
                    Response.Status.FORBIDDEN,
                    "This entry is for commands on the host of the service alone. Run the command there, e.g. with"
                            + " docker exec, kubectl exec or ssh."));
        }
        if (!token.isBorneBy(authorization)) {
            return Optional.of(Problem.of(
                            Response.Status.UNAUTHORIZED,
                            "The token is missing, or isn't the one of this start. It stands in the token file that the"
                                    + " service has written; read it anew.")
                    .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"punchbridge\"")
                    .build());
        }
        return Optional.empty();
    }

    static boolean isLoopback(@Nullable SocketAddress peer) {
        String address = peer == null ? null : peer.hostAddress();
        if (address == null) {
            return false;
        }
        try {
            // A literal, so nobody is asked for a name.
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException noAddress) {
            return false;
        }
    }
}
