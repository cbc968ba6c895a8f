package io.punchbridge.sandbox;

import java.time.Duration;

/** Something that goes wrong with a request to the simulated gateway. */
public final class GatewayFault {
    enum Kind {
        STATUS,
        NAMED,
        REFUSED_CONNECTION,
        ANSWER_LOST,
        ANSWER_LATE,
        ANSWER_HALF,
        ANSWER_STALLED,
        RAW
    }

    private final Kind kind;
    private final int status;
    private final String text;
    private final Duration delay;

    private GatewayFault(Kind kind, int status, String text, Duration delay) {
        this.kind = kind;
        this.status = status;
        this.text = text;
        this.delay = delay;
    }

    /** Nothing is done; this {@code StatusCode} is the answer. */
    public static GatewayFault status(int statusCode) {
        return new GatewayFault(Kind.STATUS, statusCode, "", Duration.ZERO);
    }

    /** Nothing is done; {@code Status} holds {@code API_RESPONSE_<name>}, and there is no {@code StatusCode}. */
    public static GatewayFault named(String name) {
        return new GatewayFault(Kind.NAMED, 0, name, Duration.ZERO);
    }

    /** Nothing is done, the connection is closed. */
    public static GatewayFault connectionClosed() {
        return new GatewayFault(Kind.REFUSED_CONNECTION, 0, "", Duration.ZERO);
    }

    /** All is done, and the connection is closed before the answer. */
    public static GatewayFault answerLost() {
        return new GatewayFault(Kind.ANSWER_LOST, 0, "", Duration.ZERO);
    }

    /** All is done, and the answer comes this much later. */
    public static GatewayFault answerLate(Duration delay) {
        return new GatewayFault(Kind.ANSWER_LATE, 0, "", delay);
    }

    /** All is done, and the connection is closed in the middle of the answer. */
    public static GatewayFault answerHalf() {
        return new GatewayFault(Kind.ANSWER_HALF, 0, "", Duration.ZERO);
    }

    /** All is done, and the second half of the answer never comes. */
    public static GatewayFault answerStalled() {
        return new GatewayFault(Kind.ANSWER_STALLED, 0, "", Duration.ZERO);
    }

    /** A page of a proxy comes instead of an answer. */
    public static GatewayFault html(int httpStatus) {
        return raw(httpStatus, "<html><head><title>Bad Gateway</title></head><body>nginx</body></html>");
    }

    /** Nothing is done; this is the body of the answer, never encrypted. */
    public static GatewayFault raw(int httpStatus, String body) {
        return new GatewayFault(Kind.RAW, httpStatus, body, Duration.ZERO);
    }

    Kind kind() {
        return kind;
    }

    /** Of the gateway, or of HTTP where the answer is no JSON. */
    int status() {
        return status;
    }

    String text() {
        return text;
    }

    Duration delay() {
        return delay;
    }
}
