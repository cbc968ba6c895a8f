package io.punchbridge.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** 256 random bits that only who can read the token file knows. A new one at each start. */
public final class AccessToken {
    private static final int BYTES = 32;
    private static final String SCHEME = "bearer ";

    private final String text;

    private AccessToken(String text) {
        this.text = text;
    }

    static AccessToken random() {
        byte[] bits = new byte[BYTES];
        new SecureRandom().nextBytes(bits);
        return new AccessToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
    }

    /** For the token file, and for nothing else. */
    public String secret() {
        return text;
    }

    /**
     * Whether the header {@code Authorization} carries this token. Takes the same time wherever a wrong token differs.
     */
    boolean isBorneBy(@Nullable String authorization) {
        if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            return false;
        }
        byte[] offered = authorization.substring(SCHEME.length()).strip().getBytes(UTF_8);
        return MessageDigest.isEqual(offered, text.getBytes(UTF_8));
    }

    @Override
    public String toString() {
        return "AccessToken[not shown]";
    }
}
