package io.punchbridge.access;

import io.vertx.core.net.HostAndPort;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tells a request of our own pages from one that another site made a browser send, which adds the name and password that
 * it remembers. Ours bears a header that no form can send and no script of another origin may; and what the browser says
 * of its origin must be ours. Who is no browser says nothing of an origin, and need only send the header.
 */
final class SameOrigin {
    /** One of them is wanted; the second is htmx's own. */
    static final String HEADER = "X-Punchbridge-Request";

    static final String HEADER_OF_HTMX = "HX-Request";

    /** The last one: the person has typed the address. */
    private static final Set<String> OURS = Set.of("same-origin", "none");

    private SameOrigin() {}

    /**
     * @param header value of a header, all its values where it stands several times, or null
     * @param asked the host that was asked, as far as it is known
     */
    static boolean proves(Function<String, @Nullable String> header, @Nullable HostAndPort asked) {
        if (header.apply(HEADER) == null && header.apply(HEADER_OF_HTMX) == null) {
            return false;
        }
        String site = header.apply("Sec-Fetch-Site");
        if (site != null) {
            return OURS.contains(site);
        }
        // Browsers say the former only over TLS and to this host, and the latter always.
        String origin = header.apply("Origin");
        return origin == null || isOf(origin, asked);
    }

    private static boolean isOf(String origin, @Nullable HostAndPort asked) {
        try {
            URI said = new URI(origin);
            return asked != null
                    && said.getHost() != null
                    && said.getHost().equalsIgnoreCase(asked.host())
                    && port(said.getPort(), said) == port(asked.port(), said);
        } catch (URISyntaxException noOrigin) {
            return false;
        }
    }

    private static int port(int port, URI of) {
        return port > 0 ? port : "https".equalsIgnoreCase(of.getScheme()) ? 443 : 80;
    }
}
