-- What was last decided about each shift type with auto attendance. Wall times of the site are ISO 8601 without offset.
CREATE TABLE watermark (
    shift_type text COLLATE "C" NOT NULL PRIMARY KEY,
    outcome text NOT NULL,
    topic text NOT NULL,
    words text NOT NULL,
    passed_over text NOT NULL,
    last_sync text,
    last_sync_at bigint,
    proven_until bigint,
    since bigint NOT NULL,
    checked_at bigint NOT NULL
);

-- What holds it back, and since when the same does.
CREATE TABLE watermark_holder (
    shift_type text COLLATE "C" NOT NULL,
    holder text COLLATE "C" NOT NULL,
    place integer NOT NULL,
    words text NOT NULL,
    to_do text NOT NULL,
    since bigint NOT NULL,
    PRIMARY KEY (shift_type, holder)
);

-- Each move, stored before it is written to Frappe.
CREATE TABLE watermark_move (
    move_id text COLLATE "C" NOT NULL PRIMARY KEY,
    shift_type text COLLATE "C" NOT NULL,
    from_value text,
    to_value text NOT NULL,
    proven_until bigint NOT NULL,
    moved_by text NOT NULL,
    intended_at bigint NOT NULL,
    state text COLLATE "C" NOT NULL,
    settled_at bigint,
    outcome text
);

CREATE INDEX watermark_move_newest ON watermark_move (intended_at DESC, move_id DESC);
CREATE INDEX watermark_move_of_shift ON watermark_move (shift_type, intended_at DESC, move_id DESC);
CREATE INDEX watermark_move_open ON watermark_move (shift_type) WHERE state = 'INTENDED';

-- What a move rests on: the range of each device in which nothing was missing.
CREATE TABLE watermark_proof (
    move_id text COLLATE "C" NOT NULL,
    device text COLLATE "C" NOT NULL,
    serial_number text NOT NULL,
    verified_since bigint NOT NULL,
    verified_until bigint NOT NULL,
    verified_by text,
    PRIMARY KEY (move_id, device)
);
