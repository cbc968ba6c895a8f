-- Keys of purged punches, so that a late repeat is still known. A key begins with the punch's second: its age needs no
-- column, and the oldest keys lie together.
CREATE TABLE past_key (
    punch_key text COLLATE "C" NOT NULL PRIMARY KEY
);

-- ShedLock's own table and column names; its times are the database's, in UTC.
CREATE TABLE shedlock (
    name text NOT NULL PRIMARY KEY,
    lock_until timestamp NOT NULL,
    locked_at timestamp NOT NULL,
    locked_by text NOT NULL
);
