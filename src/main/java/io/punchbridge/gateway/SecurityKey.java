package io.punchbridge.gateway;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * A CAMS security key: AES-256 in ECB mode, as the vendor defines it. ECB hides little and proves nothing about the
 * sender; the token inside is what authenticates.
 */
public final class SecurityKey {
    /** 32 characters are 32 bytes of UTF-8. */
    public static final int BYTES = 32;

    private static final int BLOCK = 16;

    private final SecretKeySpec key;

    public SecurityKey(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a security key has " + BYTES + " bytes");
        }
        this.key = new SecretKeySpec(bytes, "AES");
    }

    /** Decrypts and unpads (PKCS#7 or zeros); empty if this can't be a ciphertext. A wrong key gives noise. */
    Optional<byte[]> decrypt(byte[] ciphertext) {
        if (ciphertext.length == 0 || ciphertext.length % BLOCK != 0) {
            return Optional.empty();
        }
        return Optional.of(unpad(run(Cipher.DECRYPT_MODE, ciphertext)));
    }

    /** Encrypts with PKCS#7 padding into base64, as requests to an encrypted account are sent. */
    String encrypt(String plain) {
        byte[] bytes = plain.getBytes(StandardCharsets.UTF_8);
        int padding = BLOCK - bytes.length % BLOCK;
        byte[] padded = Arrays.copyOf(bytes, bytes.length + padding);
        Arrays.fill(padded, bytes.length, padded.length, (byte) padding);
        return Base64.getEncoder().encodeToString(run(Cipher.ENCRYPT_MODE, padded));
    }

    @SuppressWarnings("InsecureCipherMode") // the vendor's wire format, not ours to choose
    private byte[] run(int mode, byte[] input) {
        try {
            Cipher aes = Cipher.getInstance("AES/ECB/NoPadding");
            aes.init(mode, key);
            return aes.doFinal(input);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has AES", impossible);
        }
    }

    private static byte[] unpad(byte[] plain) {
        int last = plain[plain.length - 1];
        if (last >= 1 && last <= BLOCK && endsWith(plain, (byte) last, last)) {
            return Arrays.copyOf(plain, plain.length - last);
        }
        int end = plain.length;
        while (end > 0 && plain[end - 1] == 0) {
            end--;
        }
        return Arrays.copyOf(plain, end);
    }

    private static boolean endsWith(byte[] bytes, byte value, int count) {
        for (int i = bytes.length - count; i < bytes.length; i++) {
            if (bytes[i] != value) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return "SecurityKey[hidden]";
    }
}
