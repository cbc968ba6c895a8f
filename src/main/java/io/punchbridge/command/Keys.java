package io.punchbridge.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** What is done to punches that are named by their keys. */
final class Keys {
    private static final String REASON = "--reason";
    /** What the service takes in one request. */
    private static final int A_REQUEST = 200;

    private Keys() {}

    @FunctionalInterface
    interface Request {
        Answer of(ObjectNode wanted) throws NotAsked, InterruptedException;
    }

    static PositionalParamSpec positional(boolean required) {
        return PositionalParamSpec.builder()
                .arity(required ? "1..*" : "0..*")
                .required(required)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .paramLabel("KEY")
                .description("Keys of punches, as punches lists them.")
                .build();
    }

    static OptionSpec reason(boolean required, String description) {
        return OptionSpec.builder(REASON)
                .required(required)
                .type(String.class)
                .paramLabel("TEXT")
                .description(description)
                .build();
    }

    static List<String> of(ParseResult parsed) {
        return parsed.matchedPositionalValue(0, List.of());
    }

    /** Null if nobody said. */
    static @Nullable String reason(ParseResult parsed) {
        return parsed.matchedOptionValue(REASON, null);
    }

    /** Adds why. */
    static ObjectNode wanted(ParseResult parsed, ObjectNode wanted) {
        String reason = reason(parsed);
        if (reason != null) {
            wanted.put("why", reason);
        }
        return wanted;
    }

    /** One request after the other; stops at the first that is refused. */
    static int inParts(List<String> keys, ObjectNode wanted, Shell shell, Request request, String become)
            throws NotAsked, InterruptedException {
        int exitCode = ExitCode.DONE;
        for (int start = 0; start < keys.size(); start += A_REQUEST) {
            ArrayNode part = wanted.putArray("keys");
            keys.subList(start, Math.min(start + A_REQUEST, keys.size())).forEach(part::add);
            Answer answer = request.of(wanted);
            if (!answer.isGood()) {
                return ServiceCall.refused(shell, answer);
            }
            exitCode = Math.max(exitCode, tell(answer, shell, become));
        }
        return exitCode;
    }

    static int tell(Answer answer, Shell shell, String become) {
        JsonNode body = answer.body();
        int changed = body.path("changed").asInt();
        int leftAlone = body.path("leftAlone").asInt();
        shell.out()
                .println((changed == 1 ? "1 punch is " : changed + " punches are ") + become + ". "
                        + (changed == 0 ? "" : Printable.text(body, "words")));
        for (JsonNode left : body.path("left")) {
            shell.err().println(Printable.text(left, "key") + ": left as it is. " + Printable.text(left, "why"));
        }
        int untold = leftAlone - body.path("left").size();
        if (untold > 0) {
            shell.err().println("And " + untold + " more were left as they are.");
        }
        return leftAlone == 0 ? ExitCode.DONE : ExitCode.NOT_DONE;
    }
}
