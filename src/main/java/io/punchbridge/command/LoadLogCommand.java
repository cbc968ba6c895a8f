package io.punchbridge.command;

import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** {@code load-log}: what it understands. {@link LoadLog} does it. */
final class LoadLogCommand implements Command {
    private final Reach reach;

    LoadLogCommand(Reach reach) {
        this.reach = reach;
    }

    @Override
    public String name() {
        return "load-log";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage()
                .description("Has the gateway asked for what devices recorded, and waits until it is stored.")
                .footer(
                        "",
                        "Exit codes: 0 all is stored; 1 it isn't, and the reason is told; 2 the command line is wrong;",
                        "3 the running service can't be asked.");
        spec.addOption(OptionSpec.builder(Options.DEVICE)
                .required(true)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .paramLabel("DEVICE")
                .description("Name of a device in the configuration, or all. May be given several times.")
                .build());
        spec.addOption(Options.date(Options.FROM)
                .required(true)
                .description("First day, in the device's zone, e.g. 2026-10-01.")
                .build());
        spec.addOption(Options.date(Options.TO)
                .description("Last day, in the device's zone, inclusive. Today, if it is left out.")
                .build());
        spec.addOption(Keys.reason(false, "Why, for the record."));
        Reach.addOptions(spec);
        return spec;
    }

    @Override
    public int run(ParseResult parsed, Shell shell) {
        LocalDate from = parsed.matchedOptionValue(Options.FROM, LocalDate.MIN);
        LocalDate to = parsed.matchedOptionValue(Options.TO, null);
        if (to != null && from.isAfter(to)) {
            throw new ParameterException(
                    parsed.commandSpec().commandLine(),
                    Options.FROM + " is later than " + Options.TO + ": the range is empty");
        }
        List<String> devices = parsed.matchedOptionValue(Options.DEVICE, List.of());
        Display display =
                shell.terminal() ? new Bar(shell.out(), shell.clock()) : new Lines(shell.out(), shell.clock());
        return new LoadLog(reach.service(parsed), display, shell.err(), shell.waiting())
                .run(List.copyOf(new LinkedHashSet<>(devices)), from, to, Keys.reason(parsed));
    }
}
