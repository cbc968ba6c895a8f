package io.punchbridge.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Base64;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** To a service wherever it is, by the name and password of one of its users; its certificate is verified. */
final class PasswordEntrance implements Entrance {
    private final URI url;
    private final String user;
    private final Supplier<@Nullable String> passwords;
    private final HttpClient http;
    private @Nullable String password;

    /**
     * @param url without a slash at its end
     * @param passwords asked once, and not before it is needed; gives null if there is none to be had
     */
    PasswordEntrance(URI url, String user, Supplier<@Nullable String> passwords) {
        this.url = url;
        this.user = user;
        this.passwords = passwords;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                // The password goes where the person has said, and nowhere else.
                .followRedirects(HttpClient.Redirect.NEVER);
        if (!"https".equals(url.getScheme())) {
            builder.proxy(HttpClient.Builder.NO_PROXY);
        }
        this.http = builder.build();
    }

    @Override
    public HttpClient http() {
        return http;
    }

    @Override
    public Access access() {
        return new Access(url, url.toString());
    }

    @Override
    public void prove(HttpRequest.Builder request, Access access) throws NotAsked {
        if (password == null) {
            password = passwords.get();
        }
        if (password == null || password.isEmpty()) {
            throw new NotAsked("There is no password: nobody is at a terminal to be asked. Put it into the environment"
                    + " variable " + Reach.PASSWORD + ".");
        }
        request.header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8)))
                // What another site would make a browser send bears no such header.
                .header("X-Punchbridge-Request", "1");
    }

    @Override
    public NotAsked unknown(Access access) {
        return new NotAsked("The service at " + access.where()
                + " knows nobody of this name and password, or has locked the name or this address out for a while after"
                + " wrong ones. Where no user is configured, it is asked on its own host alone.");
    }

    @Override
    public NotAsked unreached(Access access, Exception failure) {
        if (failure instanceof SSLException tls) {
            return new NotAsked(TlsFailure.words(tls, access.where())
                    + (TlsFailure.isBeforeTheQuestion(tls) ? " The password was not sent." : ""));
        }
        boolean connected = !(failure instanceof ConnectException || failure instanceof HttpConnectTimeoutException);
        if (connected && "http".equals(url.getScheme())) {
            return new NotAsked("What listens at " + access.where() + " ended the connection without an answer ("
                    + failure.getClass().getSimpleName()
                    + "). If it speaks TLS, take an https:// address; else look whether the service runs.");
        }
        return new NotAsked("Punchbridge doesn't answer at " + access.where() + " ("
                + failure.getClass().getSimpleName()
                + "). Look at the address, at the network between, and whether the service runs.");
    }
}
