package io.punchbridge.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** {@code replay}: has punches sent again, by key, or by a filter after their number was seen. */
final class ReplayCommand implements Command {
    private static final String YES = "--yes";

    private final Reach reach;

    ReplayCommand(Reach reach) {
        this.reach = reach;
    }

    @Override
    public String name() {
        return "replay";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage()
                .description("Has punches sent to Frappe again, once the cause that kept them from it is mended. By a"
                        + " filter: says how many match, and asks.")
                .footer(
                        "",
                        "Exit codes: 0 all are pending again; 1 some aren't, or nobody said yes, and the reason is told;",
                        ExitCode.WRONG_OR_NOT_ASKED);
        spec.addPositional(Keys.positional(false));
        FilterOptions.add(spec);
        spec.addOption(Keys.reason(false, "Why, for the record."));
        spec.addOption(OptionSpec.builder("-y", YES)
                .description("Don't ask, whatever their number is.")
                .build());
        Reach.addOptions(spec);
        return spec;
    }

    @Override
    public int run(ParseResult parsed, Shell shell) {
        List<String> keys = Keys.of(parsed);
        if (keys.isEmpty() != FilterOptions.areGiven(parsed)) {
            throw new ParameterException(
                    parsed.commandSpec().commandLine(), "Say which punches: by KEYs, or by a filter, and not by both");
        }
        RunningService service = reach.service(parsed);
        ObjectNode wanted = Keys.wanted(parsed, FilterOptions.wanted(parsed));
        return ServiceCall.ask(
                shell,
                () -> keys.isEmpty()
                        ? filtered(wanted, parsed.hasMatchedOption(YES), service, shell)
                        : Keys.inParts(keys, wanted, shell, service::replay, "pending again"));
    }

    private static int filtered(ObjectNode wanted, boolean yes, RunningService service, Shell shell)
            throws NotAsked, InterruptedException {
        Answer counted = service.replay(wanted);
        if (!counted.isGood()) {
            return ServiceCall.refused(shell, counted);
        }
        int matching = counted.body().path("matching").asInt();
        if (matching == 0) {
            shell.out().println("No punch matches that can be sent again.");
            return ExitCode.DONE;
        }
        if (!yes && !isConfirmed(matching, shell)) {
            return ExitCode.NOT_DONE;
        }
        Answer done = service.replay(wanted.put("confirm", matching));
        return done.isGood() ? Keys.tell(done, shell, "pending again") : ServiceCall.refused(shell, done);
    }

    private static boolean isConfirmed(int matching, Shell shell) {
        String number = matching == 1 ? "1 punch matches" : matching + " punches match";
        if (!shell.terminal()) {
            shell.err()
                    .println(number + ". Nothing is done: nobody is there to be asked. Say " + YES
                            + " if that is meant.");
            return false;
        }
        String answer = shell.waiting().answer(number + ". Send again? [y/N] ").toLowerCase(Locale.ROOT);
        if (answer.equals("y") || answer.equals("yes")) {
            return true;
        }
        shell.err().println("Nothing is done.");
        return false;
    }
}
