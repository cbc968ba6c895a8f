package io.punchbridge.access;

import java.time.Duration;
import java.util.List;

/**
 * Who may log in, and what repeated wrong passwords come to.
 *
 * @param users nobody logs in where it is empty
 * @param lockOutAfter so many wrong passwords in a row lock a user out
 * @param lockOutFor how long, from the last wrong password
 */
public record LoginSettings(List<User> users, int lockOutAfter, Duration lockOutFor) {

    public LoginSettings {
        users = List.copyOf(users);
    }

    /**
     * @param passwordHash bcrypt, of any cost
     */
    public record User(String name, String passwordHash, Role role) {
        @Override
        public String toString() {
            return "User[" + name + ", " + role + "]";
        }
    }

    boolean areOff() {
        return users.isEmpty();
    }
}
