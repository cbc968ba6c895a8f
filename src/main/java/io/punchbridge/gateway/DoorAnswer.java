package io.punchbridge.gateway;

/**
 * What the gateway is told. Anything but {@link #DONE} makes it keep the record and stall the device's queue behind it,
 * so nothing that our business thinks of a punch is ever an answer.
 */
public enum DoorAnswer {
    DONE(200, "{\"status\":\"done\"}"),
    NOT_JSON(400, error("The body is neither a JSON object nor an encrypted one.")),
    UNDECRYPTABLE(403, error("The body can't be decrypted with the security keys that are configured here.")),
    REFUSED(403, error("The auth token is missing, or it isn't one of this device.")),
    NOT_STORED(503, error("It could not be stored. Keep it and send it again."));

    private final int status;
    private final String body;

    DoorAnswer(int status, String body) {
        this.status = status;
        this.body = body;
    }

    private static String error(String message) {
        return "{\"status\":\"error\",\"message\":\"" + message + "\"}";
    }

    public int status() {
        return status;
    }

    /** JSON. */
    public String body() {
        return body;
    }
}
