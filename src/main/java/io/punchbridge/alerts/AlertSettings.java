package io.punchbridge.alerts;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Who is told, and how often.
 *
 * @param receiver empty: nobody, and nothing of this room runs
 * @param repeat how often an alert that stands is told again
 * @param name of this installation, for people
 */
public record AlertSettings(Optional<Receiver> receiver, Duration repeat, String name) {

    /** @param url often a secret by its path or query; no log shows it whole */
    public record Receiver(URI url, SigningKey key) {
        @Override
        public String toString() {
            return "Receiver[" + url.getHost() + "]";
        }
    }
}
