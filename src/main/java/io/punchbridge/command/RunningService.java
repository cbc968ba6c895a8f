package io.punchbridge.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Reader;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Properties;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParseResult;

/** The service that runs on this host, asked over loopback with the token that it has left in its file. */
final class RunningService {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PUNCHES = "/api/v1/punches";
    private static final String RUNS = "/api/v1/reconciliation/runs";

    /** Twenty thousand punches are replayed meanwhile, if the disk isn't a slow one. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path tokenFile;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .followRedirects(HttpClient.Redirect.NEVER)
            // The token never leaves this host, whatever proxy is set for others.
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();

    private final Duration patience;

    RunningService(Path tokenFile) {
        this(tokenFile, PATIENCE);
    }

    /** @param patience how long an answer is waited for */
    RunningService(Path tokenFile, Duration patience) {
        this.tokenFile = tokenFile;
        this.patience = patience;
    }

    /** The one whose token file the command line names, or else the one that is found by the service's settings. */
    static RunningService of(ParseResult parsed, Supplier<Path> tokenFile) {
        Path file = parsed.matchedOptionValue(Options.TOKEN_FILE, null);
        return new RunningService(file == null ? tokenFile.get() : file);
    }

    Answer devices() throws NotAsked, InterruptedException {
        return ask("/api/v1/devices", null);
    }

    /** @param to null for today */
    Answer startRun(String device, LocalDate from, @Nullable LocalDate to) throws NotAsked, InterruptedException {
        ObjectNode wanted = JSON.createObjectNode().put("device", device).put("from", from.toString());
        if (to != null) {
            wanted.put("to", to.toString());
        }
        return ask(RUNS, wanted);
    }

    Answer run(String id) throws NotAsked, InterruptedException {
        return ask(RUNS + "/" + URLEncoder.encode(id, UTF_8), null);
    }

    /** @param wanted filter, cursor and limit */
    Answer searchPunches(ObjectNode wanted) throws NotAsked, InterruptedException {
        return ask(PUNCHES + "/search", wanted);
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

    /** What the file says is read for each question, since a service that was restarted has written another one. */
    private record Access(URI url, String token) {}

    private Answer ask(String path, @Nullable ObjectNode body) throws NotAsked, InterruptedException {
        Access access = access();
        HttpRequest.Builder request = HttpRequest.newBuilder(access.url().resolve(path))
                .timeout(patience)
                .header("Authorization", "Bearer " + access.token())
                .header("X-Punchbridge-User", osUser())
                .header("Accept", "application/json");
        if (body != null) {
            request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(body.toString()));
        }
        HttpResponse<String> response;
        try {
            response = http.send(request.build(), BodyHandlers.ofString(UTF_8));
        } catch (HttpConnectTimeoutException noConnection) {
            throw notRunning(access);
        } catch (HttpTimeoutException late) {
            throw new NotAsked("Punchbridge at " + access.url() + " hasn't answered within " + patience.toSeconds()
                    + " s. It was asked, and what it was asked to do goes on: don't repeat it before you have looked at"
                    + " what became of it, with GET /api/v1/actions.");
        } catch (IOException failed) {
            throw notRunning(access);
        }
        if (response.statusCode() == 401) {
            throw new NotAsked(
                    "The service at " + access.url() + " doesn't accept the token in " + tokenFile
                            + ": the file isn't the one that it has written at its start. Say where that is with --token-file.");
        }
        Answer answer = new Answer(response.statusCode(), json(response.body()));
        if (answer.status() == 403 || answer.status() >= 500) {
            throw new NotAsked("The service at " + access.url() + " refuses: " + answer.reason());
        }
        return answer;
    }

    private NotAsked notRunning(Access access) {
        return new NotAsked("Punchbridge doesn't answer at " + access.url() + " (the address in " + tokenFile
                + "): it isn't running any more, or is just starting. Start it, and try again.");
    }

    /** For the service's record of who has done what. */
    private static String osUser() {
        String name = System.getProperty("user.name", "");
        return name.matches("[!-~]{1,64}") ? name : "unknown";
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException noJson) {
            // Its status is told all the same.
            return JSON.createObjectNode();
        }
    }

    private Access access() throws NotAsked {
        Properties file = new Properties();
        try (Reader reader = Files.newBufferedReader(tokenFile)) {
            file.load(reader);
        } catch (NoSuchFileException missing) {
            throw new NotAsked("No running Punchbridge is found: there is no token file " + tokenFile.toAbsolutePath()
                    + ", which the service writes at its start. Start it, run this command with the same settings and in"
                    + " the same directory, or say where the file is with --token-file.");
        } catch (AccessDeniedException denied) {
            throw new NotAsked("The token file " + tokenFile.toAbsolutePath()
                    + " may not be read: it is for the user of" + " the service alone. Run this command as that user.");
        } catch (IOException | IllegalArgumentException failed) {
            throw new NotAsked("The token file " + tokenFile.toAbsolutePath() + " can't be read: " + failed);
        }
        String url = file.getProperty("url");
        String token = file.getProperty("token");
        if (url == null || token == null || !isLoopback(url)) {
            throw new NotAsked(tokenFile.toAbsolutePath()
                    + " is no token file of a Punchbridge on this host. Say where that is with --token-file.");
        }
        return new Access(URI.create(url), token);
    }

    private static boolean isLoopback(String url) {
        try {
            URI parsed = URI.create(url);
            return "http".equals(parsed.getScheme())
                    && parsed.getHost() != null
                    && InetAddress.getByName(parsed.getHost()).isLoopbackAddress();
        } catch (IllegalArgumentException | IOException noAddress) {
            return false;
        }
    }
}
