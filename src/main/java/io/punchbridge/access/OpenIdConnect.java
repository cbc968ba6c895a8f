package io.punchbridge.access;

import io.punchbridge.access.Asker.Proof;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.security.AuthenticationCompletionException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.AuthenticationRedirectException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticator;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Lets the OpenID provider say who asks, by the bearer token of a script or by a browser's session, which a login at the
 * provider begins. Off, nothing of it is asked and no request touches it.
 *
 * <p>Behind a proxy of CDI: filters are made before the configuration may be read.
 */
@ApplicationScoped
class OpenIdConnect {
    private static final Logger LOG = Logger.getLogger(OpenIdConnect.class);
    private static final String IDENTITY = OpenIdConnect.class.getName();
    private static final int FOUND = 302;
    private static final int LONGEST_NAME = 128;

    private final OpenIdSettings settings;
    private final HttpAuthenticator authenticator;

    OpenIdConnect(OpenIdSettings settings, HttpAuthenticator authenticator) {
        this.settings = settings;
        this.authenticator = authenticator;
    }

    /** What comes of asking. */
    sealed interface Answer {
        record Known(Asker asker) implements Answer {}

        /** The provider knows him, and gives him none of our roles. */
        record WithoutRole() implements Answer {}

        /** Whoever it is has proved nothing, or what can't be believed. */
        record Unknown() implements Answer {}

        /** The browser goes on elsewhere: to the provider, or back to where it came from. */
        record Redirect(int status, Map<CharSequence, String> headers) implements Answer {}

        /** The provider can't be reached, or answers with nonsense. */
        record Failed() implements Answer {}
    }

    void tell(@Observes StartupEvent event) {
        if (settings.on()) {
            LOG.infof(
                    "People log in through OpenID Connect: its role %s makes a viewer, %s an operator.",
                    settings.viewerRole(), settings.operatorRole());
        }
    }

    boolean isOff() {
        return !settings.on();
    }

    /** @param mayRedirect whether the request is a browser's for a page, which may be sent to the provider */
    Uni<Answer> identify(RoutingContext exchange, boolean mayRedirect) {
        return authenticator
                .attemptAuthentication(exchange)
                .onItem()
                .transformToUni(identity -> identity == null || identity.isAnonymous()
                        ? challenge(exchange, mayRedirect)
                        : Uni.createFrom().item(judge(identity, exchange)))
                .onFailure(AuthenticationRedirectException.class)
                .recoverWithItem(
                        onward -> new Answer.Redirect(onward.getCode(), Map.of("Location", onward.getRedirectUri())))
                .onFailure(AuthenticationCompletionException.class)
                .recoverWithItem(refused -> {
                    LOG.warnf(refused, "A login that the OpenID provider began could not be completed.");
                    return new Answer.Unknown();
                })
                .onFailure(AuthenticationFailedException.class)
                .recoverWithUni(refused -> challenge(exchange, mayRedirect))
                .onFailure()
                .recoverWithItem(failed -> {
                    LOG.error("The OpenID provider could not be asked who somebody is.", failed);
                    return new Answer.Failed();
                });
    }

    private Uni<Answer> challenge(RoutingContext exchange, boolean mayRedirect) {
        if (!mayRedirect) {
            return Uni.createFrom().item(new Answer.Unknown());
        }
        return authenticator
                .getChallenge(exchange)
                .onItem()
                .transform(challenge -> challenge != null && challenge.status == FOUND
                        ? new Answer.Redirect(challenge.status, challenge.getHeaders())
                        : new Answer.Unknown());
    }

    /** As the provider told it; null for who came otherwise, or wasn't let in. */
    static @Nullable SecurityIdentity identity(RoutingContext exchange) {
        return exchange.get(IDENTITY);
    }

    private Answer judge(SecurityIdentity identity, RoutingContext exchange) {
        String name = identity.getPrincipal().getName();
        Role role = identity.hasRole(settings.operatorRole())
                ? Role.OPERATOR
                : identity.hasRole(settings.viewerRole()) ? Role.VIEWER : null;
        if (role == null) {
            return new Answer.WithoutRole();
        }
        exchange.put(IDENTITY, identity);
        // It goes into records and pages, and the provider is not ours.
        String shown = name == null ? "unknown" : name.replaceAll("[^!-~]", "_");
        return new Answer.Known(
                new Asker(shown.substring(0, Math.min(shown.length(), LONGEST_NAME)), role, Proof.OPEN_ID_CONNECT));
    }
}
