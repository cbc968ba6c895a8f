package io.punchbridge.command;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/**
 * What {@code java -jar quarkus-run.jar …} understands. Put together by hand and not by annotations, which picocli would
 * read by reflection: a native image needs nothing registered for it.
 */
public final class PunchbridgeCommand {
    private static final String LOAD_LOG = "load-log";
    private static final String DEVICE = "--device";
    private static final String FROM = "--from";
    private static final String TO = "--to";
    private static final String TOKEN_FILE = "--token-file";

    private final Supplier<Path> tokenFile;
    private final Clock clock;
    private final String version;
    private @Nullable DoctorCommand doctor;

    /** @param tokenFile where the service leaves its token, if the command line doesn't say */
    public PunchbridgeCommand(Supplier<Path> tokenFile, Clock clock, String version) {
        this.tokenFile = tokenFile;
        this.clock = clock;
        this.version = version;
    }

    /** Adds the set-up check. */
    public PunchbridgeCommand with(DoctorCommand added) {
        doctor = added;
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
        root.addOption(help());
        root.addOption(OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Print the version and exit.")
                .build());
        root.addSubcommand(LOAD_LOG, loadLog());
        if (doctor != null) {
            root.addSubcommand(doctor.name(), doctor.spec().addOption(help()));
        }
        CommandLine line = new CommandLine(root);
        line.setExecutionStrategy(parsed -> run(line, parsed, terminal, waiting));
        line.setExecutionExceptionHandler((failure, command, parsed) -> tell(line, failure));
        return line;
    }

    private static CommandSpec loadLog() {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage()
                .description("Has the gateway asked for what devices recorded, and waits until it is stored.")
                .footer(
                        "",
                        "Exit codes: 0 all is stored; 1 it isn't, and the reason is told; 2 the command line is wrong;",
                        "3 the running service can't be asked.");
        spec.addOption(help());
        spec.addOption(OptionSpec.builder(DEVICE)
                .required(true)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .paramLabel("DEVICE")
                .description("Name of a device in the configuration, or all. May be given several times.")
                .build());
        spec.addOption(date(FROM)
                .required(true)
                .description("First day, in the device's zone, e.g. 2026-10-01.")
                .build());
        spec.addOption(date(TO).description("Last day, in the device's zone, inclusive. Today, if it is left out.")
                .build());
        spec.addOption(OptionSpec.builder(TOKEN_FILE)
                .type(Path.class)
                .converters(text -> Path.of(text))
                .paramLabel("FILE")
                .description(
                        "File that the running service has written at its start. Found by the service's own settings,"
                                + " if it is left out.")
                .build());
        return spec;
    }

    private static OptionSpec help() {
        return OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help and exit.")
                .build();
    }

    private static OptionSpec.Builder date(String name) {
        return OptionSpec.builder(name).type(LocalDate.class).paramLabel("DATE").converters(text -> {
            try {
                return LocalDate.parse(text);
            } catch (DateTimeParseException noDate) {
                throw new TypeConversionException("'" + text + "' is no date; wanted is e.g. 2026-10-31");
            }
        });
    }

    private int run(CommandLine line, ParseResult parsed, boolean terminal, Waiting waiting) {
        Integer help = CommandLine.executeHelpRequest(parsed);
        if (help != null) {
            return help;
        }
        ParseResult command = parsed.subcommand();
        if (command == null) {
            throw new ParameterException(
                    line,
                    "Which command? There is: "
                            + String.join(", ", line.getSubcommands().keySet()));
        }
        if (doctor != null && command.commandSpec().name().equals(doctor.name())) {
            return doctor.run(command, line.getOut(), line.getErr());
        }
        LocalDate from = command.matchedOptionValue(FROM, LocalDate.MIN);
        LocalDate to = command.matchedOptionValue(TO, null);
        if (to != null && from.isAfter(to)) {
            throw new ParameterException(
                    command.commandSpec().commandLine(), FROM + " is later than " + TO + ": the range is empty");
        }
        List<String> devices = command.matchedOptionValue(DEVICE, List.of());
        Path file = command.matchedOptionValue(TOKEN_FILE, null);
        Display display = terminal ? new Bar(line.getOut(), clock) : new Lines(line.getOut(), clock);
        return new LoadLog(new RunningService(file == null ? tokenFile.get() : file), display, line.getErr(), waiting)
                .run(List.copyOf(new LinkedHashSet<>(devices)), from, to);
    }

    private static int tell(CommandLine line, Exception failure) {
        if (failure instanceof ConfigurationException) {
            line.getErr().println(failure.getMessage());
            return ExitCode.NOT_ASKED;
        }
        line.getErr().println("The command failed in a way that nobody planned; please report it:");
        failure.printStackTrace(line.getErr());
        return ExitCode.NOT_STORED;
    }
}
