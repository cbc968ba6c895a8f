package io.punchbridge.command;

/** The running service could not be asked. The message is for a person. */
final class NotAsked extends Exception {
    private static final long serialVersionUID = 1L;

    NotAsked(String message) {
        super(message);
    }
}
