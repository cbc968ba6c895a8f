package io.punchbridge.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An OpenID provider that lets in whoever comes, as the person who is next: discovery, keys, the authorization code flow.
 */
public final class SimulatedOpenIdProvider implements AutoCloseable {
    private static final Base64.Encoder BASE_64 = Base64.getUrlEncoder().withoutPadding();
    private static final String CLIENT = "punchbridge";

    /** What the provider tells of somebody. */
    public record Person(String name, List<String> roles) {
        public Person(String name, String... roles) {
            this(name, List.of(roles));
        }
    }

    private final HttpServer server;
    private final KeyPair keys = newKeys();
    private final Clock clock;
    private final Map<String, String> nonces = new ConcurrentHashMap<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final List<String> ended = new CopyOnWriteArrayList<>();
    private volatile Person next = new Person("nobody");

    public SimulatedOpenIdProvider(Clock clock) {
        this.clock = clock;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        on("/.well-known/openid-configuration", exchange -> send(exchange, 200, discovery()));
        on("/keys", exchange -> send(exchange, 200, keySet()));
        on("/authorize", this::authorize);
        on("/token", this::token);
        on("/end-session", this::endSession);
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** How often it was asked for anything. */
    public int requests() {
        return requests.get();
    }

    /** The tokens by which sessions were ended. */
    public List<String> ended() {
        return List.copyOf(ended);
    }

    public void logsIn(Person person) {
        next = person;
    }

    /** A token as the provider gives a script. */
    public String tokenFor(Person person) {
        return token(person, keys, null);
    }

    /** The same, signed by somebody else. */
    public String forgedTokenFor(Person person) {
        return token(person, newKeys(), null);
    }

    private void on(String path, Answering answering) {
        server.createContext(path, exchange -> {
            requests.incrementAndGet();
            try (exchange) {
                answering.answer(exchange);
            }
        });
    }

    @FunctionalInterface
    private interface Answering {
        void answer(HttpExchange exchange) throws IOException;
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> asked = parameters(exchange.getRequestURI().getRawQuery());
        String code = UUID.randomUUID().toString();
        nonces.put(code, asked.getOrDefault("nonce", ""));
        exchange.getResponseHeaders()
                .add("Location", asked.get("redirect_uri") + "?code=" + code + "&state=" + asked.get("state"));
        exchange.sendResponseHeaders(302, -1);
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> asked =
                parameters(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        String nonce = nonces.remove(asked.getOrDefault("code", ""));
        if (nonce == null) {
            send(exchange, 400, "{\"error\":\"invalid_grant\"}");
            return;
        }
        send(exchange, 200, """
                {"access_token":"%s","id_token":"%s","token_type":"Bearer","expires_in":300}""".formatted(token(next, keys, null), token(next, keys, nonce)));
    }

    private void endSession(HttpExchange exchange) throws IOException {
        Map<String, String> asked = parameters(exchange.getRequestURI().getRawQuery());
        ended.add(asked.getOrDefault("id_token_hint", ""));
        exchange.getResponseHeaders().add("Location", asked.get("post_logout_redirect_uri"));
        exchange.sendResponseHeaders(302, -1);
    }

    private String discovery() {
        return """
                {"issuer":"%1$s","authorization_endpoint":"%1$s/authorize","token_endpoint":"%1$s/token","jwks_uri":"%1$s/keys",
                "end_session_endpoint":"%1$s/end-session",
                "response_types_supported":["code"],"subject_types_supported":["public"],
                "id_token_signing_alg_values_supported":["RS256"]}""".formatted(url());
    }

    private String keySet() {
        RSAPublicKey key = (RSAPublicKey) keys.getPublic();
        return """
                {"keys":[{"kty":"RSA","use":"sig","alg":"RS256","kid":"one","n":"%s","e":"%s"}]}""".formatted(base64(key.getModulus()), base64(key.getPublicExponent()));
    }

    private String token(Person person, KeyPair signer, @Nullable String nonce) {
        long now = clock.instant().getEpochSecond();
        String roles = person.roles().stream().map(role -> "\"" + role + "\"").collect(Collectors.joining(","));
        String claims = """
                {"iss":"%s","aud":"%s","sub":"%s","preferred_username":"%s","groups":[%s],"iat":%d,"exp":%d%s}""".formatted(
                        url(),
                        CLIENT,
                        person.name(),
                        person.name(),
                        roles,
                        now,
                        now + 300,
                        nonce == null || nonce.isEmpty() ? "" : ",\"nonce\":\"" + nonce + "\"");
        String signed = base64("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"one\"}".getBytes(UTF_8))
                + "."
                + base64(claims.getBytes(UTF_8));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(signer.getPrivate());
            signature.update(signed.getBytes(UTF_8));
            return signed + "." + base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(byte[] bytes) {
        return BASE_64.encodeToString(bytes);
    }

    private static String base64(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return base64(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    private static Map<String, String> parameters(String query) {
        return Pattern.compile("&")
                .splitAsStream(query)
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], UTF_8)));
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
