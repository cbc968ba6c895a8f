-- Delivery is paused while there is a row; there is never more than one.
CREATE TABLE delivery_pause (
    one integer NOT NULL PRIMARY KEY CHECK (one = 1),
    since bigint NOT NULL,
    authority text NOT NULL,
    who text,
    why text NOT NULL
);

-- What deliveries of a punch came to, numbered from 1; the first and the newest ones are kept. Rows go with their punch.
CREATE TABLE delivery_attempt (
    punch_key text COLLATE "C" NOT NULL,
    number bigint NOT NULL,
    begun_at bigint NOT NULL,
    took_ms bigint,
    outcome text COLLATE "C" NOT NULL,
    status integer NOT NULL,
    words text,
    punches integer NOT NULL,
    checkin text,
    PRIMARY KEY (punch_key, number)
);
