package io.punchbridge.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** {@code punches}: finds stored punches, or tells the story of one. */
final class PunchesCommand implements Command {
    private static final String LIMIT = "--limit";
    private static final String CURSOR = "--cursor";

    private static final int MOST = 200;
    private static final int USUAL = 50;
    /** Some hundred thousand punches; who looks for something rarer should say when it was. */
    private static final int PAGES = 40;

    private final Reach reach;

    PunchesCommand(Reach reach) {
        this.reach = reach;
    }

    @Override
    public String name() {
        return "punches";
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage()
                .description(
                        "Lists stored punches, newest first, with times in their device's zone; or tells all that is"
                                + " recorded of one.")
                .footer(
                        "",
                        "Exit codes: 0 it is told; 1 the service refuses the question, or has no such punch;",
                        ExitCode.WRONG_OR_NOT_ASKED);
        spec.addPositional(PositionalParamSpec.builder()
                .index("0")
                .arity("0..1")
                .type(String.class)
                .paramLabel("KEY")
                .description("Key of a punch, as the list shows it: tells its story.")
                .build());
        FilterOptions.add(spec);
        spec.addOption(OptionSpec.builder(LIMIT)
                .type(Integer.class)
                .paramLabel("NUMBER")
                .description("How many are listed, 1 to " + MOST + "; " + USUAL + " if it is left out.")
                .build());
        spec.addOption(OptionSpec.builder(CURSOR)
                .type(String.class)
                .paramLabel("KEY")
                .description("Goes on where an earlier list ended.")
                .build());
        spec.addOption(Options.json());
        Reach.addOptions(spec);
        return spec;
    }

    @Override
    public int run(ParseResult parsed, Shell shell) {
        String key = parsed.matchedPositionalValue(0, null);
        int limit = parsed.matchedOptionValue(LIMIT, USUAL);
        if (limit < 1 || limit > MOST) {
            throw new ParameterException(
                    parsed.commandSpec().commandLine(), LIMIT + " must be a number from 1 to " + MOST);
        }
        if (key != null && (FilterOptions.areGiven(parsed) || parsed.hasMatchedOption(CURSOR))) {
            throw new ParameterException(
                    parsed.commandSpec().commandLine(), "The story of one punch is told by its KEY alone");
        }
        RunningService service = reach.service(parsed);
        return ServiceCall.ask(
                shell,
                () -> key == null
                        ? list(parsed, limit, service, shell)
                        : story(key, parsed.hasMatchedOption(Options.JSON), service, shell));
    }

    private static int story(String key, boolean json, RunningService service, Shell shell)
            throws NotAsked, InterruptedException {
        Answer answer = service.punch(key);
        if (!answer.isGood()) {
            return ServiceCall.refused(shell, answer);
        }
        if (json) {
            shell.out().println(answer.body().toPrettyString());
        } else {
            Story.print(answer.body(), shell.out());
        }
        return ExitCode.DONE;
    }

    /** Pages that aren't full are put together, up to a point. */
    private static int list(ParseResult parsed, int limit, RunningService service, Shell shell)
            throws NotAsked, InterruptedException {
        ObjectNode wanted = FilterOptions.wanted(parsed);
        if (parsed.hasMatchedOption(CURSOR)) {
            wanted.put("cursor", parsed.<String>matchedOptionValue(CURSOR, ""));
        }
        ArrayNode found = JsonNodeFactory.instance.arrayNode();
        JsonNode next = JsonNodeFactory.instance.nullNode();
        for (int page = 0; page < PAGES && found.size() < limit; page++) {
            Answer answer = service.searchPunches(wanted.put("limit", limit - found.size()));
            if (!answer.isGood()) {
                return ServiceCall.refused(shell, answer);
            }
            answer.body().path("punches").forEach(found::add);
            next = answer.body().path("next");
            if (!next.isTextual()) {
                break;
            }
            wanted.put("cursor", next.asText());
        }
        if (parsed.hasMatchedOption(Options.JSON)) {
            ObjectNode all = JsonNodeFactory.instance.objectNode();
            all.set("punches", found);
            all.set("next", next.isTextual() ? next : JsonNodeFactory.instance.nullNode());
            shell.out().println(all.toPrettyString());
        } else {
            print(found, next, found.size() == limit, shell);
        }
        return ExitCode.DONE;
    }

    private static void print(ArrayNode found, JsonNode next, boolean full, Shell shell) {
        if (!found.isEmpty()) {
            Table table = new Table("PUNCHED", "DEVICE", "USER", "TYPE", "STATE", "KEY", "CHECK-IN OR REASON");
            for (JsonNode punch : found) {
                table.row(
                        Printable.text(punch, "localTime"),
                        Printable.text(punch, "device"),
                        Printable.text(punch, "user"),
                        Printable.text(punch, "type"),
                        Printable.text(punch, "state"),
                        Printable.text(punch, "key"),
                        Printable.text(punch, punch.hasNonNull("checkin") ? "checkin" : "reason"));
            }
            table.print(shell.out());
        }
        if (next.isTextual()) {
            shell.out()
                    .println((full
                                    ? "There may be more: "
                                    : "Not all were looked at yet. Narrow the search by --from and --to, or go on with ")
                            + CURSOR + " " + Printable.plain(Objects.requireNonNull(next.asText())));
        } else if (found.isEmpty()) {
            shell.out().println("No stored punch matches.");
        }
    }
}
