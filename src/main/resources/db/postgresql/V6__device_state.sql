-- What is known of each declared device, one row each. Every group of columns has the instant that it is of; replicas
-- merge by it, the later wins.
CREATE TABLE device_state (
    device text COLLATE "C" NOT NULL PRIMARY KEY,
    watched_since bigint NOT NULL,
    last_callback bigint,
    last_event bigint,
    drift_at bigint,
    drift_seconds bigint,
    answered_at bigint,
    answer_code integer,
    answer_words text,
    informed_at bigint,
    model text,
    licensed_until text,
    users integer,
    asked_at bigint
);

-- Warnings that stand, and when a person was last told.
CREATE TABLE device_warning (
    device text COLLATE "C" NOT NULL,
    warning text COLLATE "C" NOT NULL,
    since bigint NOT NULL,
    told_at bigint NOT NULL,
    PRIMARY KEY (device, warning)
);
