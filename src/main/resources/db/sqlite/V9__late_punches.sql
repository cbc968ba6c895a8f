-- Delivered so long after their time that their attendance may have been made before. entry is null until that is judged.
CREATE TABLE late_punch (
    punch_key TEXT NOT NULL PRIMARY KEY,
    device TEXT NOT NULL,
    employee TEXT NOT NULL,
    checkin TEXT NOT NULL,
    punched_at INTEGER NOT NULL,
    settled_at INTEGER NOT NULL,
    entry TEXT
) WITHOUT ROWID;

CREATE INDEX late_punch_candidate ON late_punch (settled_at, punch_key) WHERE entry IS NULL;
CREATE INDEX late_punch_entry ON late_punch (entry) WHERE entry IS NOT NULL;

-- One an employee, day and shift type. Times of attendance are wall times of the site, as Frappe writes them; an entry with
-- not_before null isn't looked at again.
CREATE TABLE late_entry (
    id TEXT NOT NULL PRIMARY KEY,
    employee TEXT NOT NULL,
    day TEXT NOT NULL,
    shift TEXT NOT NULL,
    state TEXT NOT NULL,
    attendance TEXT,
    status TEXT,
    hours REAL,
    in_time TEXT,
    out_time TEXT,
    would_status TEXT,
    would_hours REAL,
    would_in_time TEXT,
    would_out_time TEXT,
    reason TEXT,
    remade TEXT,
    attempts INTEGER NOT NULL,
    not_before INTEGER,
    found_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX late_entry_due ON late_entry (not_before) WHERE not_before IS NOT NULL;

-- What was done to an attendance, written before it is done; begun_at is null for what a dry run would do.
CREATE TABLE late_step (
    entry TEXT NOT NULL,
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    begun_at INTEGER,
    done_at INTEGER,
    PRIMARY KEY (entry, seq)
) WITHOUT ROWID;
