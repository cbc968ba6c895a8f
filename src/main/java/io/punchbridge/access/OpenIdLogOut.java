package io.punchbridge.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quarkus.oidc.IdTokenCredential;
import io.quarkus.oidc.OidcConfigurationMetadata;
import io.quarkus.oidc.OidcSession;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Ends what a login at the OpenID provider began: the session of this browser here, and then, by the browser, the provider's. */
@Singleton
public class OpenIdLogOut {
    /** Where a browser is once it is logged out; the address that the provider has to know for it. */
    public static final String LOGGED_OUT = "/logged-out";

    private static final String METADATA = "configuration-metadata";

    private final CurrentVertxRequest request;
    private final OidcSession session;

    OpenIdLogOut(CurrentVertxRequest request, OidcSession session) {
        this.request = request;
        this.session = session;
    }

    /**
     * Takes the session's cookie away, and tells where the browser goes on: to the provider, where that ends sessions, else
     * to {@link #LOGGED_OUT} at once. Empty for who has no session: a name and a password, or a token, come with each request.
     */
    public Uni<Optional<String>> end() {
        RoutingContext exchange = request.getCurrent();
        SecurityIdentity identity = OpenIdConnect.identity(exchange);
        IdTokenCredential token = identity == null ? null : identity.getCredential(IdTokenCredential.class);
        if (identity == null || token == null) {
            return Uni.createFrom().item(Optional.empty());
        }
        OidcConfigurationMetadata provider = identity.getAttribute(METADATA);
        String back = exchange.request().scheme() + "://" + exchange.request().authority() + LOGGED_OUT;
        String onward = onward(provider == null ? null : provider.getEndSessionUri(), token.getToken(), back);
        return session.logout().replaceWith(Optional.of(onward));
    }

    /**
     * @param endOfSession the provider's address for it; null if it has none
     * @param token shows the provider whose session is meant, so that nobody else's request ends it unasked
     * @param back where the provider sends the browser in the end
     */
    static String onward(@Nullable String endOfSession, String token, String back) {
        if (endOfSession == null) {
            return LOGGED_OUT;
        }
        return endOfSession + (endOfSession.contains("?") ? "&" : "?") + "id_token_hint="
                + URLEncoder.encode(token, UTF_8) + "&post_logout_redirect_uri=" + URLEncoder.encode(back, UTF_8);
    }
}
