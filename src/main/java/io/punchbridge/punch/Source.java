package io.punchbridge.punch;

/** How a punch reached us. Live punches ({@link #CALLBACK}) are delivered before history. */
public enum Source {
    CALLBACK,
    LOAD_LOG
}
