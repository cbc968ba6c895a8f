package io.punchbridge.alerts;

import java.util.Locale;

/** How bad it is, as the alert rules for Prometheus say it. */
public enum Severity {
    /** Wakes someone. */
    CRITICAL,
    /** For the next working hours. */
    WARNING,
    /** To be looked at some time. */
    INFO;

    /** As a label of Prometheus. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
