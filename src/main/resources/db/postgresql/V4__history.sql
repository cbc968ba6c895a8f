-- What is known of a device's own log: since when callbacks are expected of it, and the range that came whole.
CREATE TABLE device_history (
    device text COLLATE "C" NOT NULL PRIMARY KEY,
    watched_since bigint,
    verified_since bigint,
    verified_until bigint,
    verified_by text,
    verified_at bigint
);

CREATE TABLE history_run (
    run_id text COLLATE "C" NOT NULL PRIMARY KEY,
    device text COLLATE "C" NOT NULL,
    wanted_by text NOT NULL,
    from_at bigint NOT NULL,
    until_at bigint NOT NULL,
    state text COLLATE "C" NOT NULL,
    proven_until bigint NOT NULL,
    reached bigint NOT NULL,
    windows bigint NOT NULL,
    windows_done bigint NOT NULL,
    pages bigint NOT NULL,
    rows_given bigint NOT NULL,
    new_punches bigint NOT NULL,
    lost_punches bigint NOT NULL,
    unreadable bigint NOT NULL,
    errors bigint NOT NULL,
    started_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    ended_at bigint,
    reason text,
    holder text NOT NULL,
    lease_until bigint NOT NULL,
    cancel_wanted bigint NOT NULL
);

-- Two runs of one device never overlap.
CREATE UNIQUE INDEX history_run_under_way ON history_run (device) WHERE state = 'RUNNING';
CREATE INDEX history_run_newest ON history_run (started_at DESC, run_id DESC);
CREATE INDEX history_run_of_device ON history_run (device, started_at DESC, run_id DESC);

-- Punches that a callback should have brought and did not; day is that of the device's zone, e.g. 2026-10-31.
CREATE TABLE lost_punch_count (
    device text COLLATE "C" NOT NULL,
    day text COLLATE "C" NOT NULL,
    n bigint NOT NULL,
    PRIMARY KEY (device, day)
);
