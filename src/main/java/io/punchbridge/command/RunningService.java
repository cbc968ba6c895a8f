package io.punchbridge.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.punchbridge.command.Entrance.Access;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.LocalDate;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** A running service: what it is asked, and what it answers. */
final class RunningService {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PUNCHES = "/api/v1/punches";
    private static final String DELIVERY = "/api/v1/delivery";
    private static final String RUNS = "/api/v1/reconciliation/runs";

    /** Twenty thousand punches are replayed meanwhile, if the disk isn't a slow one. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Entrance entrance;
    private final Duration patience;

    RunningService(Entrance entrance) {
        this(entrance, PATIENCE);
    }

    /** @param patience how long an answer is waited for */
    RunningService(Entrance entrance, Duration patience) {
        this.entrance = entrance;
        this.patience = patience;
    }

    /** @param path below {@code /api/v1/}, with its query; holds nothing personal */
    Answer look(String path) throws NotAsked, InterruptedException {
        return ask("/api/v1/" + path, null);
    }

    Answer devices() throws NotAsked, InterruptedException {
        return look("devices");
    }

    /**
     * @param to null for today
     * @param why null if nobody said
     */
    Answer startRun(String device, LocalDate from, @Nullable LocalDate to, @Nullable String why)
            throws NotAsked, InterruptedException {
        ObjectNode wanted = JSON.createObjectNode().put("device", device).put("from", from.toString());
        if (to != null) {
            wanted.put("to", to.toString());
        }
        if (why != null) {
            wanted.put("why", why);
        }
        return ask(RUNS, wanted);
    }

    Answer run(String id) throws NotAsked, InterruptedException {
        return ask(RUNS + "/" + URLEncoder.encode(id, UTF_8), null);
    }

    /** @param wanted filter, cursor and limit */
    Answer searchPunches(ObjectNode wanted) throws NotAsked, InterruptedException {
        return ask(PUNCHES + "/search", wanted, false);
    }

    Answer punch(String key) throws NotAsked, InterruptedException {
        return ask(PUNCHES + "/" + URLEncoder.encode(key, UTF_8), null);
    }

    /** @param wanted keys or a filter, and what confirms it */
    Answer replay(ObjectNode wanted) throws NotAsked, InterruptedException {
        return ask(PUNCHES + "/replay", wanted);
    }

    /** @param wanted keys, and why */
    Answer dismiss(ObjectNode wanted) throws NotAsked, InterruptedException {
        return ask(PUNCHES + "/dismiss", wanted);
    }

    /** @param wanted why */
    Answer pause(ObjectNode wanted) throws NotAsked, InterruptedException {
        return ask(DELIVERY + "/pause", wanted);
    }

    /** @param wanted why, if anybody said */
    Answer resume(ObjectNode wanted) throws NotAsked, InterruptedException {
        return ask(DELIVERY + "/resume", wanted);
    }

    /** @param body null for a question; else what is to be done */
    private Answer ask(String path, @Nullable ObjectNode body) throws NotAsked, InterruptedException {
        return ask(path, body, body != null);
    }

    /** @param changes whether more than a question, so that it matters whether it arrived */
    private Answer ask(String path, @Nullable ObjectNode body, boolean changes) throws NotAsked, InterruptedException {
        Access access = entrance.access();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(access.url() + path))
                .timeout(patience)
                .header("Accept", "application/json");
        entrance.prove(request, access);
        if (body != null) {
            request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(body.toString()));
        }
        HttpResponse<String> response;
        try {
            response = entrance.http().send(request.build(), BodyHandlers.ofString(UTF_8));
        } catch (HttpConnectTimeoutException noConnection) {
            throw entrance.unreached(access, noConnection);
        } catch (HttpTimeoutException late) {
            throw new NotAsked("Punchbridge at " + access.where() + " hasn't answered within " + patience.toSeconds()
                    + " s. It was asked, and what it was asked to do goes on: don't repeat it before you have looked at"
                    + " what became of it, with the command actions.");
        } catch (IOException failed) {
            throw !changes || isBeforeTheQuestion(failed)
                    ? entrance.unreached(access, failed)
                    : unknownOutcome("The connection to Punchbridge at " + access.where()
                            + " broke after it was asked, and before it" + " answered ("
                            + failed.getClass().getSimpleName() + ")");
        }
        if (response.statusCode() == 401) {
            throw entrance.unknown(access);
        }
        Answer answer = new Answer(response.statusCode(), json(response.body()));
        // The service's own 403 says why, e.g. which role is missing: it was asked, and refuses.
        boolean forbiddenByAnother = answer.status() == 403 && !answer.saysWhy();
        if (changes && answer.status() >= 500 && !answer.saysWhy()) {
            throw unknownOutcome("What answers at " + access.where() + " says status " + answer.status()
                    + " and not why, as a proxy does that got no answer itself");
        }
        if (forbiddenByAnother || answer.status() >= 500) {
            throw new NotAsked("The service at " + access.where() + " refuses: " + Printable.plain(answer.reason()));
        }
        if (answer.status() < 400 && (!answer.isGood() || !answer.body().isObject())) {
            throw new NotAsked("What answers at " + access.where() + " with status " + answer.status()
                    + " is no Punchbridge, or a proxy before one. Look at the address.");
        }
        return answer;
    }

    /** Whether it is certain that the service was asked nothing. */
    private static boolean isBeforeTheQuestion(IOException failure) {
        return failure instanceof ConnectException
                || failure instanceof NoRouteToHostException
                || (failure instanceof SSLException tls && TlsFailure.isBeforeTheQuestion(tls));
    }

    private static NotAsked unknownOutcome(String what) {
        return new NotAsked(
                what + ". So nobody knows here whether it was done: before you repeat it, look with the command"
                        + " actions, which lists what was done, and with summary, which tells how things stand and whether delivery"
                        + " is paused.");
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException noJson) {
            // Its status is told all the same.
            return JSON.missingNode();
        }
    }
}
