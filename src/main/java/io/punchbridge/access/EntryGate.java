package io.punchbridge.access;

import io.smallrye.mutiny.Uni;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/**
 * Stands before what {@link Guarded} marks. The order is the specification: our token is for {@link HostGate} alone; without
 * any user or OpenID provider nobody else is let in; who asks must say it; what would change something must come from our
 * own pages; then name and password, or what the OpenID provider says, and last the role.
 */
@Singleton
class EntryGate {
    /** The name that a command gives itself, for the record of what was done. Believed, as its token is. */
    static final String OS_USER = "X-Punchbridge-User";

    private static final Logger LOG = Logger.getLogger(EntryGate.class);
    private static final String HOW_TO_TURN_ON = """
            The console is off, since nobody is named who may log in; punches are taken and delivered all the same. To turn it on:
            1. java -jar quarkus-run.jar hash-password   asks for a password and prints its hash;
            2. set punchbridge.console.users.<name>.password-hash to the hash, and .role beside it to viewer or operator;
            3. restart Punchbridge, and log in here with that name and password.
            The README tells more, under "Who may ask".""";
    private static final String NOT_OURS =
            "Of a person, what may change something is taken only from the console's own pages, or with the header "
                    + SameOrigin.HEADER + ", e.g. set to 1.";
    /** What a browser sends by itself where a page's script isn't there, as another site's form would. */
    private static final String NOT_BY_SCRIPT =
            "Nothing was looked for and nothing was changed: what you pressed wasn't sent by the console's own script. Either"
                    + " that was not there yet, or didn't load, or another site has sent this.";

    private static final String ONLY_READS = OnlyReads.class.getName();
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private final HostGate host;
    private final Logins logins;
    private final OpenIdConnect openId;
    private final AtomicBoolean warnedOfPlainHttp = new AtomicBoolean();

    EntryGate(HostGate host, Logins logins, OpenIdConnect openId) {
        this.host = host;
        this.logins = logins;
        this.openId = openId;
    }

    /** Comes before the one below. */
    @ServerRequestFilter(priority = Priorities.AUTHENTICATION - 1)
    @OnlyReads
    public void note(RoutingContext exchange) {
        exchange.put(ONLY_READS, true);
    }

    @ServerRequestFilter(priority = Priorities.AUTHENTICATION)
    @Guarded
    public Uni<Response> refuse(ContainerRequestContext request, RoutingContext exchange) {
        String authorization = request.getHeaderString(HttpHeaders.AUTHORIZATION);
        boolean bearsToken = isToken(authorization);
        boolean peopleAreOff = logins.areOff() && openId.isOff();
        if (host.knows(authorization) || (bearsToken && openId.isOff()) || (peopleAreOff && isApi(exchange))) {
            return answer(byToken(request, exchange, authorization));
        }
        if (peopleAreOff) {
            return answer(Problem.of(Status.FORBIDDEN, HOW_TO_TURN_ON).build());
        }
        Optional<BasicCredentials> offered = BasicCredentials.of(authorization);
        if (offered.isEmpty() && openId.isOff()) {
            return answer(unknown());
        }
        boolean changes = !READING.contains(request.getMethod());
        // No browser adds a bearer token by itself.
        if (changes
                && !bearsToken
                && !SameOrigin.proves(
                        request::getHeaderString, exchange.request().authority())) {
            return answer(Problem.of(Status.FORBIDDEN, isApi(exchange) || isPart(exchange) ? NOT_OURS : NOT_BY_SCRIPT)
                    .build());
        }
        Role needed = changes && exchange.get(ONLY_READS) == null ? Role.OPERATOR : Role.VIEWER;
        if (offered.isEmpty()) {
            boolean isPage = !bearsToken && !changes && !isApi(exchange) && !isPart(exchange);
            return openId.identify(exchange, isPage)
                    .onItem()
                    .transformToUni(answer -> answer(settle(answer, needed, exchange)));
        }
        return Uni.createFrom()
                .completionStage(() -> logins.check(offered.get(), address(exchange)))
                .onItem()
                .transformToUni(verdict -> answer(settle(verdict, needed, exchange)));
    }

    private @Nullable Response byToken(
            ContainerRequestContext request, RoutingContext exchange, @Nullable String authorization) {
        Response refusal = host.judge(
                        // The peer's own address: the request's would be what a header says, where Quarkus is told to
                        // believe it.
                        exchange.request().connection().remoteAddress(true),
                        request.getHeaders()::containsKey,
                        authorization)
                .orElse(null);
        if (refusal == null) {
            String user = request.getHeaderString(OS_USER);
            WhoAsks.is(Asker.command(user != null && user.matches("[!-~]{1,64}") ? user : "unknown"), exchange);
        }
        return refusal;
    }

