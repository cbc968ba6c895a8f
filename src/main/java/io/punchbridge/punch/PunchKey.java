package io.punchbridge.punch;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;

/**
 * The stable identity of a punch: device, user, second and type. A callback, its repeat, a "resend all" and the load
 * log's row of one punch have one key.
 *
 * <p>The text is the UTC second followed by 96 bits of a SHA-256 over all four parts, e.g.
 * {@code 20240917T044822Z-1f0c…}: at most 41 characters (a Frappe Data field takes 140), no personal data, and in the
 * order of time, which keeps inserts at one end of the database's index however many punches it holds.
 */
public record PunchKey(String value) {
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final int HASH_BYTES = 12;

    /** Type is the gateway's word; an unknown word takes part as it was sent. */
    public static PunchKey of(SerialNumber device, UserId user, Instant at, String type) {
        return new PunchKey(SECOND.format(at) + "-" + hash(device.value(), user.value(), type));
    }

    /** Sorts before every key of this second and after every key of the one before; no punch has it. */
    public static PunchKey before(Instant second) {
        return new PunchKey(SECOND.format(second));
    }

    /** Identity of an entry without a readable time or user: its content. */
    public static PunchKey ofUnreadable(SerialNumber device, String content) {
        return new PunchKey("unreadable-" + hash(device.value(), content));
    }

    /** Hash of length-prefixed parts, so that ("ab","c") and ("a","bc") differ. */
    static String hash(String... parts) {
        MessageDigest sha256 = sha256();
        for (String part : parts) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            sha256.update(new byte[] {
                (byte) (bytes.length >>> 24),
                (byte) (bytes.length >>> 16),
                (byte) (bytes.length >>> 8),
                (byte) bytes.length
            });
            sha256.update(bytes);
        }
        return HexFormat.of().formatHex(sha256.digest(), 0, HASH_BYTES);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
