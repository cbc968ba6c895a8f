package io.punchbridge.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Commands that ask a service elsewhere: what they send there, and what they refuse to. */
class RemoteServiceTest {
    private static final String PASSWORD = "jane looks at pünches";
    private static final String HELD = "{\"users\":[],\"complete\":true}";

    @TempDir
    Path directory;

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private @Nullable HttpServer server;
    private int status = 200;
    private String body = HELD;
    private @Nullable String environment;
    private @Nullable String typed;
    private String asked = "";

    @AfterEach
    void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    private String listen(HttpServer created, String scheme) {
        created.createContext("/", this::answer);
        created.start();
        server = created;
        return scheme + "://localhost:" + created.getAddress().getPort();
    }

    private String plain() throws IOException {
        return listen(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0), "http");
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + exchange.getRequestHeaders().getFirst("Authorization") + " "
                + exchange.getRequestHeaders().getFirst("X-Punchbridge-Request"));
        byte[] bytes = body.getBytes(UTF_8);
        exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/elsewhere");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private int execute(String... args) {
        PasswordSource source = new PasswordSource() {
            @Override
            public @Nullable String typed(String prompt) {
                asked = prompt;
                return typed;
            }

            @Override
            public @Nullable String piped() {
                return null;
            }
        };
        Reach reach = new Reach(() -> directory.resolve("none.token"), () -> environment, source);
        CommandLine line = new PunchbridgeCommand(reach, Clock.systemUTC(), "1.2.3").commandLine(false, Waiting.REAL);
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(args);
    }

    private static String basic() {
        return "Basic " + Base64.getEncoder().encodeToString(("jane:" + PASSWORD).getBytes(UTF_8));
    }

    @Test
    void name_and_the_password_of_the_environment_prove_who_asks() throws IOException {
        // Given
        environment = PASSWORD;

        // When
        int exitCode = execute("held", "--url", plain() + "/below/", "--as", "jane");

        // Then
        assertThat(exitCode).isZero();
        assertThat(requests).containsExactly("GET /below/api/v1/held " + basic() + " 1");
        assertThat(out.toString()).contains("No punch is held.");
        assertThat(asked).isEmpty();
    }

    @Test
    void without_one_the_password_is_asked_for() throws IOException {
        // Given
        typed = PASSWORD;

        // When
        int exitCode = execute("held", "--url", plain(), "--as", "jane");

        // Then
        assertThat(exitCode).isZero();
        assertThat(asked).isEqualTo("Password of jane: ");
        assertThat(requests).singleElement().asString().contains(basic());
    }

    @Test
    void without_any_password_nothing_is_sent() throws IOException {
        // When
        int exitCode = execute("held", "--url", plain(), "--as", "jane");

        // Then
        assertThat(exitCode).isEqualTo(ExitCode.NOT_ASKED);
        assertThat(err.toString()).contains("PUNCHBRIDGE_PASSWORD");
        assertThat(requests).isEmpty();
    }

    @Test
    void an_action_bears_the_header_that_keeps_other_sites_out() throws IOException {
        // Given
        environment = PASSWORD;
        body = "{\"action\":\"a\",\"matching\":1,\"changed\":1,\"leftAlone\":0,\"left\":[],\"words\":\"It goes.\"}";

        // When
        int exitCode = execute("dismiss", "20261102T050012Z-1f0c", "--reason", "so", "--url", plain(), "--as", "jane");

        // Then
        assertThat(exitCode).isZero();
        assertThat(requests).containsExactly("POST /api/v1/punches/dismiss " + basic() + " 1");
    }

    /** Names that lead nowhere: nothing could be sent there anyway, and the refusal comes before any look-up's outcome. */
    @ParameterizedTest
    @ValueSource(strings = {"http://203.0.113.9:8080", "http://punches.invalid", "http://127.0.0.1.punches.invalid"})
    void a_password_goes_to_no_other_host_without_tls(String url) {
        // Given
        environment = PASSWORD;

        // When
        int exitCode = execute("held", "--url", url, "--as", "jane");

        // Then
        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString()).contains("without TLS", "--insecure-http");
    }

    @ParameterizedTest
    @CsvSource({
        "--url https://jane:secret@punches.invalid --as jane",
        "--url https://punches.invalid?password=secret --as jane",
        "--url punches.invalid --as jane",
        "--url ftp://punches.invalid --as jane",
        "--url https://punches.invalid",
        "--as jane",
        "--insecure-http",
        "--url https://punches.invalid --as jane --token-file x",
        "--url https://punches.invalid --as ja:ne",
    })
    void what_does_not_fit_together_is_a_wrong_command_line(String options) {
        // When
        int exitCode =
                execute(Pattern.compile(" ").splitAsStream("held " + options).toArray(String[]::new));

        // Then
        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString()).doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource({
        "401, {}, knows nobody",
        "403, {}, answered with status 403",
        "302, {}, is no Punchbridge",
        "200, <html>, is no Punchbridge",
        "503, {\"detail\":\"Too many logins.\"}, Too many logins",
    })
    void what_is_no_answer_is_told(int answered, String said, String words) throws IOException {
        // Given
        environment = PASSWORD;
        status = answered;
        body = said;

        // When
        int exitCode = execute("held", "--url", plain(), "--as", "jane");

        // Then
        assertThat(exitCode).isEqualTo(ExitCode.NOT_ASKED);
        assertThat(err.toString()).contains(words).doesNotContain("pünches", basic());
        assertThat(requests).hasSize(1);
    }

    @Test
    void who_lacks_a_role_is_refused_and_told_which() throws IOException {
        // Given
        environment = PASSWORD;
        status = 403;
        body = "{\"detail\":\"This takes the role operator; yours is viewer.\"}";

        // When
        int exitCode = execute("dismiss", "20261102T050012Z-1f0c", "--reason", "so", "--url", plain(), "--as", "jane");

        // Then
        assertThat(exitCode).isEqualTo(ExitCode.NOT_DONE);
        assertThat(err.toString()).contains("This takes the role operator; yours is viewer.");
        assertThat(requests).hasSize(1);
    }

    @Test
    void a_certificate_that_nobody_vouches_for_gets_no_password() throws Exception {
        // Given
        environment = PASSWORD;
        HttpsServer https = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        https.setHttpsConfigurator(new HttpsConfigurator(selfSigned()));
        String url = listen(https, "https");

        // When
        int exitCode = execute("pause", "--reason", "so", "--url", url, "--as", "jane");

        // Then
        assertThat(exitCode).isEqualTo(ExitCode.NOT_ASKED);
        assertThat(err.toString())
                .contains("certificate of " + url, "an authority that this host doesn't know", "was not sent")
                .doesNotContain("nobody knows");
        assertThat(requests).isEmpty();
    }

    @Test
    void plain_http_behind_an_https_address_is_told_and_gets_no_password() throws Exception {
        // Given
        environment = PASSWORD;
        try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> answered = CompletableFuture.runAsync(() -> answerBadRequest(plain));

            // When
            int exitCode = execute(
                    "pause", "--reason", "so", "--url", "https://localhost:" + plain.getLocalPort(), "--as", "jane");

            // Then
            answered.get(20, TimeUnit.SECONDS);
            assertThat(exitCode).isEqualTo(ExitCode.NOT_ASKED);
            assertThat(err.toString()).contains("doesn't speak TLS", "http:// address", "The password was not sent.");
        }
    }

    /** As a server of plain HTTP answers what it can't read. */
    private static void answerBadRequest(ServerSocket server) {
        try (Socket socket = server.accept()) {
            int read = socket.getInputStream().read(new byte[8192]);
            assertThat(read).isPositive();
            socket.getOutputStream()
                    .write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                            .getBytes(UTF_8));
            socket.shutdownOutput();
            // Until the other side has gone, so that its answer isn't lost by a reset.
            socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void tls_behind_an_http_address_is_told() throws Exception {
        // Given
        environment = PASSWORD;
        HttpsServer https = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        https.setHttpsConfigurator(new HttpsConfigurator(selfSigned()));
        listen(https, "https");

        // When
        int exitCode = execute(
                "held", "--url", "http://localhost:" + https.getAddress().getPort(), "--as", "jane");

        // Then
        assertThat(exitCode).isEqualTo(ExitCode.NOT_ASKED);
        assertThat(err.toString()).contains("take an https:// address");
    }

    private SSLContext selfSigned() throws Exception {
        Path file = directory.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "service",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream stored = Files.newInputStream(file)) {
            keys.load(stored, "changeit".toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, "changeit".toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
