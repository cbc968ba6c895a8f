package io.punchbridge.alerts;

import io.punchbridge.inbox.Alerts;
import io.punchbridge.inbox.AlertsContract;

class MemoryAlertsTest extends AlertsContract {
    @Override
    protected Alerts open() {
        return new MemoryAlerts();
    }

    @Override
    protected void close() {
        // nothing is open
    }
}
