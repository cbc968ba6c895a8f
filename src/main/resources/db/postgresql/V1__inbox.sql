-- Instants are milliseconds since 1970-01-01T00:00:00Z.
-- Collation "C": keys must sort in the order of time, whatever the database's language.
CREATE TABLE punch (
    punch_key text COLLATE "C" NOT NULL PRIMARY KEY,
    device text NOT NULL,
    user_id text,
    punched_at bigint,
    type text,
    sent_type text,
    log_time text,
    gateway_time bigint,
    operation_id text,
    input_type text,
    temperature text,
    face_mask integer,
    extra text,
    content text,
    source text NOT NULL,
    priority integer NOT NULL,
    received_at bigint NOT NULL,
    state text COLLATE "C" NOT NULL,
    reason text,
    employee text,
    checkin text,
    not_before bigint,
    claimed_by text,
    claimed_until bigint,
    in_doubt_since bigint,
    settled_at bigint
);

-- Every index leaves delivered punches out, so that none grows with them.
CREATE INDEX punch_pending ON punch (priority, punch_key) WHERE state = 'PENDING';
CREATE INDEX punch_pending_age ON punch (received_at) WHERE state = 'PENDING';
CREATE INDEX punch_set_aside ON punch (state, punch_key) WHERE state NOT IN ('PENDING', 'DELIVERED');

-- Exact number of punches in each state, kept by the transaction that changes it; the sum over the slots counts.
-- Slots keep transactions that run at the same time from waiting for one row.
CREATE TABLE punch_count (
    state text COLLATE "C" NOT NULL,
    slot integer NOT NULL,
    n bigint NOT NULL,
    PRIMARY KEY (state, slot)
) WITH (fillfactor = 50);

CREATE TABLE event (
    event_key text COLLATE "C" NOT NULL PRIMARY KEY,
    device text NOT NULL,
    operation text NOT NULL,
    user_id text,
    operation_id text,
    content text NOT NULL,
    received_at bigint NOT NULL
);

CREATE INDEX event_newest ON event (received_at DESC, event_key DESC);

CREATE TABLE fact (
    name text NOT NULL PRIMARY KEY,
    value text NOT NULL
);
