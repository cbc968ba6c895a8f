-- What is wrong, as told by the webhook: since when, last seen by any replica, and when a message about it was last made (null:
-- it hasn't held for long enough yet). A row goes when it is over.
CREATE TABLE alert (
    rule text COLLATE "C" NOT NULL,
    subject text COLLATE "C" NOT NULL,
    since bigint NOT NULL,
    seen_at bigint NOT NULL,
    told_at bigint,
    summary text NOT NULL,
    PRIMARY KEY (rule, subject)
);

-- Messages that the receiver hasn't taken yet, each made in the transaction that changed its alert.
CREATE TABLE alert_message (
    message_id text COLLATE "C" NOT NULL PRIMARY KEY,
    rule text COLLATE "C" NOT NULL,
    subject text COLLATE "C" NOT NULL,
    made_at bigint NOT NULL,
    due_at bigint NOT NULL,
    body text NOT NULL
);

CREATE INDEX alert_message_oldest ON alert_message (made_at, message_id);
