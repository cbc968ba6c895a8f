package io.punchbridge.command;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** One command: it says what it understands, and carries it out. */
interface Command {
    String name();

    /** Its options, parameters and help, made anew each time; {@code --help} is added to each. */
    CommandSpec spec();

    /**
     * @param parsed of this command, not of the whole line
     * @return of {@link ExitCode}
     * @throws picocli.CommandLine.ParameterException if what was given fits each by itself, and not together
     */
    int run(ParseResult parsed, Shell shell);
}
