-- What another program had written to Frappe near a punch of history; the row goes with its punch.
CREATE TABLE found_near (
    punch_key TEXT NOT NULL PRIMARY KEY,
    device TEXT NOT NULL,
    punched_at INTEGER NOT NULL,
    checkin TEXT NOT NULL,
    log_type TEXT NOT NULL,
    found_log_type TEXT NOT NULL,
    seconds_later INTEGER NOT NULL,
    found_at INTEGER NOT NULL
) WITHOUT ROWID;

-- A key begins with the punch's second, so this is the order of time, too.
CREATE INDEX found_near_device ON found_near (device, punch_key);
