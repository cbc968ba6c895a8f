-- What another program had written to Frappe near a punch of history; the row goes with its punch.
CREATE TABLE found_near (
    punch_key text COLLATE "C" NOT NULL PRIMARY KEY,
    device text NOT NULL,
    punched_at bigint NOT NULL,
    checkin text NOT NULL,
    log_type text NOT NULL,
    found_log_type text NOT NULL,
    seconds_later bigint NOT NULL,
    found_at bigint NOT NULL
);

-- A key begins with the punch's second, so this is the order of time, too.
CREATE INDEX found_near_device ON found_near (device, punch_key);