    private @Nullable Response settle(Verdict verdict, Role needed, RoutingContext exchange) {
        if (verdict instanceof Verdict.Busy) {
            return Problem.of(Status.SERVICE_UNAVAILABLE, "Too many logins are being checked. Try again in a moment.")
                    .header(HttpHeaders.RETRY_AFTER, 5)
                    .build();
        }
        if (!(verdict instanceof Verdict.Accepted accepted)) {
            return unknown();
        }
        warnOfPlainHttp(exchange);
        return letIn(Asker.user(accepted.user()), needed, exchange);
    }

    private @Nullable Response settle(OpenIdConnect.Answer answer, Role needed, RoutingContext exchange) {
        if (answer instanceof OpenIdConnect.Answer.Known known) {
            return letIn(known.asker(), needed, exchange);
        }
        if (answer instanceof OpenIdConnect.Answer.Redirect onward) {
            Response.ResponseBuilder redirect = Response.status(onward.status());
            onward.headers().forEach((name, value) -> redirect.header(name.toString(), value));
            return redirect.build();
        }
        if (answer instanceof OpenIdConnect.Answer.WithoutRole) {
            return Problem.of(
                            Status.FORBIDDEN,
                            "You are logged in, but your account has none of the roles that may look here. Whoever runs the"
                                    + " OpenID provider can give you one; it counts from your next login on.")
                    .build();
        }
        if (answer instanceof OpenIdConnect.Answer.Failed) {
            // Then a name and a password of ours are asked for, where there are some.
            if (!logins.areOff() && !isApi(exchange) && !isPart(exchange)) {
                return unknown();
            }
            return Problem.of(
                            Status.SERVICE_UNAVAILABLE,
                            "The OpenID provider can't be asked who you are. The service's log tells why; try again in a"
                                    + " moment.")
                    .build();
        }
        // No challenge for Basic: browsers would ask people for a password that they don't have, on each poll of a
        // page.
        Response.ResponseBuilder refusal = Problem.of(
                        Status.UNAUTHORIZED,
                        "You aren't logged in, or your session has ended. Load the page anew to log in; a program sends a token of"
                                + " the OpenID provider, or a name and a password.")
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"punchbridge\"");
        return isPart(exchange) ? refusal.header("HX-Refresh", "true").build() : refusal.build();
    }

    /** Whether htmx asks for a part of a page. */
    private static boolean isPart(RoutingContext exchange) {
        return exchange.request().getHeader(SameOrigin.HEADER_OF_HTMX) != null;
    }

    private static @Nullable Response letIn(Asker asker, Role needed, RoutingContext exchange) {
        if (!asker.role().includes(needed)) {
            return Problem.of(
                            Status.FORBIDDEN,
                            "This takes the role operator, and yours is viewer; nothing was changed. If it is your work, ask whoever"
                                    + " runs Punchbridge for that role.")
                    .build();
        }
        WhoAsks.is(asker, exchange);
        return null;
    }

    private void warnOfPlainHttp(RoutingContext exchange) {
        if (!"https".equalsIgnoreCase(exchange.request().scheme())
                && !HostGate.isLoopback(exchange.request().connection().remoteAddress(true))
                && warnedOfPlainHttp.compareAndSet(false, true)) {
            LOG.warn(
                    "A password came over plain HTTP from another host, where others can read it on its way. Put TLS before"
                            + " the console; if a proxy has done so already, have Quarkus believe what it says (README, \"Who may"
                            + " ask\").");
        }
    }

    /** One and the same for who says nothing, is unknown, wrong or locked out. */
    private static Response unknown() {
        return Problem.of(
                        Status.UNAUTHORIZED,
                        "Name or password are missing or wrong, or were wrong too often in the last minutes.")
                .header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Punchbridge\", charset=\"UTF-8\"")
                .build();
    }

    private static Uni<Response> answer(@Nullable Response refusal) {
        return refusal == null ? Uni.createFrom().nullItem() : Uni.createFrom().item(refusal);
    }

    private static boolean isApi(RoutingContext exchange) {
        return exchange.normalizedPath().startsWith(EntryEdge.API);
    }

    private static boolean isToken(@Nullable String authorization) {
        return authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith("bearer ");
    }

    /** As Quarkus says: who is behind a proxy, where it is told to believe that one. */
    private static String address(RoutingContext exchange) {
        SocketAddress peer = exchange.request().remoteAddress();
        return PeerAddress.of(peer == null ? null : peer.hostAddress());
    }
}
