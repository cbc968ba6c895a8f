package io.punchbridge.gateway;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * The one route of the account's endpoint; what is asked stands in the body. Answers come as they are, unread, so that
 * their size can be limited. Built by hand in {@link RestGateway}, never injected.
 */
@Path("")
@Produces(MediaType.WILDCARD)
interface CamsApi {
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    Uni<RestResponse<InputStream>> ask(@QueryParam("stgid") String serviceTagId, byte[] json);

    @POST
    @Consumes(MediaType.TEXT_PLAIN)
    Uni<RestResponse<InputStream>> askEncrypted(@QueryParam("stgid") String serviceTagId, byte[] base64);
}
