package io.punchbridge.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The body of a callback, opened: plain JSON, or JSON that was encrypted with one of our keys. */
sealed interface CallbackBody {
    record Opened(ObjectNode json) implements CallbackBody {}

    /** Neither a JSON object nor anything that could be an encrypted one. */
    record NotJson() implements CallbackBody {}

    /** Looks encrypted, and none of our keys opens it. */
    record Undecryptable(boolean haveKeys) implements CallbackBody {}

    /**
     * More than 1 MiB of honest JSON has. A tree takes many times the memory of its text, and it is built before anybody
     * has shown a token: without a limit four bodies of empty objects at once fill a heap of 128 MB.
     */
    int MOST_TOKENS = 200_000;

    JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxTokenCount(MOST_TOKENS)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /**
     * Plain JSON is accepted from an encrypted account too: the token inside authenticates either, and while an account
     * is being switched both arrive.
     */
    static CallbackBody open(byte[] body, List<SecurityKey> keys) {
        Optional<ObjectNode> plain = parse(body);
        if (plain.isPresent()) {
            return new Opened(plain.get());
        }
        Optional<byte[]> ciphertext = ciphertext(body);
        if (ciphertext.isEmpty()) {
            return new NotJson();
        }
        for (SecurityKey key : keys) {
            Optional<ObjectNode> decrypted = key.decrypt(ciphertext.get()).flatMap(CallbackBody::parse);
            if (decrypted.isPresent()) {
                return new Opened(decrypted.get());
            }
        }
        return new Undecryptable(!keys.isEmpty());
    }

    private static Optional<ObjectNode> parse(byte[] bytes) {
        try {
            JsonNode node = JSON.readTree(bytes);
            return node instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (IOException notJson) {
            // Not JsonProcessingException alone: bytes that pass for UTF-32 end in a CharConversionException.
            return Optional.empty();
        }
    }

    /** Base64 in one line or several, with or without JSON's quotes around it. */
    private static Optional<byte[]> ciphertext(byte[] body) {
        String text = new String(body, StandardCharsets.ISO_8859_1).strip();
        if (text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")) {
            text = text.substring(1, text.length() - 1).replace("\\/", "/");
        }
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(text.replaceAll("\\s", ""));
            return bytes.length > 0 && bytes.length % 16 == 0 ? Optional.of(bytes) : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
