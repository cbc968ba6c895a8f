package io.punchbridge.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Right credentials of the last minutes, each for the address that it came from, so that not every request costs a check.
 * Kept as a hash under a key of this process alone: whoever reads the memory's dump finds nothing to guess at offline
 * without that key, and nothing is ever written.
 */
final class Remembered {
    static final Duration SINCE_LAST_USE = Duration.ofMinutes(10);
    static final int MOST = 256;

    private static final String HASH = "HmacSHA256";

    private final Clock clock;
    private final SecretKeySpec key;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private record Entry(LoginSettings.User user, Instant used) {}

    Remembered(Clock clock) {
        this.clock = clock;
        byte[] bits = new byte[32];
        new SecureRandom().nextBytes(bits);
        this.key = new SecretKeySpec(bits, HASH);
    }

    /** What stands for credentials from an address; a name can't hold what parts it from the rest. */
    String fingerprint(BasicCredentials credentials, String address) {
        try {
            Mac mac = Mac.getInstance(HASH);
            mac.init(key);
            mac.update(address.getBytes(UTF_8));
            mac.update((byte) ':');
            mac.update((byte) 0);
            mac.update(credentials.name().getBytes(UTF_8));
            mac.update((byte) ':');
            mac.update(credentials.password().getBytes(UTF_8));
            return Base64.getEncoder().encodeToString(mac.doFinal());
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java has " + HASH, missing);
        }
    }

    synchronized Optional<LoginSettings.User> find(String fingerprint) {
        Entry entry = entries.remove(fingerprint);
        if (entry == null
                || Duration.between(entry.used(), clock.instant()).abs().compareTo(SINCE_LAST_USE) > 0) {
            return Optional.empty();
        }
        put(fingerprint, entry.user());
        return Optional.of(entry.user());
    }

    synchronized void put(String fingerprint, LoginSettings.User user) {
        entries.put(fingerprint, new Entry(user, clock.instant()));
        if (entries.size() > MOST) {
            entries.remove(entries.keySet().iterator().next());
        }
    }
}
