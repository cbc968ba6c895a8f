package io.punchbridge.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How replies go out: whole, in half, or not at all. */
final class GatewayReplies {
    static final int INVALID_ENCRYPTION = 4;
    static final int INVALID_SECURITY_KEY = 13;
    static final int INVALID_RAW_DATA = 19;

    /** Told in plain JSON, as whoever is told them has another key than the account, or none. */
    private static final Set<Integer> ON_ENCRYPTION =
            Set.of(INVALID_ENCRYPTION, INVALID_SECURITY_KEY, INVALID_RAW_DATA);

    private GatewayReplies() {}

    static void send(
            HttpServerRequest request, ObjectNode reply, Optional<BodyCipher> cipher, @Nullable GatewayFault fault) {
        if (request.response().closed()) {
            return;
        }
        int statusCode = reply.path("StatusCode").asInt(0);
        Buffer body = Buffer.buffer(cipher.filter(key -> !ON_ENCRYPTION.contains(statusCode))
                .map(key -> key.encrypt(reply.toString()))
                .orElseGet(reply::toString));
        if (fault == null) {
            request.response().end(body);
            return;
        }
        switch (fault.kind()) {
            case REFUSED_CONNECTION, ANSWER_LOST -> request.connection().close();
            case ANSWER_HALF ->
                half(request.response(), body)
                        .onComplete(written -> request.connection().close());
            case ANSWER_STALLED -> half(request.response(), body);
            case RAW -> request.response().setStatusCode(fault.status()).end(fault.text());
            case STATUS, NAMED, ANSWER_LATE -> request.response().end(body);
        }
    }

    private static Future<Void> half(HttpServerResponse response, Buffer body) {
        response.putHeader("Content-Length", String.valueOf(body.length()));
        return response.write(body.slice(0, body.length() / 2));
    }
}
