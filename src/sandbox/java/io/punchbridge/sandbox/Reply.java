package io.punchbridge.sandbox;

import java.util.Map;

/** An HTTP answer of the simulated site. */
record Reply(int status, String contentType, String body, Map<String, String> headers) {
    static final String JSON = "application/json";
    static final String HTML = "text/html; charset=utf-8";

    static Reply json(int status, Object body) {
        return new Reply(status, JSON, body.toString(), Map.of());
    }

    static Reply error(FrappeError error, boolean tracebacks) {
        return json(error.status(), error.body(tracebacks));
    }

    /** As gunicorn writes it when the worker itself failed. */
    static Reply gunicorn(int status, String reason, String detail) {
        return new Reply(
                status,
                "text/html",
                "<html>\n  <head>\n    <title>" + reason + "</title>\n  </head>\n  <body>\n    <h1><p>" + reason
                        + "</p></h1>\n    " + detail + "\n  </body>\n</html>\n",
                Map.of());
    }

    /** As werkzeug writes it. */
    static Reply werkzeug(int status, String reason, String detail) {
        return new Reply(
                status,
                HTML,
                "<!doctype html>\n<html lang=en>\n<title>" + status + " " + reason + "</title>\n<h1>" + reason
                        + "</h1>\n<p>" + detail + "</p>\n",
                Map.of());
    }

    Reply with(Map<String, String> moreHeaders) {
        return new Reply(status, contentType, body, moreHeaders);
    }
}
