package io.punchbridge.access;

/**
 * Who asks, proved.
 *
 * @param name of a configured user; of a command, the user of the operating system that it names, in front of {@code
 *     (command)}, which no user's name can end with
 */
public record Asker(String name, Role role) {
    private static final String COMMAND = " (command)";

    static Asker command(String osUser) {
        return new Asker(osUser + COMMAND, Role.OPERATOR);
    }

    /** For the record of what was done: the user, or whom the command ran as, as it says itself. */
    public String who() {
        return isCommand() ? name.substring(0, name.length() - COMMAND.length()) : name;
    }

    /** What proved that this one may ask. */
    public String authority() {
        return isCommand() ? "token file on this host" : "name and password";
    }

    private boolean isCommand() {
        return name.endsWith(COMMAND);
    }
}
