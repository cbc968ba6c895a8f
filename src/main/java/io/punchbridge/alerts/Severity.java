package io.punchbridge.alerts;

import java.util.Locale;

/** How bad it is, as the alert rules for Prometheus say it. */
enum Severity {
    /** Wakes someone. */
    CRITICAL,
    /** For the next working hours. */
    WARNING,
    /** To be looked at some time. */
    INFO;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
