-- What the gateway was asked. sent_at is an instant as everywhere, took are milliseconds.
CREATE TABLE gateway_call (
    operation_id TEXT NOT NULL PRIMARY KEY,
    device TEXT NOT NULL,
    operation TEXT NOT NULL,
    sent_at INTEGER NOT NULL,
    took INTEGER NOT NULL,
    status_code INTEGER,
    outcome TEXT NOT NULL
);

CREATE INDEX gateway_call_newest ON gateway_call (sent_at DESC, operation_id DESC);
CREATE INDEX gateway_call_of_device ON gateway_call (device, sent_at DESC, operation_id DESC);
