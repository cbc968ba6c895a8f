package io.punchbridge.access;

/**
 * Who asks, proved.
 *
 * @param name of a configured user, or as the OpenID provider tells it; of a command, the user of the operating system that
 *     it names
 */
public record Asker(String name, Role role, Proof proof) {

    /** What proved it. */
    public enum Proof {
        TOKEN_FILE("token file on this host"),
        PASSWORD("name and password"),
        OPEN_ID_CONNECT("OpenID Connect");

        private final String words;

        Proof(String words) {
            this.words = words;
        }
    }

    static Asker command(String osUser) {
        return new Asker(osUser, Role.OPERATOR, Proof.TOKEN_FILE);
    }

    static Asker user(LoginSettings.User user) {
        return new Asker(user.name(), user.role(), Proof.PASSWORD);
    }

    /** For the record of what was done: the user, or whom the command ran as, as it says itself. */
    public String who() {
        return name;
    }

    /** What proved that this one may ask, in words. */
    public String authority() {
        return proof.words;
    }
}
