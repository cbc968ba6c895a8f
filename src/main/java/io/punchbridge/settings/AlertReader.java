package io.punchbridge.settings;

import io.punchbridge.alerts.AlertSettings;
import io.punchbridge.alerts.SigningKey;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;

/** Reads who is told of alerts. No problem that it notes holds any of the secret or the address, which may be one. */
final class AlertReader {
    private static final Duration SHORTEST_REPEAT = Duration.ofMinutes(5);
    private static final int LONGEST_NAME = 80;

    private final Values values;

    AlertReader(Values values) {
        this.values = values;
    }

    AlertSettings read() {
        Optional<URI> url = values.optional(Keys.ALERTS_URL, this::url);
        Optional<SigningKey> key = values.optional(Keys.ALERTS_SECRET, this::key);
        if (values.isSet(Keys.ALERTS_URL) && !values.isSet(Keys.ALERTS_SECRET)) {
            values.problem(
                    Keys.ALERTS_SECRET,
                    "is missing: who gets alerts must be able to tell ours. Make one by: echo \"whsec_$(openssl rand -base64 32)\"");
        }
        Duration repeat = values.duration(Keys.ALERTS_REPEAT);
        if (repeat.compareTo(SHORTEST_REPEAT) < 0) {
            values.problem(Keys.ALERTS_REPEAT, "is less than 5m: it would be told over and over.");
        }
        String name = values.required(Keys.ALERTS_NAME, this::name, "");
        return new AlertSettings(
                url.isPresent() && key.isPresent()
                        ? Optional.of(new AlertSettings.Receiver(url.get(), key.get()))
                        : Optional.empty(),
                repeat,
                name);
    }

    /** As Frappe's, but with a query, which receivers such as chats want. */
    private Optional<URI> url(String key, String text) {
        try {
            URI url = new URI(text);
            String scheme = url.getScheme();
            boolean web = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
            if (web && url.getHost() != null && url.getUserInfo() == null && url.getFragment() == null) {
                return Optional.of(url);
            }
        } catch (URISyntaxException notAUrl) {
            // told below, as every other text that is no address
        }
        return values.wrong(
                key,
                "is no web address: wanted is e.g. https://alerts.example.com/hook, without user, fragment or spaces.");
    }

    private Optional<SigningKey> key(String key, String text) {
        try {
            return Optional.of(SigningKey.parse(text));
        } catch (IllegalArgumentException noKey) {
            return values.wrong(
                    key,
                    "is no signing key: wanted is whsec_ followed by 24 to 64 bytes in base64. Make one by:"
                            + " echo \"whsec_$(openssl rand -base64 32)\"");
        }
    }

    private Optional<String> name(String key, String text) {
        return text.length() <= LONGEST_NAME
                ? Optional.of(text)
                : values.wrong(key, "is longer than " + LONGEST_NAME + " characters.");
    }
}
