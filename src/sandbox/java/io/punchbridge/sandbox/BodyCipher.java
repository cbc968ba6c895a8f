package io.punchbridge.sandbox;

import io.punchbridge.sandbox.SimulatedGateway.Padding;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/** The gateway's encryption of a body: base64 of AES-256-ECB, with either of the paddings seen in the field. */
final class BodyCipher {
    private static final int BLOCK = 16;

    private final SecretKeySpec key;
    private final Padding padding;

    /** @param securityKey 32 characters that are 32 bytes in UTF-8 */
    BodyCipher(String securityKey, Padding padding) {
        byte[] bytes = securityKey.getBytes(StandardCharsets.UTF_8);
        if (bytes.length != 32) {
            throw new IllegalArgumentException("A security key has 32 bytes, not " + bytes.length);
        }
        this.key = new SecretKeySpec(bytes, "AES");
        this.padding = padding;
    }

    String encrypt(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        byte[] plain =
                padding == Padding.PKCS7 ? bytes : Arrays.copyOf(bytes, (bytes.length + BLOCK - 1) / BLOCK * BLOCK);
        return Base64.getEncoder().encodeToString(encrypt(plain));
    }

    /** The text of a body that was encrypted with this key, whichever padding it has; empty if it surely wasn't. */
    Optional<String> decrypt(String body) {
        try {
            byte[] plain = decrypt(Base64.getDecoder().decode(body.strip()));
            int last = plain.length == 0 ? 0 : plain[plain.length - 1];
            int end = last >= 1 && last <= BLOCK ? plain.length - last : plain.length;
            while (end > 0 && plain[end - 1] == 0) {
                end--;
            }
            return Optional.of(new String(plain, 0, end, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException | GeneralSecurityException noCiphertext) {
            return Optional.empty();
        }
    }

    @SuppressWarnings("InsecureCryptoUsage") // the vendor's choice, not ours
    private byte[] decrypt(byte[] encrypted) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, key);
        return cipher.doFinal(encrypted);
    }

    @SuppressWarnings("InsecureCryptoUsage") // the vendor's choice, not ours
    private byte[] encrypt(byte[] plain) {
        try {
            Cipher cipher = Cipher.getInstance(padding == Padding.PKCS7 ? "AES/ECB/PKCS5Padding" : "AES/ECB/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, key);
            return cipher.doFinal(plain);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
