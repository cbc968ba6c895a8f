-- When the newest of its messages that was given up was made (null: none was); if that is told_at, nobody has heard of it.
ALTER TABLE alert ADD COLUMN given_up bigint;
