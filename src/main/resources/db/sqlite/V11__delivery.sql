-- Delivery is paused while there is a row; there is never more than one.
CREATE TABLE delivery_pause (
    one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    since INTEGER NOT NULL,
    authority TEXT NOT NULL,
    who TEXT,
    why TEXT NOT NULL
);

-- What deliveries of a punch came to, numbered from 1; the first and the newest ones are kept. Rows go with their punch.
CREATE TABLE delivery_attempt (
    punch_key TEXT NOT NULL,
    number INTEGER NOT NULL,
    begun_at INTEGER NOT NULL,
    took_ms INTEGER,
    outcome TEXT NOT NULL,
    status INTEGER NOT NULL,
    words TEXT,
    punches INTEGER NOT NULL,
    checkin TEXT,
    PRIMARY KEY (punch_key, number)
) WITHOUT ROWID;
