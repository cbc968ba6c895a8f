-- For whom punches are held, and how many of one user: what a person is told and confirms. Leaves delivered ones out, too.
CREATE INDEX punch_held ON punch (user_id, punch_key) WHERE state = 'HELD';

-- What devices call one user, without a look at each device's list.
CREATE INDEX device_user_called ON device_user (user_id) WHERE name IS NOT NULL;
