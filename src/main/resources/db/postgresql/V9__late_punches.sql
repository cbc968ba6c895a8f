-- Delivered so long after their time that their attendance may have been made before. entry is null until that is judged.
CREATE TABLE late_punch (
    punch_key text COLLATE "C" NOT NULL PRIMARY KEY,
    device text NOT NULL,
    employee text NOT NULL,
    checkin text NOT NULL,
    punched_at bigint NOT NULL,
    settled_at bigint NOT NULL,
    entry text COLLATE "C"
);

CREATE INDEX late_punch_candidate ON late_punch (settled_at, punch_key) WHERE entry IS NULL;
CREATE INDEX late_punch_entry ON late_punch (entry) WHERE entry IS NOT NULL;

-- One an employee, day and shift type. Times of attendance are wall times of the site, as Frappe writes them; an entry with
-- not_before null isn't looked at again.
CREATE TABLE late_entry (
    id text COLLATE "C" NOT NULL PRIMARY KEY,
    employee text NOT NULL,
    day text NOT NULL,
    shift text NOT NULL,
    state text COLLATE "C" NOT NULL,
    attendance text,
    status text,
    hours double precision,
    in_time text,
    out_time text,
    would_status text,
    would_hours double precision,
    would_in_time text,
    would_out_time text,
    reason text,
    remade text,
    attempts integer NOT NULL,
    not_before bigint,
    found_at bigint NOT NULL,
    changed_at bigint NOT NULL
);

CREATE INDEX late_entry_due ON late_entry (not_before) WHERE not_before IS NOT NULL;

-- What was done to an attendance, written before it is done; begun_at is null for what a dry run would do.
CREATE TABLE late_step (
    entry text COLLATE "C" NOT NULL,
    seq integer NOT NULL,
    kind text NOT NULL,
    subject text NOT NULL,
    begun_at bigint,
    done_at bigint,
    PRIMARY KEY (entry, seq)
);
