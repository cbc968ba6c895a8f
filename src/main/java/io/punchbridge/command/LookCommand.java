package io.punchbridge.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** A command that shows what the service says at one address. */
final class LookCommand implements Command {
    private static final String LIMIT = "--limit";
    private static final String CURSOR = "--cursor";
    private static final int MOST = 200;

    /**
     * @param path below {@code /api/v1/}
     * @param cursor the name that the service has for where a list goes on; null for what is told all at once
     * @param ofDevices whether the device can be chosen
     * @param print an answer, for a person
     */
    record Look(
            String name,
            String description,
            String path,
            @Nullable String cursor,
            boolean ofDevices,
            BiConsumer<JsonNode, PrintWriter> print) {}

    private final Look look;
    private final Reach reach;

    LookCommand(Look look, Reach reach) {
        this.look = look;
        this.reach = reach;
    }

    @Override
    public String name() {
        return look.name();
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage()
                .description(look.description())
                .footer(
                        "",
                        "Exit codes: 0 it is told; 1 the service refuses the question;",
                        ExitCode.WRONG_OR_NOT_ASKED);
        if (look.ofDevices()) {
            spec.addOption(OptionSpec.builder(Options.DEVICE)
                    .type(String.class)
                    .paramLabel("DEVICE")
                    .description("Name of a device in the configuration; all, if it is left out.")
                    .build());
        }
        if (look.cursor() != null) {
            spec.addOption(OptionSpec.builder(LIMIT)
                    .type(Integer.class)
                    .paramLabel("NUMBER")
                    .description("How many are listed, 1 to " + MOST + ".")
                    .build());
            spec.addOption(OptionSpec.builder(CURSOR)
                    .type(String.class)
                    .paramLabel("PLACE")
                    .description("Goes on where an earlier list ended.")
                    .build());
        }
        spec.addOption(Options.json());
        Reach.addOptions(spec);
        return spec;
    }

    @Override
    public int run(ParseResult parsed, Shell shell) {
        String path = path(parsed);
        RunningService service = reach.service(parsed);
        return ServiceCall.ask(shell, () -> {
            Answer answer = service.look(path);
            if (!answer.isGood()) {
                return ServiceCall.refused(shell, answer);
            }
            if (parsed.hasMatchedOption(Options.JSON)) {
                shell.out().println(answer.body().toPrettyString());
            } else {
                look.print().accept(answer.body(), shell.out());
                if (answer.body().hasNonNull("next")) {
                    shell.out().println("There may be more: " + CURSOR + " " + Printable.text(answer.body(), "next"));
                }
            }
            return ExitCode.DONE;
        });
    }

    private String path(ParseResult parsed) {
        List<String> query = new ArrayList<>();
        if (look.ofDevices() && parsed.hasMatchedOption(Options.DEVICE)) {
            query.add(parameter("device", parsed.<String>matchedOptionValue(Options.DEVICE, "")));
        }
        String cursor = look.cursor();
        if (cursor != null && parsed.hasMatchedOption(LIMIT)) {
            int limit = parsed.matchedOptionValue(LIMIT, 0);
            if (limit < 1 || limit > MOST) {
                throw new ParameterException(
                        parsed.commandSpec().commandLine(), LIMIT + " must be a number from 1 to " + MOST);
            }
            query.add(parameter("limit", Integer.toString(limit)));
        }
        if (cursor != null && parsed.hasMatchedOption(CURSOR)) {
            query.add(parameter(cursor, parsed.<String>matchedOptionValue(CURSOR, "")));
        }
        return look.path() + (query.isEmpty() ? "" : "?" + String.join("&", query));
    }

    private static String parameter(String name, String value) {
        return name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
