-- What is wrong, as told by the webhook: since when, last seen by any replica, and when a message about it was last made (null:
-- it hasn't held for long enough yet). A row goes when it is over.
CREATE TABLE alert (
    rule TEXT NOT NULL,
    subject TEXT NOT NULL,
    since INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    told_at INTEGER,
    summary TEXT NOT NULL,
    PRIMARY KEY (rule, subject)
) WITHOUT ROWID;

-- Messages that the receiver hasn't taken yet, each made in the transaction that changed its alert.
CREATE TABLE alert_message (
    message_id TEXT NOT NULL PRIMARY KEY,
    rule TEXT NOT NULL,
    subject TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    body TEXT NOT NULL
) WITHOUT ROWID;

CREATE INDEX alert_message_oldest ON alert_message (made_at, message_id);
