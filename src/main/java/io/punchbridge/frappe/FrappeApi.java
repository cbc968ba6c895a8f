package io.punchbridge.frappe;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * Frappe's REST routes, answers untouched: a proxy's HTML is an answer too. Built by hand in {@link QuarkusWire},
 * never injected.
 */
@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
interface FrappeApi {
    @GET
    @Path("/method/{method}")
    Uni<RestResponse<byte[]>> ask(@PathParam("method") String method);

    @GET
    @Path("/method/frappe.client.get_single_value")
    Uni<RestResponse<byte[]>> singleValue(@QueryParam("doctype") String doctype, @QueryParam("field") String field);

    @POST
    @Path("/method/{method}")
    @Consumes(MediaType.APPLICATION_JSON)
    Uni<RestResponse<byte[]>> call(@PathParam("method") String method, byte[] json);

    @GET
    @Path("/resource/{doctype}/{name}")
    Uni<RestResponse<byte[]>> read(@PathParam("doctype") String doctype, @PathParam("name") String name);

    @POST
    @Path("/resource/{doctype}")
    @Consumes(MediaType.APPLICATION_JSON)
    Uni<RestResponse<byte[]>> create(@PathParam("doctype") String doctype, byte[] json);

    @PUT
    @Path("/resource/{doctype}/{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    Uni<RestResponse<byte[]>> update(@PathParam("doctype") String doctype, @PathParam("name") String name, byte[] json);

    @POST
    @Path("/resource/{doctype}/{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    Uni<RestResponse<byte[]>> run(@PathParam("doctype") String doctype, @PathParam("name") String name, byte[] json);

    @DELETE
    @Path("/resource/{doctype}/{name}")
    Uni<RestResponse<byte[]>> delete(@PathParam("doctype") String doctype, @PathParam("name") String name);
}
