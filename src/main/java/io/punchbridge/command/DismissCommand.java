package io.punchbridge.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code dismiss}: says of punches that they will never be check-ins, and why. */
final class DismissCommand implements Command {
    private final Reach reach;

    DismissCommand(Reach reach) {
        this.reach = reach;
    }

    @Override
    public String name() {
        return "dismiss";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage()
                .description(
                        "Ignores held, rejected or quarantined punches that will never be check-ins. They don't hold the"
                                + " attendance watermark back any more: their time counts as complete. replay takes that back, but"
                                + " not of an unreadable one.")
                .footer(
                        "",
                        "Exit codes: 0 all are ignored; 1 some aren't, and the reason is told;",
                        ExitCode.WRONG_OR_NOT_ASKED);
        spec.addPositional(Keys.positional(true));
        spec.addOption(Keys.reason(true, "Why, for the record and for others to read."));
        Reach.addOptions(spec);
        return spec;
    }

    @Override
    public int run(ParseResult parsed, Shell shell) {
        RunningService service = reach.service(parsed);
        return ServiceCall.ask(
                shell,
                () -> Keys.inParts(
                        Keys.of(parsed),
                        Keys.wanted(parsed, JsonNodeFactory.instance.objectNode()),
                        shell,
                        service::dismiss,
                        "ignored"));
    }
}
