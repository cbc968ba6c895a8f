-- What is known of a device's own log: since when callbacks are expected of it, and the range that came whole.
CREATE TABLE device_history (
    device TEXT NOT NULL PRIMARY KEY,
    watched_since INTEGER,
    verified_since INTEGER,
    verified_until INTEGER,
    verified_by TEXT,
    verified_at INTEGER
) WITHOUT ROWID;

CREATE TABLE history_run (
    run_id TEXT NOT NULL PRIMARY KEY,
    device TEXT NOT NULL,
    wanted_by TEXT NOT NULL,
    from_at INTEGER NOT NULL,
    until_at INTEGER NOT NULL,
    state TEXT NOT NULL,
    proven_until INTEGER NOT NULL,
    reached INTEGER NOT NULL,
    windows INTEGER NOT NULL,
    windows_done INTEGER NOT NULL,
    pages INTEGER NOT NULL,
    rows_given INTEGER NOT NULL,
    new_punches INTEGER NOT NULL,
    lost_punches INTEGER NOT NULL,
    unreadable INTEGER NOT NULL,
    errors INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    ended_at INTEGER,
    reason TEXT,
    holder TEXT NOT NULL,
    lease_until INTEGER NOT NULL,
    cancel_wanted INTEGER NOT NULL
) WITHOUT ROWID;

-- Two runs of one device never overlap.
CREATE UNIQUE INDEX history_run_under_way ON history_run (device) WHERE state = 'RUNNING';
CREATE INDEX history_run_newest ON history_run (started_at DESC, run_id DESC);
CREATE INDEX history_run_of_device ON history_run (device, started_at DESC, run_id DESC);

-- Punches that a callback should have brought and did not; day is that of the device's zone, e.g. 2026-10-31.
CREATE TABLE lost_punch_count (
    device TEXT NOT NULL,
    day TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (device, day)
) WITHOUT ROWID;
