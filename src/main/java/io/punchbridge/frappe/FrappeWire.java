package io.punchbridge.frappe;

import io.smallrye.mutiny.Uni;

/** Frappe's REST routes, answers as they come: a proxy's HTML is an answer too. A failed request is a failed {@code Uni}. */
interface FrappeWire {
    /** {@code GET /api/method/…}. */
    Uni<Reply> ask(String method);

    /** The value of one field of a doctype that has a single document. */
    Uni<Reply> singleValue(String doctype, String field);

    /** {@code POST /api/method/…}. */
    Uni<Reply> call(String method, byte[] json);

    Uni<Reply> read(String doctype, String name);

    Uni<Reply> create(String doctype, byte[] json);

    Uni<Reply> update(String doctype, String name, byte[] json);

    /** Calls a method of one document, which the JSON names as {@code run_method}; Frappe reads it from nowhere else. */
    Uni<Reply> run(String doctype, String name, byte[] json);

    Uni<Reply> delete(String doctype, String name);
}
