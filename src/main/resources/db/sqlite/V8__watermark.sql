-- What was last decided about each shift type with auto attendance. Wall times of the site are ISO 8601 without offset.
CREATE TABLE watermark (
    shift_type TEXT NOT NULL PRIMARY KEY,
    outcome TEXT NOT NULL,
    topic TEXT NOT NULL,
    words TEXT NOT NULL,
    passed_over TEXT NOT NULL,
    last_sync TEXT,
    last_sync_at INTEGER,
    proven_until INTEGER,
    since INTEGER NOT NULL,
    checked_at INTEGER NOT NULL
) WITHOUT ROWID;

-- What holds it back, and since when the same does.
CREATE TABLE watermark_holder (
    shift_type TEXT NOT NULL,
    holder TEXT NOT NULL,
    place INTEGER NOT NULL,
    words TEXT NOT NULL,
    to_do TEXT NOT NULL,
    since INTEGER NOT NULL,
    PRIMARY KEY (shift_type, holder)
) WITHOUT ROWID;

-- Each move, stored before it is written to Frappe.
CREATE TABLE watermark_move (
    move_id TEXT NOT NULL PRIMARY KEY,
    shift_type TEXT NOT NULL,
    from_value TEXT,
    to_value TEXT NOT NULL,
    proven_until INTEGER NOT NULL,
    moved_by TEXT NOT NULL,
    intended_at INTEGER NOT NULL,
    state TEXT NOT NULL,
    settled_at INTEGER,
    outcome TEXT
) WITHOUT ROWID;

CREATE INDEX watermark_move_newest ON watermark_move (intended_at DESC, move_id DESC);
CREATE INDEX watermark_move_of_shift ON watermark_move (shift_type, intended_at DESC, move_id DESC);
CREATE INDEX watermark_move_open ON watermark_move (shift_type) WHERE state = 'INTENDED';

-- What a move rests on: the range of each device in which nothing was missing.
CREATE TABLE watermark_proof (
    move_id TEXT NOT NULL,
    device TEXT NOT NULL,
    serial_number TEXT NOT NULL,
    verified_since INTEGER NOT NULL,
    verified_until INTEGER NOT NULL,
    verified_by TEXT,
    PRIMARY KEY (move_id, device)
) WITHOUT ROWID;
