package io.punchbridge.frappe;

import io.punchbridge.tracing.Attribute;
import io.punchbridge.tracing.TraceSpan;
import io.punchbridge.tracing.Traces;
import io.smallrye.mutiny.Uni;
import java.net.URI;
import java.util.function.Supplier;

/**
 * Makes a span of each request. It tells route, doctype and status; never a document's name, a query or a body, which
 * name employees and times, and never a failure's words.
 */
final class TracedWire implements FrappeWire {
    private static final String METHODS = "/api/method/";
    private static final String DOCUMENTS = "/api/resource/";
    private static final String ONE = "/{name}";
    private static final int FIRST_ERROR = 400;

    private final FrappeWire wire;
    private final String host;

    TracedWire(FrappeWire wire, URI site) {
        this.wire = wire;
        this.host = site.getHost();
    }

    @Override
    public Uni<Reply> ask(String method) {
        return traced("GET", METHODS + method, () -> wire.ask(method));
    }

    @Override
    public Uni<Reply> singleValue(String doctype, String field) {
        return traced("GET", METHODS + "frappe.client.get_single_value", () -> wire.singleValue(doctype, field));
    }

    @Override
    public Uni<Reply> call(String method, byte[] json) {
        return traced("POST", METHODS + method, () -> wire.call(method, json));
    }

    @Override
    public Uni<Reply> read(String doctype, String name) {
        return traced("GET", DOCUMENTS + doctype + ONE, () -> wire.read(doctype, name));
    }

    @Override
    public Uni<Reply> create(String doctype, byte[] json) {
        return traced("POST", DOCUMENTS + doctype, () -> wire.create(doctype, json));
    }

    @Override
    public Uni<Reply> update(String doctype, String name, byte[] json) {
        return traced("PUT", DOCUMENTS + doctype + ONE, () -> wire.update(doctype, name, json));
    }

    @Override
    public Uni<Reply> run(String doctype, String name, byte[] json) {
        return traced("POST", DOCUMENTS + doctype + ONE, () -> wire.run(doctype, name, json));
    }

    @Override
    public Uni<Reply> delete(String doctype, String name) {
        return traced("DELETE", DOCUMENTS + doctype + ONE, () -> wire.delete(doctype, name));
    }

    /** The span begins when the request is made, on the thread that waits for it. */
    private Uni<Reply> traced(String verb, String template, Supplier<Uni<Reply>> request) {
        return Uni.createFrom().deferred(() -> {
            TraceSpan span = Traces.begin(Traces.Kind.CLIENT, verb + " " + template);
            if (!span.isRecorded()) {
                return request.get();
            }
            span.put(Attribute.METHOD, verb).put(Attribute.TEMPLATE, template).put(Attribute.SERVER, host);
            return request.get().onTermination().invoke((reply, failure, cancelled) -> {
                if (reply != null) {
                    answered(span, reply.status());
                } else {
                    span.failed(cancelled ? "timeout" : failure.getClass().getSimpleName());
                }
                span.end();
            });
        });
    }

    private static void answered(TraceSpan span, int status) {
        span.put(Attribute.STATUS, status);
        if (status >= FIRST_ERROR) {
            span.failed(String.valueOf(status));
        }
    }
}
