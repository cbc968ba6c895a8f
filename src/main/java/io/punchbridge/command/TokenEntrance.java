package io.punchbridge.command;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;

/** To the service on this host, over loopback, by the token that it has left in its file. */
final class TokenEntrance implements Entrance {
    private final Path tokenFile;
    private String token = "";
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .followRedirects(HttpClient.Redirect.NEVER)
            // The token never leaves this host, whatever proxy is set for others.
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();

    TokenEntrance(Path tokenFile) {
        this.tokenFile = tokenFile;
    }

    @Override
    public HttpClient http() {
        return http;
    }

    /** Read anew each time, since a service that was restarted has written another file. */
    @Override
    public Access access() throws NotAsked {
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
        String written = file.getProperty("token");
        if (url == null || written == null || !isLoopback(url)) {
            throw new NotAsked(tokenFile.toAbsolutePath()
                    + " is no token file of a Punchbridge on this host. Say where that is with --token-file.");
        }
        token = written;
        return new Access(URI.create(url), url);
    }

    @Override
    public void prove(HttpRequest.Builder request, Access access) {
        request.header("Authorization", "Bearer " + token).header("X-Punchbridge-User", osUser());
    }

    @Override
    public NotAsked unknown(Access access) {
        return new NotAsked("The service at " + access.where() + " doesn't accept the token in " + tokenFile
                + ": the file isn't the one that it has written at its start. Say where that is with --token-file.");
    }

    @Override
    public NotAsked unreached(Access access, Exception failure) {
        return new NotAsked("Punchbridge doesn't answer at " + access.where() + " (the address in " + tokenFile
                + "): it isn't running any more, or is just starting. Start it, and try again.");
    }

    /** For the service's record of who has done what. */
    private static String osUser() {
        String name = System.getProperty("user.name", "");
        return name.matches("[!-~]{1,64}") ? name : "unknown";
    }

    private static boolean isLoopback(String url) {
        try {
            URI parsed = URI.create(url);
            return "http".equals(parsed.getScheme()) && Loopback.is(parsed.getHost());
        } catch (IllegalArgumentException noAddress) {
            return false;
        }
    }
}
