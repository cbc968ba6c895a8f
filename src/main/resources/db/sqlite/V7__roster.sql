-- When the roster read an event; null: not yet. A mark on each, not a position in their order: replicas commit events in
-- another order than they came in, and a position would pass over the late one.
ALTER TABLE event ADD COLUMN taken_at INTEGER;

CREATE INDEX event_untaken ON event (received_at, event_key) WHERE taken_at IS NULL;

-- Who is on which device, as far as we know. Rows of users who are gone stay for a while, without their name, so that
-- older news can't bring them back. admin is null where nobody ever said.
CREATE TABLE device_user (
    device TEXT NOT NULL,
    user_id TEXT NOT NULL,
    present INTEGER NOT NULL,
    name TEXT,
    admin INTEGER,
    origin TEXT NOT NULL,
    known_at INTEGER NOT NULL,
    PRIMARY KEY (device, user_id)
) WITHOUT ROWID;

-- At most one command a user of a device: a newer intent replaces what was not sent.
CREATE TABLE user_command (
    device TEXT NOT NULL,
    user_id TEXT NOT NULL,
    action TEXT NOT NULL,
    first_name TEXT NOT NULL,
    last_name TEXT NOT NULL,
    admin INTEGER NOT NULL,
    confirmed INTEGER NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    planned_at INTEGER NOT NULL,
    not_before INTEGER,
    sent_at INTEGER,
    settled_at INTEGER,
    reason TEXT,
    PRIMARY KEY (device, user_id)
) WITHOUT ROWID;
