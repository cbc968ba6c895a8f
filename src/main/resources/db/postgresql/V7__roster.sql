-- When the roster read an event; null: not yet. A mark on each, not a position in their order: replicas commit events in
-- another order than they came in, and a position would pass over the late one.
ALTER TABLE event ADD COLUMN taken_at bigint;

CREATE INDEX event_untaken ON event (received_at, event_key) WHERE taken_at IS NULL;

-- Who is on which device, as far as we know. Rows of users who are gone stay for a while, without their name, so that
-- older news can't bring them back. admin is null where nobody ever said.
CREATE TABLE device_user (
    device text COLLATE "C" NOT NULL,
    user_id text COLLATE "C" NOT NULL,
    present integer NOT NULL,
    name text,
    admin integer,
    origin text NOT NULL,
    known_at bigint NOT NULL,
    PRIMARY KEY (device, user_id)
);

-- At most one command a user of a device: a newer intent replaces what was not sent.
CREATE TABLE user_command (
    device text COLLATE "C" NOT NULL,
    user_id text COLLATE "C" NOT NULL,
    action text NOT NULL,
    first_name text NOT NULL,
    last_name text NOT NULL,
    admin integer NOT NULL,
    confirmed integer NOT NULL,
    state text COLLATE "C" NOT NULL,
    attempts integer NOT NULL,
    planned_at bigint NOT NULL,
    not_before bigint,
    sent_at bigint,
    settled_at bigint,
    reason text,
    PRIMARY KEY (device, user_id)
);
