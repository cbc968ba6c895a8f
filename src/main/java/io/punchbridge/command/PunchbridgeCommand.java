package io.punchbridge.command;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * What {@code java -jar quarkus-run.jar …} understands. Put together by hand and not by annotations, which picocli would
 * read by reflection: a native image needs nothing registered for it.
 */
public final class PunchbridgeCommand {
    private final List<Command> commands;
    private final Clock clock;
    private final String version;

    /** @param tokenFile where the service leaves its token, if the command line doesn't say */
    public PunchbridgeCommand(Supplier<Path> tokenFile, Clock clock, String version) {
        this(Reach.real(tokenFile), clock, version);
    }

    PunchbridgeCommand(Reach reach, Clock clock, String version) {
        this.commands = new ArrayList<>(List.of(
                new LoadLogCommand(reach),
                new PunchesCommand(reach),
                new ReplayCommand(reach),
                new DismissCommand(reach),
                DeliveryCommand.pause(reach),
                DeliveryCommand.resume(reach),
                new LookCommand(Looks.SUMMARY, reach),
                new LookCommand(Looks.HELD, reach),
                new LookCommand(Looks.DEVICES, reach),
                new LookCommand(Looks.WATERMARKS, reach),
                new LookCommand(Looks.EVENTS, reach),
                new LookCommand(Looks.ACTIONS, reach),
                new HashPasswordCommand(PasswordSource.REAL)));
        this.clock = clock;
        this.version = version;
    }

    /** Adds the set-up check. */
    public PunchbridgeCommand with(DoctorCommand doctor) {
        commands.add(doctor);
        return this;
    }

    /** Carries out a command line; returns the exit code of {@link ExitCode}. */
    public int execute(String... args) {
        return commandLine(Terminal.isThere(), Waiting.REAL).execute(args);
    }

    CommandLine commandLine(boolean terminal, Waiting waiting) {
        CommandSpec root = CommandSpec.create().name("punchbridge").version("Punchbridge " + version);
        root.usageMessage()
                .description("Without arguments: serves. With a command: does that, and serves nothing.")
                .synopsisSubcommandLabel("COMMAND");
        root.addOption(Options.help());
        root.addOption(OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Print the version and exit.")
                .build());
        for (Command command : commands) {
            root.addSubcommand(command.name(), command.spec().addOption(Options.help()));
        }
        CommandLine line = new CommandLine(root);
        line.setExecutionStrategy(
                parsed -> run(parsed, line, new Shell(line.getOut(), line.getErr(), terminal, waiting, clock)));
        return line;
    }

    private int run(ParseResult parsed, CommandLine line, Shell shell) {
        Integer help = CommandLine.executeHelpRequest(parsed);
        if (help != null) {
            return help;
        }
        ParseResult wanted = parsed.subcommand();
        if (wanted == null) {
            throw new ParameterException(
                    line,
                    "Which command? There is: "
                            + commands.stream().map(Command::name).collect(Collectors.joining(", ")));
        }
        Command chosen = commands.stream()
                .filter(command -> command.name().equals(wanted.commandSpec().name()))
                .findFirst()
                .orElseThrow();
        try {
            return chosen.run(wanted, shell);
        } catch (ParameterException wrongLine) {
            throw wrongLine;
        } catch (ConfigurationException wrong) {
            shell.err().println(wrong.getMessage());
            return ExitCode.NOT_ASKED;
        } catch (RuntimeException surprise) {
            // Here, as picocli hands nothing of what an execution strategy throws to its handler.
            shell.err().println("The command failed in a way that nobody planned; please report it:");
            surprise.printStackTrace(shell.err());
            return ExitCode.NOT_DONE;
        }
    }
}
