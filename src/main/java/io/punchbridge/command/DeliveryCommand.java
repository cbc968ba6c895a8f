package io.punchbridge.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** {@code pause} and {@code resume}: stops delivery to Frappe, and lets it go on. */
final class DeliveryCommand implements Command {
    private static final String REASON = "--reason";
    /** What a person may say as well. */
    private static final String WHY = "--why";

    private enum What {
        PAUSE,
        RESUME
    }

    private final What what;
    private final Reach reach;

    private DeliveryCommand(What what, Reach reach) {
        this.what = what;
        this.reach = reach;
    }

    static DeliveryCommand pause(Reach reach) {
        return new DeliveryCommand(What.PAUSE, reach);
    }

    static DeliveryCommand resume(Reach reach) {
        return new DeliveryCommand(What.RESUME, reach);
    }

    @Override
    public String name() {
        return what == What.PAUSE ? "pause" : "resume";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage()
                .description(
                        what == What.PAUSE
                                ? "Stops delivery to Frappe at all replicas, over restarts, until resume. Punches are stored and"
                                        + " acknowledged as ever, and wait."
                                : "Lets delivery to Frappe go on, at once.")
                .footer(
                        "",
                        what == What.PAUSE
                                ? "Exit codes: 0 it is paused; 1 it isn't done, e.g. since it was paused already;"
                                : "Exit codes: 0 it goes on; 1 it isn't done, e.g. since it wasn't paused;",
                        ExitCode.WRONG_OR_NOT_ASKED);
        spec.addOption(OptionSpec.builder(REASON, WHY)
                .required(what == What.PAUSE)
                .type(String.class)
                .paramLabel("TEXT")
                .description(
                        what == What.PAUSE
                                ? "Why, for the record and for others to read, e.g. \"ERPNext is upgraded\"."
                                : "Why, for the record.")
                .build());
        spec.addOption(Options.json());
        Reach.addOptions(spec);
        return spec;
    }

    @Override
    public int run(ParseResult parsed, Shell shell) {
        ObjectNode wanted = JsonNodeFactory.instance.objectNode();
        String reason = parsed.matchedOptionValue(REASON, null);
        if (reason != null) {
            wanted.put("reason", reason);
        }
        RunningService service = reach.service(parsed);
        return ServiceCall.ask(shell, () -> {
            Answer answer = what == What.PAUSE ? service.pause(wanted) : service.resume(wanted);
            if (!answer.isGood()) {
                return refused(answer, shell);
            }
            shell.out()
                    .println(
                            parsed.hasMatchedOption(Options.JSON)
                                    ? answer.body().toPrettyString()
                                    : words(answer.body()));
            return ExitCode.DONE;
        });
    }

    private String words(JsonNode body) {
        String note = Printable.text(body, "note");
        return what == What.PAUSE
                ? "Delivery is paused. " + note
                : "Delivery is resumed. It was paused " + pause(body.path("ended")) + System.lineSeparator() + note;
    }

    /** Who is second is told who was first. */
    private static int refused(Answer answer, Shell shell) {
        int exitCode = ServiceCall.refused(shell, answer);
        if (answer.body().hasNonNull("paused")) {
            shell.err().println("It was paused " + pause(answer.body().path("paused")));
        }
        return exitCode;
    }

    private static String pause(JsonNode paused) {
        return Printable.text(paused, "since") + " by " + Printable.text(paused, "by") + ": "
                + Printable.text(paused, "reason");
    }
}
