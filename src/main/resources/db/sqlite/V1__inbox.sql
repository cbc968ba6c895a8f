-- Instants are milliseconds since 1970-01-01T00:00:00Z.
-- WITHOUT ROWID: keys come in the order of time, so an insert appends to one tree instead of two.
CREATE TABLE punch (
    punch_key TEXT NOT NULL PRIMARY KEY,
    device TEXT NOT NULL,
    user_id TEXT,
    punched_at INTEGER,
    type TEXT,
    sent_type TEXT,
    log_time TEXT,
    gateway_time INTEGER,
    operation_id TEXT,
    input_type TEXT,
    temperature TEXT,
    face_mask INTEGER,
    extra TEXT,
    content TEXT,
    source TEXT NOT NULL,
    priority INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    state TEXT NOT NULL,
    reason TEXT,
    employee TEXT,
    checkin TEXT,
    not_before INTEGER,
    claimed_by TEXT,
    claimed_until INTEGER,
    in_doubt_since INTEGER,
    settled_at INTEGER
) WITHOUT ROWID;

-- Every index leaves delivered punches out, so that none grows with them.
CREATE INDEX punch_pending ON punch (priority, punch_key) WHERE state = 'PENDING';
CREATE INDEX punch_pending_age ON punch (received_at) WHERE state = 'PENDING';
CREATE INDEX punch_set_aside ON punch (state, punch_key) WHERE state NOT IN ('PENDING', 'DELIVERED');

-- Exact number of punches in each state, kept by the transaction that changes it; the sum over the slots counts.
CREATE TABLE punch_count (
    state TEXT NOT NULL,
    slot INTEGER NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (state, slot)
) WITHOUT ROWID;

CREATE TABLE event (
    event_key TEXT NOT NULL PRIMARY KEY,
    device TEXT NOT NULL,
    operation TEXT NOT NULL,
    user_id TEXT,
    operation_id TEXT,
    content TEXT NOT NULL,
    received_at INTEGER NOT NULL
);

CREATE INDEX event_newest ON event (received_at DESC, event_key DESC);

CREATE TABLE fact (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
