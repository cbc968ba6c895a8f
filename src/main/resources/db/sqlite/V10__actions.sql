-- What persons did to punches. An id begins with the instant of the action, so that ids are in the order of time. How many
-- were wanted is known at the beginning; where fewer were changed and left alone, it was cut off.
CREATE TABLE person_action (
    action_id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    begun_at INTEGER NOT NULL,
    authority TEXT NOT NULL,
    who TEXT,
    what TEXT NOT NULL,
    why TEXT,
    wanted INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    left_alone INTEGER NOT NULL
) WITHOUT ROWID;

-- The punches that an action changed, with what their state and reason were before.
CREATE TABLE person_action_punch (
    punch_key TEXT NOT NULL,
    action_id TEXT NOT NULL,
    state_before TEXT NOT NULL,
    reason_before TEXT,
    PRIMARY KEY (punch_key, action_id)
) WITHOUT ROWID;

CREATE INDEX person_action_punch_of ON person_action_punch (action_id, punch_key);
