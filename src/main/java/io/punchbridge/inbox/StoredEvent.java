package io.punchbridge.inbox;

import io.punchbridge.punch.DeviceEvent;
import java.time.Instant;

/** An event and our clock when it came first. */
public record StoredEvent(DeviceEvent event, Instant receivedAt) {}
