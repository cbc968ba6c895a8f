package io.punchbridge.command;

/** What a shell is told. 2 is a wrong command line, by picocli. */
final class ExitCode {
    static final int DONE = 0;
    /** For the foot of each command's help. */
    static final String WRONG_OR_NOT_ASKED = "2 the command line is wrong; 3 the running service can't be asked.";

    /** The service was asked, and what was wanted isn't so or isn't done, wholly or in part. */
    static final int NOT_DONE = 1;
    /** The service couldn't be asked, or went away; or the configuration is wrong. */
    static final int NOT_ASKED = 3;

    private ExitCode() {}
}
