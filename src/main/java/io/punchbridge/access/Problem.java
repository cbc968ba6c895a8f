package io.punchbridge.access;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.StatusType;
import java.util.LinkedHashMap;
import java.util.Map;

/** An answer that tells an error as problem details (RFC 9457). */
public final class Problem {
    public static final MediaType TYPE = new MediaType("application", "problem+json");

    private Problem() {}

    /** @param detail what happened and what to do; never holds what the request said */
    public static Response answer(StatusType status, String detail) {
        return of(status, detail).build();
    }

    public static Response.ResponseBuilder of(StatusType status, String detail) {
        return Response.status(status).type(TYPE).entity(body(status, detail));
    }

    /** A map, since its members are fixed by the standard and some problems have more of them. */
    public static Map<String, Object> body(StatusType status, String detail) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "about:blank");
        body.put("title", status.getReasonPhrase());
        body.put("status", status.getStatusCode());
        body.put("detail", detail);
        return body;
    }
}
