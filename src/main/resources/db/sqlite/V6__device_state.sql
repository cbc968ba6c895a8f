-- What is known of each declared device, one row each. Every group of columns has the instant that it is of; the later
-- wins.
CREATE TABLE device_state (
    device TEXT NOT NULL PRIMARY KEY,
    watched_since INTEGER NOT NULL,
    last_callback INTEGER,
    last_event INTEGER,
    drift_at INTEGER,
    drift_seconds INTEGER,
    answered_at INTEGER,
    answer_code INTEGER,
    answer_words TEXT,
    informed_at INTEGER,
    model TEXT,
    licensed_until TEXT,
    users INTEGER,
    asked_at INTEGER
) WITHOUT ROWID;

-- Warnings that stand, and when a person was last told.
CREATE TABLE device_warning (
    device TEXT NOT NULL,
    warning TEXT NOT NULL,
    since INTEGER NOT NULL,
    told_at INTEGER NOT NULL,
    PRIMARY KEY (device, warning)
) WITHOUT ROWID;
