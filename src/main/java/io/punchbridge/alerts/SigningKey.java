package io.punchbridge.alerts;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs messages by the symmetric scheme of standard-webhooks: HMAC-SHA256 over id, time and body. */
public final class SigningKey {
    private static final String PREFIX = "whsec_";
    private static final int LEAST_BYTES = 24;
    private static final int MOST_BYTES = 64;
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    private SigningKey(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /**
     * @param text {@code whsec_} and 24 to 64 bytes in base64
     * @throws IllegalArgumentException if it isn't that; the message holds nothing of it
     */
    public static SigningKey parse(String text) {
        if (!text.startsWith(PREFIX)) {
            throw new IllegalArgumentException("it doesn't begin with " + PREFIX);
        }
        byte[] bytes = decoded(text.substring(PREFIX.length()));
        if (bytes.length < LEAST_BYTES || bytes.length > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "it has %d bytes, and not %d to %d".formatted(bytes.length, LEAST_BYTES, MOST_BYTES));
        }
        return new SigningKey(bytes);
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException noBase64) {
            // Java's own message would show characters of the secret.
            throw new IllegalArgumentException("what follows " + PREFIX + " is no base64");
        }
    }

    /** Value of the header {@code webhook-signature}. The time counts in whole seconds. */
    String sign(String id, Instant at, String body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] signed = (id + "." + at.getEpochSecond() + "." + body).getBytes(StandardCharsets.UTF_8);
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has HMAC-SHA256", impossible);
        }
    }

    @Override
    public String toString() {
        return "SigningKey[hidden]";
    }
}
