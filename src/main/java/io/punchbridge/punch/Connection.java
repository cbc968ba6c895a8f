package io.punchbridge.punch;

/** How a device is connected to the gateway; decides whether its history can be asked for. */
public enum Connection {
    NATIVE_PUSH(true),
    DEVICE_SDK(true),
    DB_PULL(false),
    FILE_PROCESSING(false);

    private final boolean answersRequests;

    Connection(boolean answersRequests) {
        this.answersRequests = answersRequests;
    }

    /** Whether the gateway's RESTful operations reach such a device. */
    public boolean answersRequests() {
        return answersRequests;
    }
}
