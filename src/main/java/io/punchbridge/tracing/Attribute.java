package io.punchbridge.tracing;

/**
 * All that a span may tell. None of it may hold a person, a token, a query string, a body, or words of Frappe, which name
 * persons: whoever adds one looks at every value that it can take.
 */
public enum Attribute {
    /** The key of one punch, as the log has it: the field by which its way is found. */
    PUNCH("punch.key"),
    /** What became of it: the name of its state. */
    STATE("punch.state"),
    /** How many punches the span is about. */
    PUNCHES("punch.count"),
    /** How many of them have no span of their own, because they were too many. */
    PUNCHES_WITHOUT_SPAN("punch.count_without_span"),
    /** How many of them were stored before. */
    REPEATS("punch.repeats"),
    /** A declared device's name. */
    DEVICE("punch.device"),
    /** How it ended: a word of ours or a code of the gateway, never what somebody said. */
    OUTCOME("outcome"),
    /** Id of a run over a device's log. */
    RUN("reconciliation.run"),
    METHOD("http.request.method"),
    /** Path of the door. */
    ROUTE("http.route"),
    /** Path that is called, with a placeholder for each name in it. */
    TEMPLATE("url.template"),
    STATUS("http.response.status_code"),
    /** Host that is called. */
    SERVER("server.address"),
    /** Kind of a failure, never its words. */
    ERROR("error.type");

    private final String key;

    Attribute(String key) {
        this.key = key;
    }

    String key() {
        return key;
    }
}
