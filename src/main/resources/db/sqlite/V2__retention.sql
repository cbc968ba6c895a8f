-- Keys of purged punches, so that a late repeat is still known. A key begins with the punch's second: its age needs no
-- column, and the oldest keys lie together.
CREATE TABLE past_key (
    punch_key TEXT NOT NULL PRIMARY KEY
) WITHOUT ROWID;
