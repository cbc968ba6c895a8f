-- What the gateway was asked. sent_at is an instant as everywhere, took are milliseconds.
CREATE TABLE gateway_call (
    operation_id text COLLATE "C" NOT NULL PRIMARY KEY,
    device text NOT NULL,
    operation text NOT NULL,
    sent_at bigint NOT NULL,
    took bigint NOT NULL,
    status_code integer,
    outcome text NOT NULL
);

CREATE INDEX gateway_call_newest ON gateway_call (sent_at DESC, operation_id DESC);
CREATE INDEX gateway_call_of_device ON gateway_call (device, sent_at DESC, operation_id DESC);
