-- What persons did to punches. An id begins with the instant of the action, so that ids are in the order of time. How many
-- were wanted is known at the beginning; where fewer were changed and left alone, it was cut off.
CREATE TABLE person_action (
    action_id text COLLATE "C" NOT NULL PRIMARY KEY,
    kind text NOT NULL,
    begun_at bigint NOT NULL,
    authority text NOT NULL,
    who text,
    what text NOT NULL,
    why text,
    wanted bigint NOT NULL,
    changed bigint NOT NULL,
    left_alone bigint NOT NULL
);

-- The punches that an action changed, with what their state and reason were before.
CREATE TABLE person_action_punch (
    punch_key text COLLATE "C" NOT NULL,
    action_id text COLLATE "C" NOT NULL,
    state_before text COLLATE "C" NOT NULL,
    reason_before text,
    PRIMARY KEY (punch_key, action_id)
);

CREATE INDEX person_action_punch_of ON person_action_punch (action_id, punch_key);
