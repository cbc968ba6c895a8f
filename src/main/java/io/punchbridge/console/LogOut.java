package io.punchbridge.console;

import io.punchbridge.access.Guarded;
import io.punchbridge.access.OnlyReads;
import io.punchbridge.access.OpenIdLogOut;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Logs out whoever came by the OpenID provider. A viewer may, too. */
@Path("/log-out")
@Produces(MediaType.TEXT_HTML)
@Guarded
public class LogOut {
    private final OpenIdLogOut logOut;

    public LogOut(OpenIdLogOut logOut) {
        this.logOut = logOut;
    }

    /** The browser is led on by htmx and not by a redirect, which a form could follow to ourselves alone. */
    @POST
    @OnlyReads
    public Uni<Response> end() {
        return logOut.end()
                .map(onward -> onward.map(address -> Response.noContent()
                                .header("HX-Redirect", address)
                                .build())
                        .orElseGet(() -> PageFailures.page(
                                Status.BAD_REQUEST,
                                "There is no session of an OpenID provider to end. A browser keeps a name and a password until all of"
                                        + " its windows are closed; a program need only forget its token.")));
    }

    @ServerExceptionMapper
    public Response unplanned(RuntimeException failure) {
        return PageFailures.answer(failure);
    }
}
