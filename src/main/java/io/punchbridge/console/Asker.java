package io.punchbridge.console;

/**
 * Who asks, proved.
 *
 * @param name of a configured user; of a command, the user of the operating system that it names, in front of {@code
 *     (command)}, which no user's name can end with
 */
record Asker(String name, Role role) {
    static Asker command(String osUser) {
        return new Asker(osUser + " (command)", Role.OPERATOR);
    }
}
