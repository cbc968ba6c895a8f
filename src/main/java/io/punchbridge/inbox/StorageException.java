package io.punchbridge.inbox;

/** The storage could not do it; nothing of the call was kept. The message says what happened and what to do. */
public final class StorageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StorageException(String message, Throwable cause) {
        super(message, cause);
    }

    public StorageException(String message) {
        super(message);
    }
}
