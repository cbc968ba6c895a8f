package io.punchbridge.frappe;

import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * How to reach the site.
 *
 * @param siteName sent as {@code X-Frappe-Site-Name} where one address serves several sites
 * @param timeZone overrides what the site says
 * @param requestTimeout should exceed the site's own limit for a request (120 s by default), after which no work of a
 *     lost request can be under way
 */
public record FrappeSettings(
        URI url,
        String apiKey,
        String apiSecret,
        @Nullable String siteName,
        @Nullable ZoneId timeZone,
        Duration connectTimeout,
        Duration requestTimeout) {

    @Override
    public String toString() {
        return "FrappeSettings[url=" + url + "]";
    }
}
